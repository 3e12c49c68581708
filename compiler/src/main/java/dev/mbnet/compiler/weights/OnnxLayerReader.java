package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.weights.FileLayers.Flow;
import dev.mbnet.compiler.weights.LayerMaker.Parameters;
import java.util.List;

/** Reads single operations of ONNX as layers; null, and a problem, for one that is none. */
final class OnnxLayerReader {
  private final OnnxConstants constants;
  private final LayerMaker maker;

  OnnxLayerReader(OnnxConstants constants, LayerMaker maker) {
    this.constants = constants;
    this.maker = maker;
  }

  /** What to call an operation: its name or, where exporters give none, its output's. */
  static String name(NodeProto node) {
    boolean named = !node.getName().isEmpty() || node.getOutputCount() == 0;
    return named ? node.getName() : node.getOutput(0);
  }

  /** Its operator, with the domain unless it is ONNX's own. */
  static String operator(NodeProto node) {
    boolean own = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
    return own ? node.getOpType() : node.getDomain() + "." + node.getOpType();
  }

  static Operation operation(NodeProto node) {
    return new Operation(operator(node), name(node));
  }

  FileLayer convolution(NodeProto node, OnnxAttributes attributes, Flow input) {
    Parameters read = parameters(node);
    if (read == null) {
      return null;
    }
    Tensor weight = read.weight();
    if (weight.dims().size() != 4) {
      return wrong(node, "has weights " + weight.dims() + ", not [out, in / groups, h, w]");
    }
    Window window = window(node, attributes, input);
    return window == null
        ? null
        : maker.convolution(operation(node), window, weight, read.bias(), input);
  }

  FileLayer deconvolution(NodeProto node, OnnxAttributes attributes, Flow input) {
    Parameters read = parameters(node);
    if (read == null) {
      return null;
    }
    Tensor weight = read.weight();
    if (weight.dims().size() != 4) {
      return wrong(node, "has weights " + weight.dims() + ", not [in, out / groups, h, w]");
    }
    // What is padded before it is no part of it: its own padding cuts off.
    Window window = window(node, attributes, input.moved(input.order(), -1));
    if (window == null) {
      return null;
    }
    List<Long> more = attributes.wholes("output_padding", 0L, 0L);
    boolean sized = window.auto() != Window.Auto.NONE || attributes.has("output_shape");
    if (sized || !window.dilation().isOne() || !Window.isSound(more, 2, 0)) {
      return wrong(
          node,
          "has auto_pad, output_shape, dilations or an output_padding that are not read;"
              + " its size is to be given by `pads` and `output_padding`");
    }
    Pads p = window.pads();
    int below = p.bottom() - more.get(0).intValue();
    Pads crop = new Pads(p.top(), below, p.left(), p.right() - more.get(1).intValue());
    Window cut = new Window(window.stride(), Pair.ONE, window.groups(), crop, Window.Auto.NONE);
    return maker.deconvolution(operation(node), cut, weight, read.bias(), input);
  }

  /** The trained slopes of a PReLU: one for each channel, or one for all. */
  FileLayer slopes(NodeProto node, Flow input) {
    Tensor slopes = stored(node, 1, "slopes");
    return slopes == null ? null : maker.slopes(operation(node), slopes, input);
  }

  private Window window(NodeProto node, OnnxAttributes attributes, Flow input) {
    List<Long> strides = attributes.wholes("strides", 1L, 1L);
    List<Long> dilations = attributes.wholes("dilations", 1L, 1L);
    List<Long> pads = attributes.wholes("pads", 0L, 0L, 0L, 0L);
    String auto = attributes.text("auto_pad", "NOTSET");
    Window.Auto mode =
        switch (auto) {
          case "SAME_UPPER" -> Window.Auto.SAME_UPPER;
          case "SAME_LOWER" -> Window.Auto.SAME_LOWER;
          default -> Window.Auto.NONE;
        };
    boolean known = List.of("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER", "").contains(auto);
    if (!known
        || !Window.isSound(strides, 2, 1)
        || !Window.isSound(dilations, 2, 1)
        || !Window.isSound(pads, 4, 0)) {
      wrong(
          node,
          "has strides "
              + strides
              + ", dilations "
              + dilations
              + ", pads "
              + pads
              + " and auto_pad "
              + Quote.quoted(auto)
              + ", which make no window over a picture");
      return null;
    }
    if (input.pads() == null) {
      wrong(node, "reads a `Pad` of something other than a fixed number of zero rows and columns");
      return null;
    }
    boolean listed = auto.isEmpty() || auto.equals("NOTSET");
    Pads own = listed ? pads(pads.get(0), pads.get(2), pads.get(1), pads.get(3)) : Pads.NONE;
    long groups = Math.max(0, Math.min(Integer.MAX_VALUE, attributes.whole("group", 1)));
    return new Window(
        Window.pair(strides),
        Window.pair(dilations),
        (int) groups,
        Window.sum(input.pads(), own),
        mode);
  }

