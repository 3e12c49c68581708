package dev.mbnet.compiler.weights;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Which layers with weights a value is computed from, without another such layer in between.
 * Comparing them tells parallel branches of equal shapes apart.
 *
 * @param layers their numbers, -1 for the input; sorted unless {@code ordered}
 * @param ordered whether their order counts, as that of tensors side by side does
 */
record Sources(List<Integer> layers, boolean ordered) {
  static final Sources NONE = new Sources(List.of(), false);
  static final Sources INPUT = of(-1);

  Sources {
    layers = ordered ? List.copyOf(layers) : layers.stream().sorted().toList();
  }

  static Sources of(int layer) {
    return new Sources(List.of(layer), false);
  }

  /** The sources of what is computed from {@code inputs}; of one that has any, these. */
  static Sources join(List<Sources> inputs, boolean ordered) {
    List<Sources> given = inputs.stream().filter(input -> !input.layers.isEmpty()).toList();
    if (given.size() == 1) {
      return given.get(0);
    }
    Set<Integer> all = new LinkedHashSet<>();
    given.forEach(input -> all.addAll(input.layers));
    return new Sources(List.copyOf(all), ordered);
  }

  /** The same layers under other numbers. */
  Sources renumbered(IntUnaryOperator number) {
    return new Sources(layers.stream().map(number::applyAsInt).toList(), ordered);
  }
}
