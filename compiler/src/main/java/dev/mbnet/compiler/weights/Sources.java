package dev.mbnet.compiler.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which layers with weights a value is computed from, without another such layer in between: their
 * numbers, or {@link #INPUT}. Comparing them tells parallel branches of equal shapes apart.
 */
final class Sources {
  static final List<Integer> INPUT = List.of(-1);

  private Sources() {}

  /** The sources of what is computed from {@code inputs}; sorted unless their order counts. */
  static List<Integer> join(List<List<Integer>> inputs, boolean ordered) {
    Set<Integer> all = new LinkedHashSet<>();
    inputs.forEach(all::addAll);
    List<Integer> list = new ArrayList<>(all);
    if (!ordered) {
      Collections.sort(list);
    }
    return List.copyOf(list);
  }
}
