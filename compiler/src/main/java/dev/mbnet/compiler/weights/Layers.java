package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Checked;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Padding;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.weights.FileLayer.Convolution;
import dev.mbnet.compiler.weights.FileLayer.FullyConnected;
import dev.mbnet.compiler.weights.FileLayer.Norm;
import java.util.ArrayList;
import java.util.List;

/** What can be seen of a layer, on either side. */
final class Layers {

  private Layers() {}

  /** Tensors in the order of the network's weights. */
  static List<FileTensor> tensors(FileLayer layer) {
    if (layer instanceof Norm norm) {
      return norm.parts();
    }
    FileTensor weight =
        layer instanceof Convolution conv ? conv.weight() : ((FullyConnected) layer).weight();
    FileTensor bias =
        layer instanceof Convolution conv ? conv.bias() : ((FullyConnected) layer).bias();
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  /** Kind and shape, equal for layers that could be each other; a dense layer is a 1x1 one. */
  static String signature(Node node) {
    List<Weight> weights = node.weights();
    if (node.op() instanceof BatchNorm) {
      return "a norm of " + weights.get(0).dims().get(0) + " channels";
    }
    return weighted(weights.get(0).dims(), weights.size() > 1);
  }

  static String signature(FileLayer layer) {
    List<FileTensor> tensors = tensors(layer);
    if (layer instanceof Norm) {
      return "a norm of " + tensors.get(0).values().length + " channels";
    }
    return weighted(tensors.get(0).dims(), tensors.size() > 1);
  }

  private static String weighted(List<Integer> dims, boolean bias) {
    List<Integer> four = new ArrayList<>(dims);
    while (four.size() < 4) {
      four.add(1);
    }
    return "weights " + four + (bias ? " with a bias" : "");
  }

  /** Where the two differ although their shapes agree; empty where they do not. */
  static List<String> differences(Node node, FileLayer layer) {
    List<String> all = new ArrayList<>();
    if (node.op() instanceof BatchNorm bn && layer instanceof Norm norm) {
      // Files hold the epsilon as a float.
      if (Math.abs(bn.eps() - norm.eps()) > 1e-6 * bn.eps()) {
        all.add(difference(node, layer, "eps", bn.eps(), (float) norm.eps()));
      }
    }
    if (node.op() instanceof Conv conv && layer instanceof Convolution other) {
      compare(node, layer, "stride", conv.stride(), other.stride(), all);
      compare(node, layer, "groups", conv.groups(), other.groups(), all);
      if (!conv.kernel().isOne()) {
        compare(node, layer, "dilation", conv.dilation(), other.dilation(), all);
      }
      Pads pads = other.pads() == null ? same(node, conv) : other.pads();
      compare(node, layer, "padding [top, bottom, left, right]", conv.pads(), pads, all);
    }
    return all;
  }

  private static Pads same(Node node, Conv conv) {
    Padding same = new Padding(Padding.Kind.SAME, null);
    Pair k = conv.kernel();
    Checked<Pads> pads = same.resolve(node.inputShapes().get(0), k, conv.stride(), conv.dilation());
    return pads.value();
  }

  private static void compare(
      Node node, FileLayer layer, String what, Object own, Object other, List<String> all) {
    if (!own.equals(other)) {
      all.add(difference(node, layer, what, own, other));
    }
  }

  private static String difference(
      Node node, FileLayer layer, String what, Object own, Object other) {
    return String.format(
        "`%s` has %s %s, the file's `%s` %s", node.name(), what, own, layer.name(), other);
  }
}
