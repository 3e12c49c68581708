package dev.mbnet.runtime;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Activations over floats that lie side by side, in place. {@code count} is a multiple of {@link
 * Lanes#COUNT}. Sigmoid is within 2e-7 of the exact value, swish within 2e-7 times the larger of 1
 * and {@code |x|}, and so is gelu.
 */
public final class VectorMath {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  /** 1.5 * 2^23: adding it leaves a float's integer part in the low bits. */
  private static final float MAGIC = 12582912f;

  private static final int MAGIC_BITS = 0x4b400000;
  private static final int SIX = Float.floatToRawIntBits(6);
  private static final int ONE = Float.floatToRawIntBits(1);

  private VectorMath() {}

  /** Adds floats to others; {@code low} and {@code high} are the bits of bounds. */
  public static void add(float[] a, int at, int added, int count, int low, int high) {
    for (int i = 0; i < count; i += L) {
      FloatVector sum = FloatVector.fromArray(S, a, at + i);
      sum = sum.add(FloatVector.fromArray(S, a, added + i));
      sum.reinterpretAsInts().max(low).min(high).reinterpretAsFloats().intoArray(a, at + i);
    }
  }

  /** Multiplies pixels of {@code pitch} floats by the one at {@code by}. */
  public static void scale(float[] a, int at, int by, int to, int pixels, int pitch) {
    for (int c = 0; c < pitch; c += L) {
      FloatVector factor = FloatVector.fromArray(S, a, by + c);
      for (int p = 0; p < pixels; p++) {
        int i = p * pitch + c;
        FloatVector.fromArray(S, a, at + i).mul(factor).intoArray(a, to + i);
      }
    }
  }

  /**
   * The mean of a vector of channels over height and width.
   *
   * @param row floats from row to row
   * @param pixel floats from pixel to pixel
   * @param to where it goes
   */
  public static void mean(float[] a, int at, int height, int width, int row, int pixel, int to) {
    Arrays.fill(a, to, to + L, 0);
    for (int y = 0; y < height; y++) {
      addAll(a, at + y * row, width, pixel, to);
    }
    FloatVector.fromArray(S, a, to).mul(1f / (height * width)).intoArray(a, to);
  }

  private static void addAll(float[] a, int at, int count, int pixel, int to) {
    FloatVector sum = FloatVector.fromArray(S, a, to);
    for (int x = 0; x < count; x++) {
      sum = sum.add(FloatVector.fromArray(S, a, at + x * pixel));
    }
    sum.intoArray(a, to);
  }

  /** {@code x * min(max(x + 3, 0), 6) / 6}. */
  public static void hswish(float[] a, int at, int count) {
    for (int i = at; i < at + count; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, i);
      FloatVector gate = x.add(3f).reinterpretAsInts().max(0).min(SIX).reinterpretAsFloats();
      x.mul(gate).mul(1f / 6).intoArray(a, i);
    }
  }

  /** {@code min(max(slope * x + 0.5, 0), 1)}. */
  public static void hsigmoid(float[] a, int at, int count, float slope) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    for (int i = at; i < at + count; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, i);
      x = x.fma(FloatVector.broadcast(S, slope), half);
      x.reinterpretAsInts().max(0).min(ONE).reinterpretAsFloats().intoArray(a, i);
    }
  }

  /** {@code x / (1 + exp(-x))}. */
  public static void swish(float[] a, int at, int count) {
    for (int i = at; i < at + count; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, i);
      x.div(expOfMinus(x).add(1f)).intoArray(a, i);
    }
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public static void sigmoid(float[] a, int at, int count) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = at; i < at + count; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, i);
      one.div(expOfMinus(x).add(1f)).intoArray(a, i);
    }
  }

  /** {@code tanh(x)}, by the JDK's own. */
  public static void tanh(float[] a, int at, int count) {
    for (int i = at; i < at + count; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, i);
      x.lanewise(VectorOperators.TANH).intoArray(a, i);
    }
  }

  /** {@code max(x, slope * x)}. */
  public static void leaky(float[] a, int at, int count, float slope) {
    for (int i = at; i < at + count; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, i);
      x.max(x.mul(slope)).intoArray(a, i);
    }
  }

  /**
   * Multiplies each {@code x} below 0 by the slope of its channel.
   *
   * @param w where the slopes are, of whole vectors
   * @param slopes the first one's place
   * @param channels of each pixel, rounded up to whole vectors
   * @param pitch floats from pixel to pixel
   */
  public static void prelu(
      float[] a, int at, float[] w, int slopes, int channels, int pixels, int pitch) {
    for (int c = 0; c < channels; c += L) {
      preluAll(a, at + c, w, slopes + c, pixels, pitch);
    }
  }

  private static void preluAll(float[] a, int at, float[] w, int slopes, int pixels, int pitch) {
    FloatVector slope = FloatVector.fromArray(S, w, slopes);
    for (int p = 0; p < pixels; p++) {
      int i = at + p * pitch;
      IntVector x = FloatVector.fromArray(S, a, i).reinterpretAsInts();
      FloatVector below = x.min(0).reinterpretAsFloats();
      below.fma(slope, x.max(0).reinterpretAsFloats()).intoArray(a, i);
    }
  }

  /**
   * {@code x * (1 + erf(x / sqrt(2))) / 2}, by {@code max(x, 0) - |x| * p(t) * exp(-x * x / 2) / 2}
   * with {@code t = 1 / (1 + 0.3275911 * |x| / sqrt(2))} (Abramowitz and Stegun 1964, 7.1.26).
   */
  public static void gelu(float[] a, int at, int count) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = at; i < at + count; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, i);
      FloatVector size = x.abs();
      FloatVector t = one.div(size.fma(FloatVector.broadcast(S, 0.2316418882f), one));
      FloatVector p = FloatVector.broadcast(S, 0.5307027145f);
      p = p.fma(t, FloatVector.broadcast(S, -0.7265760135f));
      p = p.fma(t, FloatVector.broadcast(S, 0.7107068705f));
      p = p.fma(t, FloatVector.broadcast(S, -0.142248368f));
      p = p.fma(t, FloatVector.broadcast(S, 0.127414796f));
      FloatVector tail = size.mul(t).mul(p).mul(expOfMinus(x.mul(x).mul(0.5f).min(128f)));
      x.max(0f).sub(tail).intoArray(a, i);
    }
  }

  /**
   * {@code e} to the power {@code -x}, between 2^-126 and 2^127. The polynomial is the minimax one
   * of 2^f for f from -0.5 to 0.5.
   */
  private static FloatVector expOfMinus(FloatVector x) {
    FloatVector scale = FloatVector.broadcast(S, -1.442695041f);
    FloatVector n = x.fma(scale, FloatVector.broadcast(S, MAGIC));
    FloatVector f = x.fma(scale, n.sub(MAGIC).neg());
    FloatVector p = FloatVector.broadcast(S, 1.326472731e-3f);
    p = p.fma(f, FloatVector.broadcast(S, 9.671512991e-3f));
    p = p.fma(f, FloatVector.broadcast(S, 5.550733581e-2f));
    p = p.fma(f, FloatVector.broadcast(S, 2.402224243e-1f));
    p = p.fma(f, FloatVector.broadcast(S, 6.931470037e-1f));
    p = p.fma(f, FloatVector.broadcast(S, 1f));
    return p.reinterpretAsInts()
        .add(
            n.reinterpretAsInts()
                .max(MAGIC_BITS - 126)
                .min(MAGIC_BITS + 127)
                .lanewise(VectorOperators.LSHL, 23))
        .reinterpretAsFloats();
  }
}
