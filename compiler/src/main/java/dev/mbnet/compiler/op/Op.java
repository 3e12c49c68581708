package dev.mbnet.compiler.op;

import java.util.List;

/** One operation of a graph, with everything that its call said. Immutable. */
public interface Op {

  /** The operator's name and attributes as the graph's text form shows them. */
  String describe();

  /** The output's shape for inputs of these shapes. */
  Checked<Shape> infer(List<Shape> inputs);

  /** What it is trained with, by full names that begin with {@code name}. */
  default List<Weight> weights(String name, List<Shape> inputs) {
    return List.of();
  }

  /** Multiply-adds of convolutions and dense layers, per image; 0 for anything else. */
  default long macs(List<Shape> inputs, Shape output) {
    return 0;
  }

  /** What it applies on the way out; none until a pass says so, unless it is an activation. */
  default Activation activation() {
    return Activation.NONE;
  }

  /** By how much it moves over its input; a skip never spans a stride. */
  default Pair stride() {
    return Pair.ONE;
  }
}
