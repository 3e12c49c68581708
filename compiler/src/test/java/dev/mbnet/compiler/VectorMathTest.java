package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.runtime.Lanes;
import dev.mbnet.runtime.VectorMath;
import dev.mbnet.testing.Interpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Vectors go in pairs; neither a single one nor an odd one at the end touches others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void swishOfSoManyVectors(int vectors) {
    float[] x = new float[(vectors + 2) * Lanes.COUNT];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 13 - 6;
    }
    float[] y = x.clone();
    VectorMath.swish(y, Lanes.COUNT, vectors * Lanes.COUNT);
    for (int i = 0; i < x.length; i++) {
      boolean inside = i / Lanes.COUNT >= 1 && i / Lanes.COUNT <= vectors;
      double exact = inside ? x[i] / (1 + Math.exp(-x[i])) : x[i];
      assertEquals(exact, y[i], inside ? 2e-6 : 0, "at " + i);
    }
  }

  /** Near 0, where it bends; beyond it is x or 0. */
  @Test
  void gelu() {
    float[] x = inputs();
    for (int i = 0; i < COUNT; i++) {
      x[i] /= 16;
    }
    float[] y = x.clone();
    VectorMath.gelu(y, 0, COUNT);
    for (int i = 0; i < COUNT; i++) {
      double exact = x[i] * (1 + Interpreter.erf(x[i] / Math.sqrt(2))) / 2;
      assertEquals(exact, y[i], 2e-7 * Math.max(1, Math.abs(x[i])), "at " + x[i]);
    }
    float[] large = {-1e30f, 1e30f, -1e5f, 1e5f, 0, -0f, 30, -30, 0, 0, 0, 0, 0, 0, 0, 0};
    VectorMath.gelu(large, 0, large.length);
    float[] bounds = {0, 1e30f, 0, 1e5f, 0, 0, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    for (int i = 0; i < large.length; i++) {
      assertEquals(bounds[i], large[i], 1e-6 * Math.max(1, bounds[i]), "of large numbers");
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
