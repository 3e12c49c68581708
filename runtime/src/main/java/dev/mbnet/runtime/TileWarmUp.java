package dev.mbnet.runtime;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Brings the functions that do a session's work to HotSpot's attention, on little data of their
 * own. Until they are compiled each of their vectors is an object, and whole runs would take
 * seconds.
 *
 * <p>HotSpot looks at a function's counts every 1,024 calls, asks for more of them the longer its
 * queue is, and compiles a function a second time where loops rather than calls are what it
 * notices. So most calls find nothing to do and are only counted, and new functions wait while
 * several are queued.
 */
final class TileWarmUp {
  /** Calls after which HotSpot's best compiler has been asked. */
  private static final int CALLS = 6400;

  /** Calls from one look of HotSpot to the next. */
  private static final int LOOK = 1024;

  /** One call in so many has work. */
  private static final int BATCH = 32;

  /** How many functions may wait for the compiler before further ones are called. */
  private static final int QUEUE = 3;

  /** Nanoseconds of a multiply-add of vectors, which compiled code stays far below. */
  private static final int COMPILED = 8;

  private final VectorSession session;
  private final float[] memory;
  private final int[] calls;

  /** Functions not known to be compiled, the smallest first: it brings what all others use. */
  private int[] open;

  TileWarmUp(VectorSession session) {
    this.session = session;
    this.memory = new float[session.warmFloats()];
    this.calls = new int[session.tiles()];
    Integer[] order = new Integer[calls.length];
    Arrays.setAll(order, tile -> tile);
    Arrays.sort(order, Comparator.comparingInt(tile -> session.warm(tile, true, memory)));
    this.open = Arrays.stream(order).mapToInt(tile -> tile).toArray();
  }

  /**
   * Goes on for so many nanoseconds, or until there is nothing to do but to wait for the compiler.
   *
   * @return whether all functions are compiled
   */
  boolean run(long nanos) {
    long end = System.nanoTime() + nanos;
    int[] enough = Arrays.stream(calls).map(count -> Math.max(CALLS, count + LOOK)).toArray();
    boolean busy = true;
    while (open.length > 0 && busy && System.nanoTime() < end) {
      busy = false;
      for (int i = 0; i < Math.min(QUEUE, open.length) && !busy; i++) {
        int tile = open[i];
        busy = calls[tile] < enough[tile];
        if (call(tile)) {
          open = Arrays.stream(open).filter(t -> t != tile).toArray();
          busy = true;
        }
      }
    }
    return open.length == 0;
  }

  /** Returns whether the function was as quick as only compiled code is. */
  private boolean call(int tile) {
    for (int i = 1; i < BATCH; i++) {
      session.warm(tile, true, memory);
    }
    long start = System.nanoTime();
    long work = session.warm(tile, false, memory);
    calls[tile] += BATCH;
    return System.nanoTime() - start < work * COMPILED;
  }
}
