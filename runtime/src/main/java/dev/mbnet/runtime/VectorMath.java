package dev.mbnet.runtime;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Activations over floats that lie side by side, in place. {@code count} is a multiple of {@link
 * Lanes#COUNT}. Sigmoid is within 2e-7 of the exact value, swish within 2e-7 times the larger of 1
 * and {@code |x|}, and so is gelu. Each is written out to its end: a function that took or gave a
 * vector would make objects wherever HotSpot chose not to inline it.
 */
public final class VectorMath {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  /**
   * For {@code reinterpretShape}: {@code reinterpretAsInts} and its kin look the kind of vector up,
   * which in long methods JDK 17's compiler does too late, and then makes objects of vectors.
   */
  private static final VectorSpecies<Integer> BITS = Lanes.BITS;

  private static final int L = Lanes.COUNT;

  private static final float LOG2_E = 1.442695041f;

  /**
   * 1.5 * 2^23 and the bias of exponents: adding it to a float leaves the integer nearest to it, as
   * an exponent, in the low bits.
   */
  private static final float MAGIC = 12582912f + 127;

  private static final int MAGIC_BITS = 0x4b400000;

  /** The minimax polynomial of 2^f for f from -0.5 to 0.5; its constant is 1. */
  private static final float P1 = 6.931470037e-1f;

  private static final float P2 = 2.402224243e-1f;
  private static final float P3 = 5.550733581e-2f;
  private static final float P4 = 9.671512991e-3f;
  private static final float P5 = 1.326472731e-3f;
  private static final int SIX = Float.floatToRawIntBits(6);
  private static final int ONE = Float.floatToRawIntBits(1);

  private VectorMath() {}

  /**
   * Adds floats to others; {@code low} and {@code high} are the bits of bounds.
   *
   * <p>Of four vectors at once, for the second reason that {@link #swish} has.
   */
  public static void add(float[] a, int at, int added, int count, int low, int high) {
    IntVector least = IntVector.broadcast(BITS, low);
    IntVector most = IntVector.broadcast(BITS, high);
    int last = count - L;
    for (int i0 = 0; i0 < count; i0 += 4 * L) {
      int i1 = Math.min(i0 + L, last);
      int i2 = Math.min(i0 + 2 * L, last);
      int i3 = Math.min(i0 + 3 * L, last);
      FloatVector x0 = FloatVector.fromArray(S, a, at + i0);
      FloatVector x1 = FloatVector.fromArray(S, a, at + i1);
      FloatVector x2 = FloatVector.fromArray(S, a, at + i2);
      FloatVector x3 = FloatVector.fromArray(S, a, at + i3);
      x0 = x0.add(FloatVector.fromArray(S, a, added + i0));
      x1 = x1.add(FloatVector.fromArray(S, a, added + i1));
      x2 = x2.add(FloatVector.fromArray(S, a, added + i2));
      x3 = x3.add(FloatVector.fromArray(S, a, added + i3));
      IntVector bits0 = ((IntVector) x0.reinterpretShape(BITS, 0)).max(least).min(most);
      IntVector bits1 = ((IntVector) x1.reinterpretShape(BITS, 0)).max(least).min(most);
      IntVector bits2 = ((IntVector) x2.reinterpretShape(BITS, 0)).max(least).min(most);
      IntVector bits3 = ((IntVector) x3.reinterpretShape(BITS, 0)).max(least).min(most);
      ((FloatVector) bits0.reinterpretShape(S, 0)).intoArray(a, at + i0);
      ((FloatVector) bits1.reinterpretShape(S, 0)).intoArray(a, at + i1);
      ((FloatVector) bits2.reinterpretShape(S, 0)).intoArray(a, at + i2);
      ((FloatVector) bits3.reinterpretShape(S, 0)).intoArray(a, at + i3);
    }
  }

  /**
   * Multiplies pixels of {@code pitch} floats by the one at {@code by}, in place or to elsewhere.
   */
  public static void scale(float[] a, int at, int by, int to, int pixels, int pitch) {
    for (int p = 0; p < pixels; p++) {
      scalePixel(a, at + p * pitch, by, to + p * pitch, pitch);
    }
  }

  /**
   * Multiplies the rows of a panel of weights, {@code [vector][row][lane]}, each by one float, to
   * elsewhere; and takes the panel's biases there as they are.
   *
   * @param panel where the panel begins in {@code w}
   * @param bias where its biases begin in {@code w}
   * @param by where the floats begin in {@code a}, one for each row
   * @param to where the panel is to begin in {@code a}
   * @param biasTo where its biases are to begin in {@code a}
   * @param floats of a row, whole vectors
   */
  public static void scaleWeights(
      float[] w, int panel, int bias, float[] a, int by, int to, int biasTo, int rows, int floats) {
    int from = panel;
    int at = to;
    for (int i = 0; i < floats; i += L) {
      for (int row = 0; row < rows; row++) {
        FloatVector.fromArray(S, w, from).mul(a[by + row]).intoArray(a, at);
        from += L;
        at += L;
      }
    }
    System.arraycopy(w, bias, a, biasTo, floats);
  }

  /**
   * Six vectors at once, all read before any is written: the last ones may come twice, but none of
   * those that a turn before has written.
   */
  private static void scalePixel(float[] a, int at, int by, int to, int count) {
    int last = count - L;
    for (int i0 = 0; i0 < count; i0 += 6 * L) {
      int i1 = Math.min(i0 + L, last);
      int i2 = Math.min(i0 + 2 * L, last);
      int i3 = Math.min(i0 + 3 * L, last);
      int i4 = Math.min(i0 + 4 * L, last);
      int i5 = Math.min(i0 + 5 * L, last);
      FloatVector x0 = FloatVector.fromArray(S, a, at + i0);
      FloatVector x1 = FloatVector.fromArray(S, a, at + i1);
      FloatVector x2 = FloatVector.fromArray(S, a, at + i2);
      FloatVector x3 = FloatVector.fromArray(S, a, at + i3);
      FloatVector x4 = FloatVector.fromArray(S, a, at + i4);
      FloatVector x5 = FloatVector.fromArray(S, a, at + i5);
      x0 = x0.mul(FloatVector.fromArray(S, a, by + i0));
      x1 = x1.mul(FloatVector.fromArray(S, a, by + i1));
      x2 = x2.mul(FloatVector.fromArray(S, a, by + i2));
      x3 = x3.mul(FloatVector.fromArray(S, a, by + i3));
      x4 = x4.mul(FloatVector.fromArray(S, a, by + i4));
      x5 = x5.mul(FloatVector.fromArray(S, a, by + i5));
      x0.intoArray(a, to + i0);
      x1.intoArray(a, to + i1);
      x2.intoArray(a, to + i2);
      x3.intoArray(a, to + i3);
      x4.intoArray(a, to + i4);
      x5.intoArray(a, to + i5);
    }
  }

  /**
   * The means of a few vectors of channels over height and width. Sums grow where the means go, so
   * that no two workers may compute the same ones.
   *
   * @param count floats of the vectors
   * @param row floats from row to row
   * @param pixel floats from pixel to pixel
   * @param to where they go
   */
  public static void mean(
      float[] a, int at, int count, int height, int width, int row, int pixel, int to) {
    float share = 1f / (height * width);
    Arrays.fill(a, to, to + count, 0);
    for (int c = 0; c < count; c += 4 * L) {
      int last = Math.min(count - c, 4 * L) - L;
      for (int y = 0; y < height; y++) {
        addAll(a, at + c + y * row, last, width, pixel, to + c);
      }
    }
    for (int i = to; i < to + count; i += L) {
      FloatVector.fromArray(S, a, i).mul(share).intoArray(a, i);
    }
  }

  /**
   * Adds pixels to up to four vectors of sums; {@code last} is where the last one begins. Memory
   * passes in larger pieces that way. Even and odd pixels have sums of their own, since each
   * addition waits for the one before it. Sums that pass through two loops, one in the other, would
   * be objects on JDK 17.
   */
  private static void addAll(float[] a, int at, int last, int count, int pixel, int to) {
    int v1 = Math.min(L, last);
    int v2 = Math.min(2 * L, last);
    int v3 = Math.min(3 * L, last);
    FloatVector s0 = FloatVector.fromArray(S, a, to);
    FloatVector s1 = FloatVector.fromArray(S, a, to + v1);
    FloatVector s2 = FloatVector.fromArray(S, a, to + v2);
    FloatVector s3 = FloatVector.fromArray(S, a, to + v3);
    FloatVector t0 = FloatVector.broadcast(S, 0f);
    FloatVector t1 = FloatVector.broadcast(S, 0f);
    FloatVector t2 = FloatVector.broadcast(S, 0f);
    FloatVector t3 = FloatVector.broadcast(S, 0f);
    int x = 0;
    for (; x < count - 1; x += 2) {
      int even = at + x * pixel;
      int odd = even + pixel;
      s0 = s0.add(FloatVector.fromArray(S, a, even));
      s1 = s1.add(FloatVector.fromArray(S, a, even + v1));
      s2 = s2.add(FloatVector.fromArray(S, a, even + v2));
      s3 = s3.add(FloatVector.fromArray(S, a, even + v3));
      t0 = t0.add(FloatVector.fromArray(S, a, odd));
      t1 = t1.add(FloatVector.fromArray(S, a, odd + v1));
      t2 = t2.add(FloatVector.fromArray(S, a, odd + v2));
      t3 = t3.add(FloatVector.fromArray(S, a, odd + v3));
    }
    for (; x < count; x++) {
      int even = at + x * pixel;
      s0 = s0.add(FloatVector.fromArray(S, a, even));
      s1 = s1.add(FloatVector.fromArray(S, a, even + v1));
      s2 = s2.add(FloatVector.fromArray(S, a, even + v2));
      s3 = s3.add(FloatVector.fromArray(S, a, even + v3));
    }
    s0.add(t0).intoArray(a, to);
    s1.add(t1).intoArray(a, to + v1);
    s2.add(t2).intoArray(a, to + v2);
    s3.add(t3).intoArray(a, to + v3);
  }

  /**
   * {@code x * min(max(x + 3, 0), 6) / 6}.
   *
   * <p>Of four vectors at once, for the second reason that {@link #swish} has.
   */
  public static void hswish(float[] a, int at, int count) {
    FloatVector three = FloatVector.broadcast(S, 3f);
    FloatVector sixth = FloatVector.broadcast(S, 1f / 6);
    IntVector zero = IntVector.broadcast(BITS, 0);
    IntVector six = IntVector.broadcast(BITS, SIX);
    int end = at + count;
    for (int i0 = at; i0 < end; i0 += 4 * L) {
      int i1 = Math.min(i0 + L, end - L);
      int i2 = Math.min(i0 + 2 * L, end - L);
      int i3 = Math.min(i0 + 3 * L, end - L);
      FloatVector x0 = FloatVector.fromArray(S, a, i0);
      FloatVector x1 = FloatVector.fromArray(S, a, i1);
      FloatVector x2 = FloatVector.fromArray(S, a, i2);
      FloatVector x3 = FloatVector.fromArray(S, a, i3);
      IntVector gate0 = ((IntVector) x0.add(three).reinterpretShape(BITS, 0)).max(zero).min(six);
      IntVector gate1 = ((IntVector) x1.add(three).reinterpretShape(BITS, 0)).max(zero).min(six);
      IntVector gate2 = ((IntVector) x2.add(three).reinterpretShape(BITS, 0)).max(zero).min(six);
      IntVector gate3 = ((IntVector) x3.add(three).reinterpretShape(BITS, 0)).max(zero).min(six);
      x0.mul(gate0.reinterpretShape(S, 0)).mul(sixth).intoArray(a, i0);
      x1.mul(gate1.reinterpretShape(S, 0)).mul(sixth).intoArray(a, i1);
      x2.mul(gate2.reinterpretShape(S, 0)).mul(sixth).intoArray(a, i2);
      x3.mul(gate3.reinterpretShape(S, 0)).mul(sixth).intoArray(a, i3);
    }
  }

  /** {@code max(x, 0)}. */
  public static void relu(float[] a, int at, int count) {
    bound(a, at, count, Integer.MAX_VALUE);
  }

  /** {@code min(max(x, 0), 6)}. */
  public static void relu6(float[] a, int at, int count) {
    bound(a, at, count, SIX);
  }

  /** So short a loop HotSpot unrolls by itself. */
  private static void bound(float[] a, int at, int count, int high) {
    IntVector zero = IntVector.broadcast(BITS, 0);
    IntVector most = IntVector.broadcast(BITS, high);
    for (int i = at; i < at + count; i += L) {
      IntVector x = (IntVector) FloatVector.fromArray(S, a, i).reinterpretShape(BITS, 0);
      ((FloatVector) x.max(zero).min(most).reinterpretShape(S, 0)).intoArray(a, i);
    }
  }

  /** {@code min(max(slope * x + 0.5, 0), 1)}, of four vectors at once as {@link #hswish}. */
  public static void hsigmoid(float[] a, int at, int count, float slope) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector factor = FloatVector.broadcast(S, slope);
    IntVector zero = IntVector.broadcast(BITS, 0);
    IntVector one = IntVector.broadcast(BITS, ONE);
    int end = at + count;
    for (int i0 = at; i0 < end; i0 += 4 * L) {
      int i1 = Math.min(i0 + L, end - L);
      int i2 = Math.min(i0 + 2 * L, end - L);
      int i3 = Math.min(i0 + 3 * L, end - L);
      FloatVector x0 = FloatVector.fromArray(S, a, i0).fma(factor, half);
      FloatVector x1 = FloatVector.fromArray(S, a, i1).fma(factor, half);
      FloatVector x2 = FloatVector.fromArray(S, a, i2).fma(factor, half);
      FloatVector x3 = FloatVector.fromArray(S, a, i3).fma(factor, half);
      IntVector gate0 = ((IntVector) x0.reinterpretShape(BITS, 0)).max(zero).min(one);
      IntVector gate1 = ((IntVector) x1.reinterpretShape(BITS, 0)).max(zero).min(one);
      IntVector gate2 = ((IntVector) x2.reinterpretShape(BITS, 0)).max(zero).min(one);
      IntVector gate3 = ((IntVector) x3.reinterpretShape(BITS, 0)).max(zero).min(one);
      ((FloatVector) gate0.reinterpretShape(S, 0)).intoArray(a, i0);
      ((FloatVector) gate1.reinterpretShape(S, 0)).intoArray(a, i1);
      ((FloatVector) gate2.reinterpretShape(S, 0)).intoArray(a, i2);
      ((FloatVector) gate3.reinterpretShape(S, 0)).intoArray(a, i3);
    }
  }

  /**
   * {@code x / (1 + exp(-x))}, of two vectors at once: their steps do not wait for each other.
   *
   * <p>Written out, it is also too long for HotSpot to inline, as are nearly all functions here.
   * From about fifty vector operations on, JDK 17's compiler may be late at one and make objects of
   * vectors; one function's loop has fewer, those of all that a layer calls, or all layers, may
   * have more. An odd vector at the end is computed twice.
   */
  public static void swish(float[] a, int at, int count) {
    FloatVector scale = FloatVector.broadcast(S, -LOG2_E);
    FloatVector magic = FloatVector.broadcast(S, MAGIC);
    FloatVector p5 = FloatVector.broadcast(S, P5);
    FloatVector p4 = FloatVector.broadcast(S, P4);
    FloatVector p3 = FloatVector.broadcast(S, P3);
    FloatVector p2 = FloatVector.broadcast(S, P2);
    FloatVector p1 = FloatVector.broadcast(S, P1);
    FloatVector one = FloatVector.broadcast(S, 1f);
    IntVector least = IntVector.broadcast(BITS, MAGIC_BITS + 1);
    IntVector most = IntVector.broadcast(BITS, MAGIC_BITS + 254);
    int end = at + count;
    for (int i = at; i < end; i += 2 * L) {
      int j = Math.min(i + L, end - L);
      FloatVector x0 = FloatVector.fromArray(S, a, i);
      FloatVector x1 = FloatVector.fromArray(S, a, j);
      FloatVector t0 = x0.mul(scale);
      FloatVector t1 = x1.mul(scale);
      FloatVector n0 = t0.add(magic);
      FloatVector n1 = t1.add(magic);
      FloatVector f0 = t0.sub(n0.sub(magic));
      FloatVector f1 = t1.sub(n1.sub(magic));
      FloatVector e0 = p5.fma(f0, p4);
      FloatVector e1 = p5.fma(f1, p4);
      e0 = e0.fma(f0, p3);
      e1 = e1.fma(f1, p3);
      e0 = e0.fma(f0, p2);
      e1 = e1.fma(f1, p2);
      e0 = e0.fma(f0, p1);
      e1 = e1.fma(f1, p1);
      e0 = e0.fma(f0, one);
      e1 = e1.fma(f1, one);
      IntVector power0 = ((IntVector) n0.reinterpretShape(BITS, 0)).max(least).min(most);
      IntVector power1 = ((IntVector) n1.reinterpretShape(BITS, 0)).max(least).min(most);
      power0 = power0.lanewise(VectorOperators.LSHL, 23);
      power1 = power1.lanewise(VectorOperators.LSHL, 23);
      x0.div(e0.fma(power0.reinterpretShape(S, 0), one)).intoArray(a, i);
      x1.div(e1.fma(power1.reinterpretShape(S, 0), one)).intoArray(a, j);
    }
  }

  /** {@code 1 / (1 + exp(-x))}, of two vectors at once as {@link #swish}. */
  public static void sigmoid(float[] a, int at, int count) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    int end = at + count;
    for (int i = at; i < end; i += 2 * L) {
      int j = Math.min(i + L, end - L);
      FloatVector t0 = FloatVector.fromArray(S, a, i).mul(-LOG2_E);
      FloatVector t1 = FloatVector.fromArray(S, a, j).mul(-LOG2_E);
      FloatVector n0 = t0.add(MAGIC);
      FloatVector n1 = t1.add(MAGIC);
      FloatVector f0 = t0.sub(n0.sub(MAGIC));
      FloatVector f1 = t1.sub(n1.sub(MAGIC));
      FloatVector e0 = FloatVector.broadcast(S, P5).fma(f0, FloatVector.broadcast(S, P4));
      FloatVector e1 = FloatVector.broadcast(S, P5).fma(f1, FloatVector.broadcast(S, P4));
      e0 = e0.fma(f0, FloatVector.broadcast(S, P3));
      e1 = e1.fma(f1, FloatVector.broadcast(S, P3));
      e0 = e0.fma(f0, FloatVector.broadcast(S, P2));
      e1 = e1.fma(f1, FloatVector.broadcast(S, P2));
      e0 = e0.fma(f0, FloatVector.broadcast(S, P1)).fma(f0, one);
      e1 = e1.fma(f1, FloatVector.broadcast(S, P1)).fma(f1, one);
      IntVector power0 = ((IntVector) n0.reinterpretShape(BITS, 0)).max(MAGIC_BITS + 1);
      IntVector power1 = ((IntVector) n1.reinterpretShape(BITS, 0)).max(MAGIC_BITS + 1);
      power0 = power0.min(MAGIC_BITS + 254).lanewise(VectorOperators.LSHL, 23);
      power1 = power1.min(MAGIC_BITS + 254).lanewise(VectorOperators.LSHL, 23);
      one.div(e0.fma(power0.reinterpretShape(S, 0), one)).intoArray(a, i);
      one.div(e1.fma(power1.reinterpretShape(S, 0), one)).intoArray(a, j);
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

  /** Four pixels at once, all read before any is written: the last ones may come twice. */
  private static void preluAll(float[] a, int at, float[] w, int slopes, int pixels, int pitch) {
    FloatVector slope = FloatVector.fromArray(S, w, slopes);
    IntVector zero = IntVector.broadcast(BITS, 0);
    int last = at + (pixels - 1) * pitch;
    for (int i0 = at; i0 <= last; i0 += 4 * pitch) {
      int i1 = Math.min(i0 + pitch, last);
      int i2 = Math.min(i0 + 2 * pitch, last);
      int i3 = Math.min(i0 + 3 * pitch, last);
      IntVector x0 = (IntVector) FloatVector.fromArray(S, a, i0).reinterpretShape(BITS, 0);
      IntVector x1 = (IntVector) FloatVector.fromArray(S, a, i1).reinterpretShape(BITS, 0);
      IntVector x2 = (IntVector) FloatVector.fromArray(S, a, i2).reinterpretShape(BITS, 0);
      IntVector x3 = (IntVector) FloatVector.fromArray(S, a, i3).reinterpretShape(BITS, 0);
      FloatVector below0 = (FloatVector) x0.min(zero).reinterpretShape(S, 0);
      FloatVector below1 = (FloatVector) x1.min(zero).reinterpretShape(S, 0);
      FloatVector below2 = (FloatVector) x2.min(zero).reinterpretShape(S, 0);
      FloatVector below3 = (FloatVector) x3.min(zero).reinterpretShape(S, 0);
      below0.fma(slope, x0.max(zero).reinterpretShape(S, 0)).intoArray(a, i0);
      below1.fma(slope, x1.max(zero).reinterpretShape(S, 0)).intoArray(a, i1);
      below2.fma(slope, x2.max(zero).reinterpretShape(S, 0)).intoArray(a, i2);
      below3.fma(slope, x3.max(zero).reinterpretShape(S, 0)).intoArray(a, i3);
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
      FloatVector s = x.mul(x).mul(0.5f).min(128f).mul(-LOG2_E);
      FloatVector n = s.add(MAGIC);
      FloatVector f = s.sub(n.sub(MAGIC));
      FloatVector e = FloatVector.broadcast(S, P5).fma(f, FloatVector.broadcast(S, P4));
      e = e.fma(f, FloatVector.broadcast(S, P3));
      e = e.fma(f, FloatVector.broadcast(S, P2));
      e = e.fma(f, FloatVector.broadcast(S, P1));
      e = e.fma(f, one);
      IntVector power = ((IntVector) n.reinterpretShape(BITS, 0)).max(MAGIC_BITS + 1);
      power = power.min(MAGIC_BITS + 254).lanewise(VectorOperators.LSHL, 23);
      FloatVector tail = size.mul(t).mul(p).mul(e).mul(power.reinterpretShape(S, 0));
      x.max(0f).sub(tail).intoArray(a, i);
    }
  }
}
