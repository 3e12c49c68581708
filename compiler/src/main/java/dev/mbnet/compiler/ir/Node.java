package dev.mbnet.compiler.ir;

import dev.mbnet.compiler.op.Op;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.resolve.ResolvedLayer;
import java.util.List;

/**
 * One operation in a graph.
 *
 * @param name its layer's path and, for a norm or activation, {@code .bn} or {@code .act}
 * @param op null for the input
 * @param inputs the nodes it reads, which stand before it
 * @param shape of its output
 * @param stage the author's statement it comes from
 */
public record Node(String name, Op op, List<Node> inputs, Shape shape, ResolvedLayer.Stage stage) {

  public Node {
    inputs = List.copyOf(inputs);
  }

  public boolean isInput() {
    return op == null;
  }

  public List<Shape> inputShapes() {
    return inputs.stream().map(Node::shape).toList();
  }

  public List<Weight> weights() {
    return isInput() ? List.of() : op.weights(name, inputShapes());
  }

  /** Whether it is trained with more than the slopes of its activation. */
  public boolean hasMatrix() {
    return !isInput() && weights().size() > (op.activation().isTrained() ? 1 : 0);
  }

  public long macs() {
    return isInput() ? 0 : op.macs(inputShapes(), shape);
  }

  // A node is itself, not its description; descriptions of deep graphs would never end.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
