package dev.mbnet.compiler.ir;

import dev.mbnet.compiler.op.Operator;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.resolve.ResolvedLayer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Operations in an order in which each follows what it reads; the first is the input.
 *
 * @param outputs names and nodes of what a run leaves behind
 */
public record Graph(List<Node> nodes, List<Output> outputs) {

  public Graph {
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }

  /** A named output. */
  public record Output(String name, Node node) {}

  /** The network's layers, each as the operations it consists of. */
  public static Graph of(ResolvedNetwork network) {
    List<Node> nodes = new ArrayList<>();
    List<Node> byLayer = new ArrayList<>();
    for (ResolvedLayer layer : network.layers()) {
      Node last = null;
      if (layer.parts().isEmpty()) {
        last = new Node(layer.path(), null, List.of(), layer.shape(), layer.stage());
        nodes.add(last);
      }
      List<Node> inputs = layer.inputs().stream().map(byLayer::get).toList();
      for (Operator.Part part : layer.parts()) {
        Shape shape = part.op().infer(inputs.stream().map(Node::shape).toList()).value();
        last = new Node(layer.path() + part.suffix(), part.op(), inputs, shape, layer.stage());
        nodes.add(last);
        inputs = List.of(last);
      }
      byLayer.add(last);
    }
    List<Output> outputs =
        network.outputs().stream()
            .map(output -> new Output(output.name(), byLayer.get(output.layer())))
            .toList();
    return new Graph(nodes, outputs);
  }

  public Node input() {
    return nodes.get(0);
  }

  /** How often each node is read; an output counts as a reader. */
  public Map<Node, Integer> readers() {
    Map<Node, Integer> readers = new HashMap<>();
    nodes.forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
    outputs.forEach(output -> readers.merge(output.node(), 1, Integer::sum));
    return readers;
  }

  /**
   * How many floats are alive while each node is computed, into memory of its own. Norms and
   * activations happen in place.
   */
  public Map<Node, Long> liveElements() {
    Map<Node, Integer> left = readers();
    Map<Node, Long> alive = new HashMap<>();
    long live = 0;
    for (Node node : nodes) {
      boolean inPlace =
          !node.isInput()
              && node.inputs().size() == 1
              && node.shape().equals(node.inputs().get(0).shape())
              && left.get(node.inputs().get(0)) == 1
              && node.weights().stream().noneMatch(w -> w.dims().size() > 1);
      if (!inPlace) {
        live += node.shape().elements();
      }
      alive.put(node, live);
      for (Node input : node.inputs()) {
        if (left.merge(input, -1, Integer::sum) == 0 && !inPlace) {
          live -= input.shape().elements();
        }
      }
    }
    return alive;
  }

  /** What must hold of every graph; a violation is a bug of the compiler. */
  public Graph verify() {
    Set<Node> seen = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Node node : nodes) {
      check(names.add(node.name()), "two nodes are named " + node.name());
      check(seen.containsAll(node.inputs()), node.name() + " stands before what it reads");
      check(node.isInput() == (node == input()), node.name() + " is an input inside the graph");
      if (!node.isInput()) {
        Shape inferred = node.op().infer(node.inputShapes()).value();
        check(node.shape().equals(inferred), node.name() + " has a shape it does not compute");
      }
      seen.add(node);
    }
    outputs.forEach(o -> check(seen.contains(o.node()), o.name() + " is not in the graph"));
    return this;
  }

  private static void check(boolean holds, String violation) {
    if (!holds) {
      throw new IllegalStateException(violation);
    }
  }

  /** One line a node: name, operation, inputs and shape. */
  public String print() {
    StringBuilder out = new StringBuilder();
    for (Node node : nodes) {
      String op = node.isInput() ? "input" : node.op().describe();
      out.append(node.name()).append(" = ").append(op);
      if (!node.inputs().isEmpty()) {
        List<String> inputs = node.inputs().stream().map(Node::name).toList();
        out.append(" (").append(String.join(", ", inputs)).append(')');
      }
      out.append(" -> ").append(node.shape()).append('\n');
    }
    for (Output output : outputs) {
      out.append("output ").append(output.name()).append(" = ").append(output.node()).append('\n');
    }
    return out.toString();
  }
}
