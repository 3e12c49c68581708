package dev.mbnet.samples.textdetection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The smallest rectangle around points. */
final class Enclosure {

  private Enclosure() {}

  /**
   * The rectangle of the least area, at any angle, that holds all points. It has a side on a side
   * of their convex hull (Freeman and Shapira 1975). Without area if all lie on a line.
   *
   * @param points at least one
   * @param score of the box
   */
  static Box of(List<Vec> points, double score) {
    List<Vec> hull = hull(points);
    Box best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < hull.size(); i++) {
      Vec side = hull.get((i + 1) % hull.size()).minus(hull.get(i));
      Box box = along(side.length() == 0 ? new Vec(1, 0) : side.unit(), hull, score);
      double area = box.across().length() * box.down().length();
      if (area < least) {
        least = area;
        best = box;
      }
    }
    return best;
  }

  private static Box along(Vec u, List<Vec> hull, double score) {
    Vec v = new Vec(-u.y(), u.x());
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (Vec point : hull) {
      left = Math.min(left, point.dot(u));
      right = Math.max(right, point.dot(u));
      top = Math.min(top, point.dot(v));
      bottom = Math.max(bottom, point.dot(v));
    }
    return new Box(
        u.times(left).plus(v.times(top)), u.times(right - left), v.times(bottom - top), score);
  }

  /** Corners of the convex hull, in order: Andrew's two chains (1979). */
  private static List<Vec> hull(List<Vec> points) {
    List<Vec> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(Vec::x).thenComparingDouble(Vec::y));
    List<Vec> hull = chain(sorted);
    Collections.reverse(sorted);
    hull.addAll(chain(sorted));
    return hull.isEmpty() ? List.of(sorted.get(0)) : hull;
  }

  /** One half of the hull, without its last point, with which the other half begins. */
  private static List<Vec> chain(List<Vec> sorted) {
    List<Vec> chain = new ArrayList<>();
    for (Vec point : sorted) {
      int n = chain.size();
      while (n > 1 && turn(chain.get(n - 2), chain.get(n - 1), point) <= 0) {
        chain.remove(--n);
      }
      chain.add(point);
    }
    chain.remove(chain.size() - 1);
    return chain;
  }

  private static double turn(Vec a, Vec b, Vec c) {
    return b.minus(a).cross(c.minus(b));
  }
}
