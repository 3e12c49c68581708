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
 * beside its class.
 *
 * <p>They follow the networks: a file is written again when its network has changed, and deleted
 * when the network is gone. Any other file of that name, such as trained weights that another goal
 * has put there, stays as it is.
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
        new RandomWeights(request, classes(), stateFile(), packageName, plugin(), messages).run();
    String line =
        Messages.count(outcome.networks(), "network")
            + ", random weights written for "
            + outcome.written().size();
    return outcome.deleted() == 0
        ? line
        : line + ", " + Messages.count(outcome.deleted(), "file") + " of earlier ones deleted";
  }
}
