package dev.mbnet.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Something found in a picture. Places are shares of the input's width and height, from its left
 * upper corner: where the input is the whole picture stretched, also shares of the picture's.
 *
 * @param index of the class, from 0
 * @param probability from 0 to 1
 * @param right not less than {@code left}
 * @param bottom not less than {@code top}
 */
public record Detection(
    int index, float probability, float left, float top, float right, float bottom) {

  /**
   * A detection.
   *
   * @throws IllegalArgumentException if a side lies beyond its opposite or is not a number
   */
  public Detection {
    if (!(left <= right && top <= bottom)) {
      throw new IllegalArgumentException(
          "no box: left %s, top %s, right %s, bottom %s".formatted(left, top, right, bottom));
    }
  }

  /** The area that two boxes share by the area that they cover, from 0 to 1; 0 of empty boxes. */
  public float overlap(Detection other) {
    double width = Math.min(right, other.right) - (double) Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - (double) Math.max(top, other.top);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double shared = width * height;
    return (float) (shared / (area() + other.area() - shared));
  }

  private double area() {
    return ((double) right - left) * ((double) bottom - top);
  }

  /**
   * Non-maximum suppression: of boxes of one class that overlap by more than {@code most}, the most
   * probable one stays. A box that went suppresses no other.
   *
   * @param found in any order; only read
   * @param most from 0 to 1
   * @return those that stay, the most probable first, equally probable ones as they came
   * @throws IllegalArgumentException if {@code most} is out of range
   */
  public static List<Detection> suppress(List<Detection> found, float most) {
    if (!(most >= 0 && most <= 1)) {
      throw new IllegalArgumentException("boxes overlap by 0 to 1, not by " + most);
    }
    List<Detection> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingDouble(Detection::probability).reversed());
    List<Detection> kept = new ArrayList<>();
    for (Detection next : sorted) {
      if (kept.stream().noneMatch(k -> k.index == next.index && k.overlap(next) > most)) {
        kept.add(next);
      }
    }
    return List.copyOf(kept);
  }
}
