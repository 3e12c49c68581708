package dev.mbnet.compiler.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** One array that places share, each while it is needed. */
final class Arena {

  /** A place and the first and last region that need it. */
  private record Span(Place place, int first, int last) {
    boolean meets(Span other) {
      return first <= other.last && other.first <= last;
    }
  }

  private final List<Span> spans = new ArrayList<>();

  void add(Place place, int first, int last) {
    spans.add(new Span(place, first, last));
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
    return end;
  }
}
