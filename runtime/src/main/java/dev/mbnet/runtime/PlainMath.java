package dev.mbnet.runtime;

/**
 * Functions of generated code over the first {@code count} floats of a pixel, written so that
 * HotSpot makes vectors of them. Sigmoid is within 2e-7 of the exact value, swish within 3e-7 times
 * the larger of 1 and |x|; NaN gives NaN.
 */
public final class PlainMath {
  /**
   * Longer than any row of weights that a file can hold, and so than any loop over one. HotSpot on
   * Java 17 makes vectors of long loops only where it knows a bound of their end.
   */
  public static final int LONGEST = 1 << 30;

  /** Beyond, sigmoid is 0 or 1 to within 1e-13. */
  private static final float FAR = 30;

  private PlainMath() {}

  /** {@code x / (1 + exp(-x))}. */
  public static void swish(float[] y, int count) {
    for (int c = 0; c < count; c++) {
      float x = y[c];
      y[c] = x / (2 + expOfMinusLessOne(x));
    }
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public static void sigmoid(float[] y, int count) {
    for (int c = 0; c < count; c++) {
      y[c] = 1 / (2 + expOfMinusLessOne(y[c]));
    }
  }

  /**
   * Four terms of the series for {@code exp(-x / 64) - 1}, then six times {@code exp(2 t) - 1 = q *
   * (q + 2)}, which keeps the small numbers' accuracy where they stay small.
   */
  private static float expOfMinusLessOne(float x) {
    float t = Math.min(Math.max(-x, -FAR), FAR) * (1 / 64f);
    float q = t + t * t * (1 / 2f + t * (1 / 6f + t * (1 / 24f)));
    q *= q + 2;
    q *= q + 2;
    q *= q + 2;
    q *= q + 2;
    q *= q + 2;
    return q * (q + 2);
  }
}
