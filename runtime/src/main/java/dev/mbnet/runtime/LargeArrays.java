package dev.mbnet.runtime;

/**
 * Arrays that vectors are read from. G1 puts an array that is longer than half a region at the
 * start of a region and never moves it. Only there is it known where cache lines begin, and a
 * vector that lies across two lines takes two accesses. Arrays that are shorter are therefore made
 * longer, by a 2048th of the largest heap or half a MiB at most; but not small ones.
 */
final class LargeArrays {
  /** Floats from the array's start to a cache line's: 16 bytes before them are the array's own. */
  static final int FIRST = 12;

  /** The floats of a cache line. */
  static final int LINE = 16;

  /** How many times as long as it has to be an array may become. */
  private static final int MOST = 8;

  private LargeArrays() {}

  /** An array of zeros, of {@code count} floats or more. */
  static float[] floats(int count) {
    long large = regionBytes() / 2 / Float.BYTES;
    return new float[count < large && MOST * (long) count >= large ? (int) large : count];
  }

  /** Bytes of one of G1's regions: 1 to 32 MiB, so that there are about 2048. */
  private static long regionBytes() {
    long share = Runtime.getRuntime().maxMemory() / 2048;
    long power = Long.highestOneBit(Math.max(1, share - 1)) << 1;
    return Math.min(Math.max(power, 1 << 20), 32 << 20);
  }
}
