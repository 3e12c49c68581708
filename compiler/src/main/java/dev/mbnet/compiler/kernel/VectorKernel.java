package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.plan.Region;
import java.util.List;

/**
 * A region as loop nests over one array of memory, {@code a}, and one of weights, {@code w}.
 *
 * @param phases in order; between them all workers wait for each other
 * @param stages what phases call, named from the stage
 * @param shared what stages call, of which regions may have the same
 */
public record VectorKernel(
    Region region, List<Phase> phases, List<Named> stages, List<Function> shared) {

  /** A function that is a stage of its own, or calls some. */
  public record Named(int stage, Function function) {}

  /** Work that is split by ranges of whole numbers. */
  public record Phase(Function function, Parts parts) {}

  /** What the ranges count. */
  public sealed interface Parts {
    /** So many of something. */
    record Count(int count) implements Parts {}

    /** Panels of so many vectors that cover the channels. */
    record Panels(int channels, int vectors) implements Parts {}
  }
}
