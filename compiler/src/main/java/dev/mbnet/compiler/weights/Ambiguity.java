package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds layers of one shape in parallel stacks: a file may hold them in either order. */
final class Ambiguity {

  private Ambiguity() {}

  static List<String> problems(Graph graph, List<Node> wanted) {
    Map<Node, BitSet> ancestors = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      BitSet above = new BitSet();
      node.inputs().forEach(input -> above.or(ancestors.get(input)));
      above.set(i);
      ancestors.put(node, above);
    }
    List<String> problems = new ArrayList<>();
    Map<String, List<Node>> alike = new HashMap<>();
    for (Node node : wanted) {
      List<Node> earlier =
          alike.computeIfAbsent(Layers.signature(node), signature -> new ArrayList<>());
      for (Node other : earlier) {
        if (!ancestors.get(node).get(graph.nodes().indexOf(other))) {
          problems.add(
              String.format(
                  "`%s` and `%s` have one shape and neither feeds the other: the file's order does"
                      + " not say which is which",
                  other.name(), node.name()));
          break;
        }
      }
      earlier.add(node);
    }
    return problems;
  }
}
