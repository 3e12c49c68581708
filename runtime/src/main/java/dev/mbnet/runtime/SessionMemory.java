package dev.mbnet.runtime;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;

/**
 * Working memory for the sessions of a network. Where it comes in large arrays, several sessions
 * have parts of one; it lives as long as one of them does, and no part is given away twice.
 */
final class SessionMemory {

  /** The memory of a session: from {@code from} on, where a cache line begins. */
  record Part(float[] floats, int from) {}

  private Reference<float[]> last = new WeakReference<>(null);
  private int end;

  /** So many floats, all zero. */
  synchronized Part take(int count) {
    int lines = (count + LargeArrays.LINE - 1) / LargeArrays.LINE * LargeArrays.LINE;
    float[] floats = last.get();
    if (floats == null || floats.length - end < lines) {
      floats = LargeArrays.floats(LargeArrays.FIRST + lines);
      last = new WeakReference<>(floats);
      end = LargeArrays.FIRST;
    }
    Part part = new Part(floats, end);
    end += lines;
    return part;
  }
}
