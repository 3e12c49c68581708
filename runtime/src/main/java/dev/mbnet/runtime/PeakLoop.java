package dev.mbnet.runtime;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiply-adds of vectors that neither wait for each other nor for memory: as many as a core can
 * do, which is what times of layers are set against. For one thread.
 */
public final class PeakLoop implements Runnable {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int ROUNDS = 4096;
  private static final int SUMS = 12;

  private final float[] sums = new float[SUMS * L];

  /** Multiply-adds of floats in a run. */
  public static long products() {
    return (long) ROUNDS * SUMS * L;
  }

  /** Multiply-adds in a second of the fastest run within so many nanoseconds, and at least one. */
  public double fastest(long nanos) {
    long end = System.nanoTime() + nanos;
    long least = Long.MAX_VALUE;
    do {
      long start = System.nanoTime();
      run();
      least = Math.min(least, System.nanoTime() - start);
    } while (System.nanoTime() < end);
    return products() * 1e9 / Math.max(1, least);
  }

  @Override
  public void run() {
    multiply(sums);
  }

  private static void multiply(float[] a) {
    FloatVector x = FloatVector.broadcast(S, 0.5f);
    FloatVector y = FloatVector.broadcast(S, 1f);
    FloatVector s0 = FloatVector.fromArray(S, a, 0);
    FloatVector s1 = FloatVector.fromArray(S, a, L);
    FloatVector s2 = FloatVector.fromArray(S, a, 2 * L);
    FloatVector s3 = FloatVector.fromArray(S, a, 3 * L);
    FloatVector s4 = FloatVector.fromArray(S, a, 4 * L);
    FloatVector s5 = FloatVector.fromArray(S, a, 5 * L);
    FloatVector s6 = FloatVector.fromArray(S, a, 6 * L);
    FloatVector s7 = FloatVector.fromArray(S, a, 7 * L);
    FloatVector s8 = FloatVector.fromArray(S, a, 8 * L);
    FloatVector s9 = FloatVector.fromArray(S, a, 9 * L);
    FloatVector s10 = FloatVector.fromArray(S, a, 10 * L);
    FloatVector s11 = FloatVector.fromArray(S, a, 11 * L);
    for (int i = 0; i < ROUNDS; i++) {
      s0 = s0.fma(x, y);
      s1 = s1.fma(x, y);
      s2 = s2.fma(x, y);
      s3 = s3.fma(x, y);
      s4 = s4.fma(x, y);
      s5 = s5.fma(x, y);
      s6 = s6.fma(x, y);
      s7 = s7.fma(x, y);
      s8 = s8.fma(x, y);
      s9 = s9.fma(x, y);
      s10 = s10.fma(x, y);
      s11 = s11.fma(x, y);
    }
    s0.intoArray(a, 0);
    s1.intoArray(a, L);
    s2.intoArray(a, 2 * L);
    s3.intoArray(a, 3 * L);
    s4.intoArray(a, 4 * L);
    s5.intoArray(a, 5 * L);
    s6.intoArray(a, 6 * L);
    s7.intoArray(a, 7 * L);
    s8.intoArray(a, 8 * L);
    s9.intoArray(a, 9 * L);
    s10.intoArray(a, 10 * L);
    s11.intoArray(a, 11 * L);
  }
}
