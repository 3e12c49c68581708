package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Shape;

/**
 * How a convolution to few channels is computed: the windows of a block of pixels are turned to
 * planes {@code [kernel row * kernel column * channel in][pixel]}, and the sums back to pixels.
 * HotSpot begins and ends a vector loop one float at a time, which for a loop over few channels is
 * most of it; a loop over a block's pixels is long.
 *
 * @param taps how many planes there are
 * @param pixels of a block; where a window is more than a pixel, whole rows of them
 */
public record Planes(int taps, int pixels) {
  /**
   * What a second-level cache holds of planes, which are read for every few channels; in floats.
   */
  private static final int CACHED = 128 << 10;

  /** Longer loops gain nothing. */
  private static final int LONG = 784;

  /** What beginning and ending a loop costs, in products of a long one. */
  private static final double ENDS = 130;

  /** What turning a float costs, in products of a long loop. */
  private static final double TURN = 25;

  /** The part of the time that planes must leave, at most, to be worth their memory. */
  private static final double WORTH = 0.9;

  /** Null where a loop over channels is as fast. */
  static Planes of(Conv conv, Shape in, Shape out) {
    if (conv.groups() > 1) {
      return null;
    }
    int taps = conv.kernel().h() * conv.kernel().w() * in.channels();
    int unit = conv.isPointwise() ? 1 : out.width();
    int units = out.pixels() / unit;
    int most = Math.min(LONG, CACHED / Math.max(taps, out.channels())) / unit;
    if (most == 0) {
      return null;
    }
    int blocks = (units + most - 1) / most;
    int block = (units + blocks - 1) / blocks * unit;
    double products = (double) taps * out.channels();
    double rows = products * (1 + ENDS / out.channels());
    double planes = products * (1 + ENDS / block) + TURN * (taps + out.channels());
    return planes < WORTH * rows ? new Planes(taps, block) : null;
  }
}
