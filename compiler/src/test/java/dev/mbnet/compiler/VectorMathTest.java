package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.runtime.VectorMath;
import org.junit.jupiter.api.Test;

/** The errors that the runtime states for its activations. */
class VectorMathTest {
  private static final int COUNT = 1 << 16;
  private static final float LARGEST = 120;

  @Test
  void sigmoid() {
    float[] x = inputs();
    float[] y = x.clone();
    VectorMath.sigmoid(y, 0, COUNT);
    for (int i = 0; i < COUNT; i++) {
      assertEquals(1 / (1 + Math.exp(-x[i])), y[i], 2e-7, "at " + x[i]);
    }
  }

  @Test
  void swish() {
    float[] x = inputs();
    float[] y = x.clone();
    VectorMath.swish(y, 0, COUNT);
    for (int i = 0; i < COUNT; i++) {
      double exact = x[i] / (1 + Math.exp(-x[i]));
      assertEquals(exact, y[i], 2e-7 * Math.max(1, Math.abs(x[i])), "at " + x[i]);
    }
  }

  private static float[] inputs() {
    float[] x = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      x[i] = LARGEST * (2f * i / (COUNT - 1) - 1);
    }
    return x;
  }
}
