package dev.mbnet.compiler.weights;

import java.util.List;

/** The tensors that a file stores. */
interface Stored {

  boolean has(String name);

  /** Whether a stored tensor can only be weights: numbers, more than one, and no list of sizes. */
  boolean isWeights(String name);

  /** The first of some tensors that can only be weights, its values left out; null if none is. */
  default Tensor firstWeights(List<String> names) {
    return names.stream()
        .filter(this::isWeights)
        .findFirst()
        .map(name -> new Tensor(name, dims(name), new float[0]))
        .orElse(null);
  }

  /** The sizes of a stored tensor, whatever its type. */
  List<Integer> dims(String name);

  /** A stored tensor; null, and a problem, if it cannot be read. */
  Tensor floats(String name);

  /** A stored list of at most 64 whole numbers, such as sizes or axes; null if it is none. */
  List<Long> wholes(String name);
}
