package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.runtime.Lanes;
import dev.mbnet.runtime.VectorMath;
import dev.mbnet.testing.Interpreter;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
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

  /** Vectors go two or four at a time; what is left at the end touches no others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9})
  void ofSoManyVectors(int vectors) {
    int count = vectors * Lanes.COUNT;
    between(vectors, a -> VectorMath.swish(a, Lanes.COUNT, count), x -> x / (1 + Math.exp(-x)));
    between(
        vectors,
        a -> VectorMath.hswish(a, Lanes.COUNT, count),
        x -> x * Math.min(Math.max(x + 3, 0), 6) / 6);
    between(vectors, a -> VectorMath.relu(a, Lanes.COUNT, count), x -> Math.max(x, 0));
    between(
        vectors, a -> VectorMath.relu6(a, Lanes.COUNT, count), x -> Math.min(Math.max(x, 0), 6));
    int low = Float.floatToRawIntBits(0);
    int high = Float.floatToRawIntBits(6);
    between(
        vectors,
        a -> {
          float[] both = Arrays.copyOf(a, a.length + count);
          System.arraycopy(a, Lanes.COUNT, both, a.length, count);
          VectorMath.add(both, Lanes.COUNT, a.length, count, low, high);
          System.arraycopy(both, 0, a, 0, a.length);
        },
        x -> Math.min(Math.max(x + x, 0), 6));
  }

  /** Between a vector before and one after, which have to stay. */
  private static void between(int vectors, Consumer<float[]> math, DoubleUnaryOperator exact) {
    float[] x = new float[(vectors + 2) * Lanes.COUNT];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 15 - 7;
    }
    float[] y = x.clone();
    math.accept(y);
    for (int i = 0; i < x.length; i++) {
      boolean inside = i / Lanes.COUNT >= 1 && i / Lanes.COUNT <= vectors;
      double expected = inside ? exact.applyAsDouble(x[i]) : x[i];
      double error = inside ? 2e-7 * Math.max(1, Math.abs(x[i])) : 0;
      assertEquals(expected, y[i], error, "at " + i);
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
