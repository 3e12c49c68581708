package dev.mbnet.compiler.weights;

import dev.mbnet.runtime.SafetensorsWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of an import: tensors, or problems and nothing else.
 *
 * @param matches the network's layers in order, each with what it was given
 * @param tensors all of the network's, by its names and in its order
 * @param problems one line each, names in backticks
 */
public record Imported(List<Match> matches, List<Tensor> tensors, List<String> problems) {

  private static final int MOST_PROBLEMS = 20;

  public Imported {
    matches = List.copyOf(matches);
    tensors = List.copyOf(tensors);
    problems = List.copyOf(problems);
  }

  /**
   * A layer of the network and the tensors of the file that it was given.
   *
   * @param source such as {@code conv2_expand_weights [8, 8, 1, 1] + batch norm conv2_expand_bn}
   */
  public record Match(String layer, String source) {}

  /** A file for another network altogether has many problems, and the first few say as much. */
  static Imported refused(List<String> problems) {
    List<String> shown = problems;
    if (problems.size() > MOST_PROBLEMS) {
      shown = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
      shown.add("and " + (problems.size() - MOST_PROBLEMS) + " more");
    }
    return new Imported(List.of(), List.of(), shown);
  }

  public boolean isOk() {
    return problems.isEmpty();
  }

  /** The tensors, ready to be written. */
  public SafetensorsWriter weights() {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Tensor tensor : tensors) {
      int[] shape = tensor.dims().stream().mapToInt(Integer::intValue).toArray();
      writer.add(tensor.name(), shape, tensor.values());
    }
    return writer;
  }

  /** The number of floats. */
  public long values() {
    return tensors.stream().mapToLong(tensor -> tensor.values().length).sum();
  }
}
