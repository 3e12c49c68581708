package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides how a graph is computed. */
public final class Planner {
  private final Graph graph;
  private final Map<Node, Integer> unread;
  private final Map<Node, Buffer> homes = new HashMap<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final Set<Buffer> free = new HashSet<>();

  private Planner(Graph graph) {
    this.graph = graph;
    this.unread = graph.readers();
  }

  public static Plan plan(Graph graph) {
    return new Planner(graph).plan();
  }

  private Plan plan() {
    List<Step> steps = new ArrayList<>();
    int weights = 0;
    if (!inputStaysFlat()) {
      homes.put(graph.input(), take(graph.input().shape()));
    }
    for (Node node : graph.nodes()) {
      if (node.isInput()) {
        continue;
      }
      Buffer target = take(node.shape());
      homes.put(node, target);
      List<Feed> feeds = node.inputs().stream().map(input -> feed(node, input)).toList();
      int index = node.weights().isEmpty() ? -1 : weights++;
      Shape in = node.inputs().get(0).shape();
      Planes planes = node.op() instanceof Conv conv ? Planes.of(conv, in, node.shape()) : null;
      steps.add(new Step(node, feeds, target, tile(node, planes), planes, index));
      node.inputs().forEach(this::release);
    }
    return new Plan(graph, List.copyOf(steps), List.copyOf(buffers), Map.copyOf(homes));
  }

  /** Convolutions over all channels read single floats and take the caller's layout as it is. */
  private boolean inputStaysFlat() {
    Set<Pads> pads = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.inputs().contains(graph.input())) {
        if (!(node.op() instanceof Conv conv) || conv.groups() > 1) {
          return false;
        }
        pads.add(conv.pads());
      }
    }
    boolean isOutput = graph.outputs().stream().anyMatch(o -> o.node() == graph.input());
    return pads.size() == 1 && !isOutput;
  }

  private Feed feed(Node node, Node input) {
    Border border = Border.of(node.op(), input.shape());
    return new Feed(input, homes.get(input), border.pads(), border.value());
  }

  /**
   * The largest loops that HotSpot still vectorises, on Java 17 and 25 alike. Of a sum over
   * channels, three pixels share each load of a weight and four inputs each load and store of a
   * sum; on planes, three channels share each load of an input. A depthwise window loads an input
   * for every product, so it has room for half as many.
   */
  private Tile tile(Node node, Planes planes) {
    if (planes != null) {
      return new Tile(Math.min(3, node.shape().channels()), 4);
    }
    if (!(node.op() instanceof Conv conv)) {
      return new Tile(1, 4);
    }
    Shape out = node.shape();
    if (conv.isDepthwise(node.inputs().get(0).shape())) {
      int pixels = Math.max(1, 6 / conv.kernel().w());
      return new Tile(Math.min(Math.min(3, pixels), out.width()), 5);
    }
    // A flat input is walked row by row, pixels one after another.
    boolean anywhere = conv.isPointwise() && homes.containsKey(node.inputs().get(0));
    return new Tile(Math.min(3, anywhere ? out.pixels() : out.width()), 4);
  }

  private Buffer take(Shape shape) {
    return take(shape.pixels(), shape.channels());
  }

  /** The smallest free buffer that is large enough, else a new one. */
  private Buffer take(int pixels, int length) {
    Buffer best = null;
    for (Buffer buffer : buffers) {
      boolean fits =
          free.contains(buffer) && buffer.pixels() >= pixels && buffer.length() >= length;
      if (fits && (best == null || buffer.bytes() < best.bytes())) {
        best = buffer;
      }
    }
    if (best == null) {
      best = new Buffer(buffers.size(), pixels, length);
      buffers.add(best);
    }
    free.remove(best);
    return best;
  }

  private void release(Node node) {
    if (unread.merge(node, -1, Integer::sum) == 0 && homes.containsKey(node)) {
      free.add(homes.get(node));
    }
  }
}
