package dev.mbnet.maven;

import java.io.IOException;
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
    RandomWeights.Outcome outcome =
        new RandomWeights(request, classes(), packageName, messages).run();
    return Messages.count(outcome.networks(), "network")
        + ", random weights written for "
        + outcome.written().size();
  }
}
