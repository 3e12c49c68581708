package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Merge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which operations run together. */
final class Fusion {

  /** Tasks that run together. */
  record Group(Region.Kind kind, List<Task> tasks) {}

  private final Graph graph;
  private final CostModel costs;
  private final Map<Node, Integer> readers;
  private final List<Task> tasks = new ArrayList<>();
  private final Map<Node, List<Task>> reading = new HashMap<>();
  private final Map<Node, Task> making = new HashMap<>();
  private final Map<Task, Integer> order = new HashMap<>();
  private final Set<Task> grouped = new HashSet<>();

  private Fusion(Graph graph, CostModel costs) {
    this.graph = graph;
    this.costs = costs;
    this.readers = graph.readers();
  }

  /** All operations of a graph, in an order in which each group follows what it reads. */
  static List<Group> of(Graph graph, CostModel costs) {
    return new Fusion(graph, costs).groups();
  }

  private List<Group> groups() {
    additions();
    for (Task task : tasks) {
      order.put(task, order.size());
      making.put(task.output(), task);
      for (Node input : task.node().inputs()) {
        reading.computeIfAbsent(input, n -> new ArrayList<>()).add(task);
      }
    }
    List<Group> groups = new ArrayList<>();
    for (Task task : tasks) {
      if (!grouped.contains(task)) {
        Group group = group(task);
        grouped.addAll(group.tasks());
        groups.add(group);
      }
    }
    // What a group reads stands before its last task.
    groups.sort(Comparator.comparing(group -> order.get(last(group.tasks()))));
    return groups;
  }

  /** Lets a convolution add the other tensor of an addition that alone reads it. */
  private void additions() {
    Map<Node, Task> fused = new HashMap<>();
    Set<Node> done = new HashSet<>();
    List<Node> nodes = graph.nodes();
    for (Node node : nodes) {
      boolean two = node.op() instanceof Merge merge && merge.kind() == Merge.Kind.ADD;
      if (!two || node.inputs().size() != 2) {
        continue;
      }
      Node first = node.inputs().get(0);
      Node second = node.inputs().get(1);
      if (first == second || !first.shape().equals(second.shape())) {
        continue;
      }
      boolean ordered = nodes.indexOf(first) < nodes.indexOf(second);
      for (Node conv : ordered ? List.of(second, first) : List.of(first, second)) {
        if (!fused.containsKey(node) && adds(conv) && !done.contains(conv)) {
          fused.put(node, new Task(conv, node, conv == first ? second : first));
          done.add(conv);
        }
      }
    }
    for (Node node : nodes) {
      if (!done.contains(node)) {
        tasks.add(fused.getOrDefault(node, Task.of(node)));
      }
    }
  }

  private boolean adds(Node node) {
    return node.op() instanceof Conv conv
        && conv.groups() == 1
        && conv.activation().isNone()
        && readers.get(node) == 1;
  }

  private Group group(Task task) {
    if (!task.byRows()) {
      return new Group(Region.Kind.WHOLE, List.of(task));
    }
    List<Task> chain = new ArrayList<>(List.of(task));
    boolean scales = CostModel.scalesWeights(task, next(task));
    if (scales) {
      chain.add(next(task));
    }
    for (Task next = next(last(chain)); next != null; next = next(next)) {
      Task last = last(chain);
      if (chain.size() == 1 && byPanels(last, next)) {
        return new Group(Region.Kind.PANELS, List.of(last, next));
      }
      if (!joins(chain, next)) {
        break;
      }
      chain.add(next);
    }
    boolean single = chain.size() == (scales ? 2 : 1);
    boolean pixels = single && last(chain).kind() == Task.Kind.POINTWISE;
    return new Group(pixels ? Region.Kind.PIXELS : Region.Kind.ROWS, chain);
  }

  /** The only task that reads another's output, if it reads nothing else that is still to come. */
  private Task next(Task task) {
    List<Task> all = reading.getOrDefault(task.output(), List.of());
    boolean alone = readers.get(task.output()) == 1 && all.size() == 1;
    return alone && all.get(0).input() == task.output() ? all.get(0) : null;
  }

  private boolean byPanels(Task producer, Task consumer) {
    boolean adds = producer.residual() != null;
    if (producer.kind() != Task.Kind.POINTWISE || adds || producer.out().pixels() == 1) {
      return false;
    }
    if (consumer.kind() == Task.Kind.MEAN) {
      return true;
    }
    return consumer.kind() == Task.Kind.DEPTHWISE
        && !costs.rowsPay(producer, consumer, projection(consumer));
  }

  private Task projection(Task depthwise) {
    Task next = next(depthwise);
    return next != null && next.kind() == Task.Kind.POINTWISE ? next : null;
  }

  private boolean joins(List<Task> chain, Task next) {
    Task last = last(chain);
    List<Task> longer = new ArrayList<>(chain);
    longer.add(next);
    // Two may always go together. The input's rows are few and narrow, and do not count; scaled
    // weights have none.
    longer.removeIf(task -> task.kind() == Task.Kind.INPUT);
    if (longer.size() > 1 && CostModel.scalesWeights(longer.get(0), longer.get(1))) {
      longer.remove(0);
    }
    if (last.kind() == Task.Kind.INPUT) {
      return next.kind() == Task.Kind.WINDOW;
    }
    if (longer.size() > 2 && !costs.ringsFit(longer)) {
      return false;
    }
    if (next.kind() == Task.Kind.DEPTHWISE) {
      return last.kind() != Task.Kind.DEPTHWISE;
    }
    if (next.kind() != Task.Kind.POINTWISE) {
      return false;
    }
    Task reader = next(next);
    boolean leadsOn = reader != null && reader.kind() == Task.Kind.DEPTHWISE;
    if (leadsOn && byPanels(next, reader)) {
      return false;
    }
    if (last.kind() == Task.Kind.POINTWISE) {
      return leadsOn;
    }
    return leadsOn || CostModel.projectionPays(last, next);
  }

  private static Task last(List<Task> tasks) {
    return tasks.get(tasks.size() - 1);
  }
}
