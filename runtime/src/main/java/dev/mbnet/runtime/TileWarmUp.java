package dev.mbnet.runtime;

/**
 * Brings the functions that do a session's work to HotSpot's attention, on little data of their
 * own. Until they are compiled each of their vectors is an object, and whole runs would take
 * seconds.
 */
final class TileWarmUp {
  /** Calls after which HotSpot's best compiler has certainly been asked. */
  private static final int CALLS = 1000;

  /** Calls after which HotSpot's quick compiler has been asked. */
  private static final int FEW = 200;

  private static final int BATCH = 10;

  /** Nanoseconds of a multiply-add of vectors, which compiled code stays far below. */
  private static final int COMPILED = 8;

  private final VectorSession session;
  private final float[] memory;
  private final int[] calls;
  private int ready;

  TileWarmUp(VectorSession session) {
    this.session = session;
    this.memory = new float[session.warmFloats()];
    this.calls = new int[session.tiles()];
  }

  /**
   * Goes on for so many nanoseconds, or a quarter of them where there is little but to wait for the
   * compiler; returns whether all functions are compiled.
   */
  boolean run(long nanos) {
    long start = System.nanoTime();
    for (int tile = 0; tile < calls.length; tile++) {
      while (calls[tile] >= 0 && calls[tile] < CALLS) {
        if (System.nanoTime() - start > nanos) {
          return false;
        }
        call(tile);
      }
    }
    while (ready < calls.length && System.nanoTime() - start < nanos / 4) {
      for (int tile = 0; tile < calls.length; tile++) {
        if (calls[tile] >= 0) {
          call(tile);
        }
      }
    }
    return ready == calls.length;
  }

  /** A negative count says that the function is compiled. */
  private void call(int tile) {
    long start = System.nanoTime();
    long work = 0;
    boolean few = calls[tile] < FEW;
    for (int i = 0; i < BATCH; i++) {
      work += session.warm(tile, few, memory);
    }
    if (!few && System.nanoTime() - start < work * COMPILED) {
      calls[tile] = -1;
      ready++;
    } else {
      calls[tile] += BATCH;
    }
  }
}
