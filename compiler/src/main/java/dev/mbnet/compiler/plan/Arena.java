package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.op.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One array that places share, each while it is needed. */
final class Arena {

  /** A place and the first and last region that need it. */
  private record Span(Place place, int first, int last) {
    boolean meets(Span other) {
      return first <= other.last && other.first <= last;
    }
  }

  private final List<Span> spans = new ArrayList<>();

  /** Of each block, where its places begin in it. */
  private final Map<Place, Map<Place, Integer>> blocks = new HashMap<>();

  void add(Place place, int first, int last) {
    spans.add(new Span(place, first, last));
  }

  /** Keeps a place that has been added for longer, until a later region. */
  void keep(Place place, int last) {
    spans.replaceAll(
        span -> span.place().equals(place) ? new Span(place, span.first(), last) : span);
  }

  /**
   * Keeps places that have been added together: they lie in memory that nothing else has while one
   * of them is needed. Returns the place of them all.
   */
  Place block(Set<Place> places) {
    List<Span> members = spans.stream().filter(span -> places.contains(span.place())).toList();
    spans.removeAll(members);
    Arena inner = new Arena();
    inner.spans.addAll(members);
    Map<Place, Integer> inside = new HashMap<>();
    Shape shape = new Shape(1, 1, inner.place(inside));
    Place block = new Place("", shape, Place.Layout.PIXELS, 1, 0, 0, shape.channels(), false);
    int first = members.stream().mapToInt(Span::first).min().orElseThrow();
    int last = members.stream().mapToInt(Span::last).max().orElseThrow();
    add(block, first, last);
    blocks.put(block, inside);
    return block;
  }

  /** Gives each place the lowest offset that is free, the largest first; returns the end. */
  int place(Map<Place, Integer> offsets) {
    List<Span> placed = new ArrayList<>();
    List<Span> largest = new ArrayList<>(spans);
    largest.sort(Comparator.comparingInt((Span span) -> -span.place().floats()));
    int end = 0;
    for (Span span : largest) {
      int at = 0;
      placed.sort(Comparator.comparingInt(other -> offsets.get(other.place())));
      for (Span other : placed) {
        int begin = offsets.get(other.place());
        int length = Place.aligned(other.place().floats());
        if (span.meets(other)
            && begin < at + Place.aligned(span.place().floats())
            && at < begin + length) {
          at = begin + length;
        }
      }
      offsets.put(span.place(), at);
      placed.add(span);
      end = Math.max(end, at + Place.aligned(span.place().floats()));
    }
    blocks.forEach(
        (block, inside) ->
            inside.forEach((place, at) -> offsets.put(place, offsets.get(block) + at)));
    return end;
  }
}