  FileLayer gemm(NodeProto node, OnnxAttributes attributes, Flow input) {
    Parameters read = parameters(node);
    if (read == null) {
      return null;
    }
    Tensor weight = read.weight();
    double alpha = attributes.number("alpha", 1);
    double beta = attributes.number("beta", 1);
    if (attributes.whole("transA", 0) != 0 || alpha != 1 || read.bias() != null && beta != 1) {
      String scales = "alpha " + alpha + ", beta " + beta;
      return wrong(
          node,
          "has transA "
              + attributes.whole("transA", 0)
              + ", "
              + scales
              + "; only 0, 1 and 1 are"
              + " read as a dense layer");
    }
    return dense(node, weight, attributes.whole("transB", 0) != 0, read.bias(), input);
  }

  FileLayer matMul(NodeProto node, Flow input) {
    Tensor weight = stored(node, 1, "weights");
    return weight == null ? null : dense(node, weight, false, null, input);
  }

  private FileLayer dense(
      NodeProto node, Tensor weight, boolean outFirst, Tensor bias, Flow input) {
    if (weight.dims().size() != 2) {
      return wrong(node, "has weights " + weight.dims() + ", not a matrix");
    }
    Tensor turned = outFirst ? weight : weight.transposed(List.of(1, 0));
    return maker.dense(operation(node), turned, bias, input);
  }

  FileLayer norm(NodeProto node, OnnxAttributes attributes, Flow input) {
    List<Tensor> tensors = maker.ofNorm(operation(node), i -> input(node, i + 1));
    if (tensors == null) {
      return null;
    }
    if (attributes.whole("training_mode", 0) != 0) {
      return wrong(node, "is in training mode; export the model for inference");
    }
    return maker.norm(operation(node), attributes.number("epsilon", 1e-5f), tensors, input);
  }

  /** A stored tensor that, added to a layer's output, is its bias; else null. */
  Tensor addedBias(FileLayer layer, String name, OnnxAttributes attributes) {
    int channels = layer.channels();
    if (!constants.has(name) || !constants.dims(name).contains(channels)) {
      return null;
    }
    List<Integer> dims = constants.dims(name);
    boolean old = attributes.whole("broadcast", 0) == 1 && attributes.whole("axis", -1) == 1;
    boolean fits =
        old || layer.kind() == Kind.DENSE
            ? dims.equals(List.of(channels)) || dims.equals(List.of(1, channels))
            : dims.equals(List.of(channels, 1, 1)) || dims.equals(List.of(1, channels, 1, 1));
    Tensor bias = fits ? constants.floats(name) : null;
    return bias == null ? null : bias.reshaped(List.of(channels));
  }

  /** The zeros that an operation pads with; null if it is not zeros around a picture. */
  Pads pads(NodeProto node, OnnxAttributes attributes, Flow input) {
    List<Long> sides =
        has(node, 1) ? constants.wholes(node.getInput(1)) : attributes.wholes("pads");
    boolean zero = attributes.number("value", 0) == 0;
    if (has(node, 2)) {
      Tensor value = constants.has(node.getInput(2)) ? constants.floats(node.getInput(2)) : null;
      zero = value != null && value.values().length == 1 && value.values()[0] == 0;
    }
    boolean constant = attributes.text("mode", "constant").equals("constant");
    if (!constant || !zero || has(node, 3) || input.pads() == null) {
      return null;
    }
    boolean picture = sides != null && Window.isSound(sides, 8, 0);
    return picture && sides.get(0) + sides.get(1) + sides.get(4) + sides.get(5) == 0
        ? Window.sum(input.pads(), pads(sides.get(2), sides.get(6), sides.get(3), sides.get(7)))
        : null;
  }

  private Parameters parameters(NodeProto node) {
    Tensor weight = stored(node, 1, "weights");
    boolean biased = has(node, 2);
    return Parameters.of(weight, biased, biased ? stored(node, 2, "bias") : null);
  }

  private Tensor stored(NodeProto node, int input, String what) {
    return maker.stored(operation(node), input(node, input), what);
  }

  private static String input(NodeProto node, int input) {
    return has(node, input) ? node.getInput(input) : null;
  }

  private FileLayer wrong(NodeProto node, String fact) {
    return maker.wrong(operation(node), fact);
  }

  private static boolean has(NodeProto node, int input) {
    return node.getInputCount() > input && !node.getInput(input).isEmpty();
  }

  private static Pads pads(long top, long bottom, long left, long right) {
    return new Pads((int) top, (int) bottom, (int) left, (int) right);
  }
}
