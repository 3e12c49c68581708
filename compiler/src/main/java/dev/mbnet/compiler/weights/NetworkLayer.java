package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Deconv;
import dev.mbnet.compiler.op.Dense;
import dev.mbnet.compiler.op.Dropout;
import dev.mbnet.compiler.op.Flatten;
import dev.mbnet.compiler.op.Merge;
import dev.mbnet.compiler.op.Pad;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer of the network that has weights.
 *
 * @param norm the batch norm that alone reads it, or null
 * @param sources the layers it reads, whatever stands between; see {@link Sources}
 */
record NetworkLayer(Node node, Node norm, List<Integer> sources) {

  /**
   * All layers of a network in order.
   *
   * @param outputs for each output the layers it is computed from
   */
  record All(List<NetworkLayer> layers, List<List<Integer>> outputs) {}

  static All of(Graph graph) {
    Map<Node, Integer> readers = graph.readers();
    List<NetworkLayer> layers = new ArrayList<>();
    Map<Node, List<Integer>> sources = new HashMap<>();
    Map<Node, Integer> open = new HashMap<>();
    for (Node node : graph.nodes()) {
      List<List<Integer>> read = node.inputs().stream().map(sources::get).toList();
      Integer owner = node.op() instanceof BatchNorm ? open.get(node.inputs().get(0)) : null;
      if (node.isInput()) {
        sources.put(node, Sources.INPUT);
      } else if (owner != null) {
        NetworkLayer layer = layers.get(owner);
        layers.set(owner, new NetworkLayer(layer.node, node, layer.sources));
        sources.put(node, List.of(owner));
      } else if (node.weights().isEmpty()) {
        sources.put(node, Sources.join(read, !(node.op() instanceof Merge)));
      } else {
        NetworkLayer layer = new NetworkLayer(node, null, read.get(0));
        if (layer.kind().takesNorm() && readers.get(node) == 1) {
          open.put(node, layers.size());
        }
        sources.put(node, List.of(layers.size()));
        layers.add(layer);
      }
    }
    return new All(
        layers, graph.outputs().stream().map(output -> sources.get(output.node())).toList());
  }

  String name() {
    return node.name();
  }

  Kind kind() {
    if (node.op() instanceof Conv) {
      return Kind.CONVOLUTION;
    }
    if (node.op() instanceof Deconv) {
      return Kind.DECONVOLUTION;
    } else if (node.op() instanceof Activate) {
      return Kind.SLOPES;
    }
    return node.op() instanceof Dense
        ? Kind.DENSE
        : node.op() instanceof BatchNorm ? Kind.NORM : Kind.OTHER;
  }

  List<Integer> dims() {
    return node.weights().get(0).dims();
  }

  boolean hasBias() {
    return kind() != Kind.NORM && node.weights().size() > 1;
  }

  /** The epsilon of its norm, or its own. */
  double eps() {
    return ((BatchNorm) (norm == null ? node : norm).op()).eps();
  }

  /** What it slides over, before any padding. */
  Shape input() {
    return unpadded().shape();
  }

  Pair kernel() {
    return node.op() instanceof Conv conv ? conv.kernel() : Pair.ONE;
  }

  Window window() {
    if (node.op() instanceof Deconv deconv) {
      return new Window(deconv.step(), Pair.ONE, deconv.groups(), deconv.crop(), Window.Auto.NONE);
    }
    if (!(node.op() instanceof Conv conv)) {
      return Window.PLAIN;
    }
    Pads pads = conv.pads();
    Node end = unpadded();
    for (Node at = node.inputs().get(0); at != end; at = at.inputs().get(0)) {
      pads = Window.sum(pads, ((Pad) at.op()).pads());
    }
    return new Window(conv.stride(), conv.dilation(), conv.groups(), pads, Window.Auto.NONE);
  }

  private Node unpadded() {
    Node at = node.inputs().get(0);
    while (at.op() instanceof Pad) {
      at = at.inputs().get(0);
    }
    return at;
  }

  /** The tensor whose elements {@code flatten} made its channels, or null if they were channels. */
  Shape flattened() {
    Node at = node.inputs().get(0);
    while (at.op() instanceof Activate
        || at.op() instanceof Dropout
        || at.op() instanceof BatchNorm
        || at.op() instanceof Merge) {
      at = at.inputs().get(0);
    }
    boolean mixes = at.op() instanceof Flatten && !at.inputs().get(0).shape().isVector();
    return mixes ? at.inputs().get(0).shape() : null;
  }

  String describe() {
    return kind() + " `" + name() + "` " + dims();
  }
}
