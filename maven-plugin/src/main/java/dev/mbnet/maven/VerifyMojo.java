package dev.mbnet.maven;

import java.io.IOException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Checks that the budgets which models declare with {@code require} hold, and that networks still
 * compute what was recorded.
 *
 * <p>{@code mvn mbnet:verify -Dmbnet.record} records: beside a model it writes {@code
 * Network.outputs.json} for each of its networks, with the mean, the deviation and up to 32 values
 * of each output. Later runs compare. The input is random numbers, the same every time; the weights
 * are those of a file that the build knows, or else random numbers, too. That file is {@code
 * model.safetensors} or {@code Network.safetensors}, beside the model or anywhere below the
 * module's output directory. Commit the records: whoever changes a network, its weights, a block
 * that it imports, or the compiler's version sees whether its outputs change.
 */
@Mojo(
    name = "verify",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class VerifyMojo extends MainModelsMojo {

  /** Writes the outputs as they are now, rather than compare them. */
  @Parameter(property = "mbnet.record", defaultValue = "false")
  private boolean record;

  /**
   * How far a value may be from the recorded one, as a part of the largest magnitude of its output.
   * Processors and Java versions differ in the last bits.
   */
  @Parameter(property = "mbnet.tolerance", defaultValue = "1e-4")
  private double tolerance;

  @Override
  String run(Request request, Messages messages) throws IOException, Mistake {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new Mistake("`tolerance` takes a number from 0 to 1, not " + tolerance);
    }
    Verifier.Outcome outcome = new Verifier(request, classes(), record, tolerance, messages).run();
    String networks = Messages.count(outcome.networks(), "network");
    if (record) {
      return "Recorded the outputs of " + networks + ", " + outcome.written() + " of them new";
    }
    return networks
        + " within budget, "
        + Messages.count(outcome.recorded(), "record")
        + " of outputs "
        + (outcome.recorded() == 1 ? "holds" : "hold");
  }
}
