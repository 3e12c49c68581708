package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.weights.FileLayer.Norm;
import dev.mbnet.compiler.weights.FileLayers.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads single operations of ONNX as layers; null, and a problem, for one that is none. */
final class LayerReader {
  private static final String ONE_EACH = "; a bias is one value for each output channel";

  private final Constants constants;
  private final Map<String, String> origins;
  private final List<String> problems;

  /** {@code origins} says of values that are not stored where they come from. */
  LayerReader(Constants constants, Map<String, String> origins, List<String> problems) {
    this.constants = constants;
    this.origins = origins;
    this.problems = problems;
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

  FileLayer convolution(NodeProto node, Attributes attributes, Flow input) {
    Window window = window(node, attributes, input);
    return window == null ? null : windowed(node, Kind.CONVOLUTION, window, input);
  }

  FileLayer deconvolution(NodeProto node, Attributes attributes, Flow input) {
    // What is padded before it is no part of it: its own padding cuts off.
    Flow unpadded = new Flow(input.sources(), Pads.NONE, input.order(), -1);
    Window window = window(node, attributes, unpadded);
    if (window == null) {
      return null;
    }
    List<Long> more = attributes.wholes("output_padding", 0L, 0L);
    boolean sized = window.auto() != Window.Auto.NONE || attributes.has("output_shape");
    if (sized || !window.dilation().isOne() || !isSound(more, 2, 0)) {
      return wrong(
          node,
          "has auto_pad, output_shape, dilations or an output_padding that are not read;"
              + " its size is to be given by `pads` and `output_padding`");
    }
    Pads p = window.pads();
    int below = p.bottom() - more.get(0).intValue();
    Pads crop = new Pads(p.top(), below, p.left(), p.right() - more.get(1).intValue());
    Window cut = new Window(window.stride(), Pair.ONE, window.groups(), crop, Window.Auto.NONE);
    return windowed(node, Kind.DECONVOLUTION, cut, input);
  }

  private FileLayer windowed(NodeProto node, Kind kind, Window window, Flow input) {
    Tensor weight = stored(node, 1, "weights");
    boolean biased = has(node, 2);
    Tensor bias = biased ? stored(node, 2, "bias") : null;
    if (weight == null || biased && bias == null) {
      return null;
    }
    boolean outFirst = kind == Kind.CONVOLUTION;
    if (weight.dims().size() != 4) {
      String layout = outFirst ? "[out, in / groups, h, w]" : "[in, out / groups, h, w]";
      return wrong(node, "has weights " + weight.dims() + ", not " + layout);
    }
    FileLayer layer = layer(node, kind, window, weight, bias, null, input);
    return biased && !isVector(bias, layer.channels())
        ? wrong(node, "has weights " + weight.dims() + " and a bias " + bias.dims() + ONE_EACH)
        : layer;
  }

  /** The trained slopes of a PReLU: one for each channel, or one for all. */
  FileLayer slopes(NodeProto node, Flow input) {
    Tensor slopes = stored(node, 1, "slopes");
    if (slopes == null) {
      return null;
    }
    if (!isVector(slopes, slopes.values().length) && slopes.values().length != 1) {
      return wrong(
          node, "has slopes " + slopes.dims() + ", neither one for each channel nor one for all");
    }
    return layer(node, Kind.SLOPES, Window.PLAIN, flat(slopes), null, null, input);
  }

  private Window window(NodeProto node, Attributes attributes, Flow input) {
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
    if (!known || !isSound(strides, 2, 1) || !isSound(dilations, 2, 1) || !isSound(pads, 4, 0)) {
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
        pair(strides), pair(dilations), (int) groups, Window.sum(input.pads(), own), mode);
  }

  FileLayer gemm(NodeProto node, Attributes attributes, Flow input) {
    Tensor weight = stored(node, 1, "weights");
    boolean biased = has(node, 2);
    Tensor bias = biased ? stored(node, 2, "bias") : null;
    if (weight == null || biased && bias == null) {
      return null;
    }
    double alpha = attributes.number("alpha", 1);
    double beta = attributes.number("beta", 1);
    if (attributes.whole("transA", 0) != 0 || alpha != 1 || biased && beta != 1) {
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
    return dense(node, weight, attributes.whole("transB", 0) != 0, bias, input);
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
    int out = turned.dims().get(0);
    if (bias != null && !isVector(bias, out)) {
      return wrong(node, "has weights " + weight.dims() + " and a bias " + bias.dims() + ONE_EACH);
    }
    return layer(node, Kind.DENSE, Window.PLAIN, turned, flat(bias), null, input);
  }

  FileLayer norm(NodeProto node, Attributes attributes, Flow input) {
    List<Tensor> tensors = new ArrayList<>();
    String[] words = {"scale", "shift", "mean", "variance"};
    for (int i = 0; i < words.length; i++) {
      Tensor tensor = stored(node, i + 1, words[i]);
      if (tensor == null) {
        return null;
      }
      tensors.add(tensor);
    }
    Tensor scale = tensors.get(0);
    for (Tensor tensor : tensors) {
      if (!isVector(tensor, scale.values().length) || tensor.dims().size() != 1) {
        return wrong(
            node,
            "has a scale "
                + scale.dims()
                + " and "
                + Quote.quoted(tensor.name())
                + " "
                + tensor.dims()
                + "; its tensors are vectors of one size");
      }
    }
    if (attributes.whole("training_mode", 0) != 0) {
      return wrong(node, "is in training mode; export the model for inference");
    }
    Norm norm = new Norm(attributes.number("epsilon", 1e-5f), tensors);
    return layer(node, Kind.NORM, Window.PLAIN, scale, null, norm, input);
  }

  /** A stored tensor that, added to a layer's output, is its bias; else null. */
  Tensor addedBias(FileLayer layer, String name, Attributes attributes) {
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
    return fits ? flat(constants.floats(name)) : null;
  }

  /** The zeros that an operation pads with; null if it is not zeros around a picture. */
  Pads pads(NodeProto node, Attributes attributes, Flow input) {
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
    boolean picture = sides != null && isSound(sides, 8, 0);
    return picture && sides.get(0) + sides.get(1) + sides.get(4) + sides.get(5) == 0
        ? Window.sum(input.pads(), pads(sides.get(2), sides.get(6), sides.get(3), sides.get(7)))
        : null;
  }

  private Tensor stored(NodeProto node, int input, String what) {
    String name = has(node, input) ? node.getInput(input) : null;
    if (name != null && constants.has(name)) {
      return constants.floats(name);
    }
    String origin = origins.get(name);
    if (name == null) {
      wrong(node, "has no " + what);
    } else if (origin != null) {
      String is = what.endsWith("s") && !what.equals("bias") ? " are " : " is ";
      problems.add(
          "the "
              + what
              + " of the "
              + described(node)
              + is
              + origin
              + ", not stored in it; only"
              + " stored tensors can be taken");
    }
    // A name that nothing computes is a problem of its own.
    return null;
  }

  private FileLayer wrong(NodeProto node, String fact) {
    problems.add("the " + described(node) + " " + fact);
    return null;
  }

  private static String described(NodeProto node) {
    return Quote.quoted(node.getOpType()) + " " + Quote.quoted(name(node));
  }

  private static boolean has(NodeProto node, int input) {
    return node.getInputCount() > input && !node.getInput(input).isEmpty();
  }

  private static FileLayer layer(
      NodeProto node, Kind kind, Window window, Tensor weight, Tensor bias, Norm norm, Flow input) {
    return new FileLayer(
        name(node),
        node.getOpType(),
        kind,
        window,
        weight,
        bias,
        norm,
        input.sources(),
        input.order());
  }

  private static boolean isVector(Tensor tensor, int length) {
    return tensor.values().length == length && tensor.dims().contains(length);
  }

  private static Tensor flat(Tensor tensor) {
    return tensor == null ? null : tensor.reshaped(List.of(tensor.values().length));
  }

  private static boolean isSound(List<Long> numbers, int count, long least) {
    return numbers.size() == count && numbers.stream().allMatch(n -> n >= least && n < 1 << 24);
  }

  private static Pair pair(List<Long> numbers) {
    return new Pair(numbers.get(0).intValue(), numbers.get(1).intValue());
  }

  private static Pads pads(long top, long bottom, long left, long right) {
    return new Pads((int) top, (int) bottom, (int) left, (int) right);
  }
}
