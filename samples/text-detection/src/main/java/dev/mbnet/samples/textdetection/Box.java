package dev.mbnet.samples.textdetection;

import java.util.List;

/**
 * A line of text: a rectangle at any angle, or what scaling makes of one. Pixel {@code (0, 0)}
 * covers the square from there to {@code (1, 1)}.
 *
 * @param corner where the line begins, above its letters
 * @param across from there along the line
 * @param down from the corner to below the letters
 * @param score the mean probability of its pixels to be text, 0 to 1
 */
record Box(Vec corner, Vec across, Vec down, double score) {

  /** Clockwise, from {@link #corner()}. */
  List<Vec> corners() {
    Vec right = corner.plus(across);
    return List.of(corner, right, right.plus(down), corner.plus(down));
  }

  Vec centre() {
    return corner.plus(across.times(0.5)).plus(down.times(0.5));
  }

  /** With every side moved outwards by so many pixels. */
  Box enlarged(double by) {
    Vec u = across.unit().times(by);
    Vec v = down.unit().times(by);
    return new Box(corner.minus(u).minus(v), across.plus(u.times(2)), down.plus(v.times(2)), score);
  }

  /** One of the pieces that cutting it across the line leaves, all as long. */
  Box piece(int index, int pieces) {
    Vec length = across.times(1.0 / pieces);
    return new Box(corner.plus(length.times(index)), length, down, score);
  }

  /** The same box where the picture is scaled. */
  Box scaled(double byX, double byY) {
    return new Box(corner.scaled(byX, byY), across.scaled(byX, byY), down.scaled(byX, byY), score);
  }

  /**
   * The same rectangle, read as horizontally as it can be; downwards if it is half as high again as
   * wide, as PaddleOCR reads.
   */
  Box read() {
    Box box = this;
    for (int i = 0; i < 3 && Math.abs(box.across.y()) > box.across.x(); i++) {
      box = box.turned();
    }
    return box.down.length() >= 1.5 * box.across.length() ? box.turned() : box;
  }

  /** Begins at the next corner, clockwise. */
  private Box turned() {
    return new Box(corner.plus(across), down, across.times(-1), score);
  }
}
