package dev.mbnet.compiler.pass;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rebuilds a graph node by node; a rule may put another operation in a node's place. */
final class Rewriter {

  /** What stands in for a node: nothing, another node, or an operation on other inputs. */
  interface Rule {
    /**
     * @param node as it will be: its inputs already rewritten
     * @param alone whether its first input has no other reader
     * @return null to keep it
     */
    Replacement rewrite(Node node, boolean alone);
  }

  /** {@code op} null: {@code inputs}' only node serves instead. Else a node of that name. */
  record Replacement(String name, Op op, List<Node> inputs) {
    static Replacement by(Node node) {
      return new Replacement(null, null, List.of(node));
    }

    /** {@code first} absorbs the node that reads it. */
    static Replacement merged(Node first, Op op) {
      return new Replacement(first.name(), op, first.inputs());
    }
  }

  private Rewriter() {}

  static Graph rewrite(Graph graph, Rule rule) {
    Map<Node, Integer> readers = graph.readers();
    Map<Node, Node> now = new HashMap<>();
    Map<Node, Node> before = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node old : graph.nodes()) {
      List<Node> inputs = old.inputs().stream().map(now::get).toList();
      Node node = new Node(old.name(), old.op(), inputs, old.shape(), old.stage());
      boolean alone = !old.isInput() && readers.get(before.get(inputs.get(0))) == 1;
      Replacement replacement = old.isInput() ? null : rule.rewrite(node, alone);
      if (replacement != null && replacement.op() == null) {
        now.put(old, replacement.inputs().get(0));
        readers.merge(before.get(replacement.inputs().get(0)), readers.get(old) - 1, Integer::sum);
        continue;
      }
      if (replacement != null) {
        node =
            new Node(
                replacement.name(),
                replacement.op(),
                replacement.inputs(),
                old.shape(),
                old.stage());
      }
      nodes.add(node);
      now.put(old, node);
      before.put(node, old);
    }
    List<Graph.Output> outputs =
        graph.outputs().stream()
            .map(output -> new Graph.Output(output.name(), now.get(output.node())))
            .toList();
    return new Graph(reached(nodes, outputs), outputs);
  }

  private static List<Node> reached(List<Node> nodes, List<Graph.Output> outputs) {
    Set<Node> reached = new HashSet<>(Set.of(nodes.get(0)));
    outputs.forEach(output -> reached.add(output.node()));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (reached.contains(nodes.get(i))) {
        reached.addAll(nodes.get(i).inputs());
      }
    }
    return nodes.stream().filter(reached::contains).toList();
  }
}
