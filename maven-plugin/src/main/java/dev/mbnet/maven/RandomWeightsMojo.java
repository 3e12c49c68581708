package dev.mbnet.maven;

import dev.mbnet.cli.RandomTensors;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Writes weights for networks that nobody has trained yet, so that an application can be built and
 * timed meanwhile: random numbers, the same every time. {@code
 * Speck.loadResource("Speck.safetensors")} reads those of the network {@code Speck}, which lie
 * beside its class. A file that is there already stays.
 */
@Mojo(
    name = "random-weights",
    defaultPhase = LifecyclePhase.PROCESS_RESOURCES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class RandomWeightsMojo extends MainModelsMojo {

  /** The package of all classes; unless given, the folder's. */
  @Parameter(property = "mbnet.packageName")
  private String packageName;

  @Override
  String run(Request request, Messages messages) throws IOException, Mistake {
    Checked checked = Checked.of(request, messages);
    int written = 0;
    int networks = 0;
    for (Map.Entry<Model, List<ResolvedNetwork>> entry : checked.networks().entrySet()) {
      String name = entry.getKey().name();
      String inPackage = packageName == null ? Packages.of(name).orElse("") : packageName;
      for (ResolvedNetwork network : entry.getValue()) {
        Path file =
            classes().resolve(inPackage.replace('.', '/')).resolve(network.name() + ".safetensors");
        if (!Files.exists(file)) {
          Output.write(file, RandomTensors.file(Graph.of(network)));
          written++;
        }
        networks++;
      }
    }
    return Messages.count(networks, "network") + ", random weights written for " + written;
  }
}
