package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.op.Shape;

/**
 * How a tensor lies in a session's memory.
 *
 * @param name of its node
 * @param layout what lies side by side
 * @param rows how many it keeps: all, or the last few in turn
 * @param left columns of zeros before each row
 * @param right columns of zeros behind each row
 * @param pitch floats from pixel to pixel; of panels, their vectors
 * @param scratch whether each worker has one of its own
 */
public record Place(
    String name,
    Shape shape,
    Layout layout,
    int rows,
    int left,
    int right,
    int pitch,
    boolean scratch) {
  /** The widest vectors, in floats; memory is laid out for them. */
  public static final int LANES = 16;

  /** What lies side by side. */
  public enum Layout {
    /** All channels of a pixel: {@code [h][w][c]}. */
    PIXELS,
    /** A panel's channels of a pixel: {@code [h][c / panel][w][panel]}. */
    PANELS,
    /** The same of one panel at a time: {@code [h][w][panel]}. */
    PANEL
  }

  public int columns() {
    return left + shape.width() + right;
  }

  /** Whether only the last few rows are there. */
  public boolean isRing() {
    return rows < shape.height();
  }

  /** Whether all pixels lie one after another. */
  public boolean isFlat() {
    return layout == Layout.PIXELS && left + right == 0 && !isRing();
  }

  /** Panels of {@code pitch} of the widest vectors that hold all channels. */
  public int panels() {
    int panel = pitch * LANES;
    return layout == Layout.PANELS ? (shape.channels() + panel - 1) / panel : 1;
  }

  /** Floats from pixel to pixel, at the widest vectors; at narrower ones there are no more. */
  public int pixel() {
    return layout == Layout.PIXELS ? pitch : pitch * LANES;
  }

  /** Floats, at the widest vectors; at narrower ones it takes no more. */
  public int floats() {
    return Math.toIntExact((long) panels() * rows * columns() * pixel());
  }

  /** The floats of whole vectors of the widest kind. */
  public static int aligned(int floats) {
    return (floats + LANES - 1) / LANES * LANES;
  }
}
