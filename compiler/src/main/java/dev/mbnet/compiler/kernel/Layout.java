package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.kernel.Statement.RowStart;
import dev.mbnet.compiler.plan.Place;
import java.util.Map;

/** Where elements of places lie, as sums of variables. */
final class Layout {
  private final Map<Place, Integer> offsets;

  Layout(Map<Place, Integer> offsets) {
    this.offsets = offsets;
  }

  /** The place's first float; {@code o} is the session's, {@code s} the worker's scratch. */
  Index start(Place place) {
    return Index.of(place.scratch() ? "s" : "o").plus(offsets.get(place));
  }

  /** Floats from pixel to pixel. */
  static Index pixel(Place place) {
    Index pitch = Index.of(place.pitch());
    return place.layout() == Place.Layout.PIXELS ? pitch : pitch.lanes();
  }

  /** Floats from row to row. */
  static Index row(Place place) {
    return place.layout() == Place.Layout.PANELS
        ? Index.of(place.floats() / place.rows())
        : pixel(place).times(place.columns());
  }

  /** Floats in a row before the panel that begins with channel {@code c}. */
  static Index panel(Place place, String c) {
    return switch (place.layout()) {
      case PIXELS -> Index.of(c);
      case PANELS -> Index.of(c, place.columns());
      case PANEL -> Index.of(0);
    };
  }

  /** Names the first pixel that counts of a row; {@code column} may begin in the zeros before. */
  RowStart rowStart(String name, Place place, Index row, boolean outside, int column) {
    Index first = start(place).plus(pixel(place).times(place.left() + column));
    return new RowStart(
        name, row, outside, place.shape().height(), place.rows(), first, row(place));
  }
}
