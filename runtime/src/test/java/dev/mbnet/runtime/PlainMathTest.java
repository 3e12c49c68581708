package dev.mbnet.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlainMathTest {

  @Test
  void errorsAreAsStated() {
    for (double x = -120; x < 120; x += 0.00037) {
      float[] y = {(float) x, (float) x};
      double exact = 1 / (1 + Math.exp(-(double) y[0]));
      double product = y[0] * exact;
      double size = Math.max(1, Math.abs(y[0]));
      PlainMath.sigmoid(y, 1);
      assertEquals(exact, y[0], 2e-7, "sigmoid of " + y[1]);
      y[0] = y[1];
      PlainMath.swish(y, 1);
      assertEquals(product, y[0], 3e-7 * size, "swish of " + y[1]);
    }
  }

  @Test
  void endsOfTheRange() {
    float[] y = {
      Float.POSITIVE_INFINITY, Float.MAX_VALUE, -Float.MAX_VALUE, 0, -0f, Float.MIN_VALUE, Float.NaN
    };
    float[] z = y.clone();
    PlainMath.sigmoid(y, y.length);
    assertEquals(1, y[0], 1e-12);
    assertEquals(1, y[1], 1e-12);
    assertEquals(0, y[2], 1e-12);
    assertEquals(0.5f, y[3]);
    assertEquals(0.5f, y[4]);
    assertEquals(0.5f, y[5]);
    assertTrue(Float.isNaN(y[6]));
    PlainMath.swish(z, z.length);
    assertEquals(Float.POSITIVE_INFINITY, z[0]);
    assertEquals(Float.MAX_VALUE, z[1]);
    assertEquals(0, z[3]);
    assertTrue(Float.isNaN(z[6]));
  }

  @Test
  void restIsLeftAlone() {
    float[] y = {1, 1, 1, 1};
    PlainMath.swish(y, 2);
    PlainMath.sigmoid(y, 1);
    assertEquals(1, y[2]);
    assertEquals(1, y[3]);
    assertTrue(y[1] < 0.74f);
  }
}
