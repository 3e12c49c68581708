package dev.mbnet.samples.benchmarks;

import dev.mbnet.runtime.VectorMath;
import java.util.Arrays;

/** Loops over vectors that are no layers. A class that only processes with the module load. */
final class VectorLoops {
  private VectorLoops() {}

  /** An activation of a row of large values, which it hardly changes: small ones would vanish. */
  static Runnable activation(String name) {
    float[] row = new float[Kernel.ROW];
    Arrays.fill(row, 1e6f);
    return switch (name) {
      case "swish" -> () -> VectorMath.swish(row, 0, row.length);
      case "hswish" -> () -> VectorMath.hswish(row, 0, row.length);
      default -> throw new IllegalArgumentException("no kernel is named " + name);
    };
  }
}
