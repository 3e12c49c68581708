package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.weights.FileLayer.Order;
import dev.mbnet.compiler.weights.FileLayers.Flow;
import dev.mbnet.compiler.weights.LayerMaker.Parameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the layers of a graph of TensorFlow's operations, which may stand in any order. */
final class TfGraph {

  /** Operations that a convolution may end in and that have no weights of their own. */
  private static final Set<String> ACTIVATIONS =
      Set.of("Relu", "Relu6", "Elu", "LeakyRelu", "Sigmoid", "Tanh", "_FusedHardSwish");

  private final Map<String, TfNode> nodes = new LinkedHashMap<>();
  private final TfjsWeights weights;
  private final FileLayers layers;
  private final LayerMaker maker;
  private final TfLayouts layouts;
  private final List<String> problems;

  private TfGraph(Json topology, TfjsWeights weights, List<String> problems) throws UnreadableFile {
    this.weights = weights;
    this.problems = problems;
    this.layers = new FileLayers(Order.HWC, problems);
    this.maker = new LayerMaker(weights, layers, problems);
    this.layouts = new TfLayouts(maker);
    for (Json json : topology.at("node").items()) {
      TfNode node = TfNode.of(json);
      if (nodes.put(node.operation().name(), node) != null) {
        throw new UnreadableFile("it has two operations " + Quote.quoted(node.operation().name()));
      }
    }
  }

  /**
   * The layers of a graph; what cannot be read of them goes to {@code problems}.
   *
   * @param signature names the outputs; where there is none, nothing reads them
   */
  static FileLayers.All read(
      Json topology, Json signature, TfjsWeights weights, List<String> problems)
      throws UnreadableFile {
    return new TfGraph(topology, weights, problems).read(signature);
  }

  private FileLayers.All read(Json signature) throws UnreadableFile {
    List<String> outputs = outputs(signature);
    List<String> order = Dependencies.inOrder(outputs, this::inputs);
    order.forEach(name -> inputs(name).forEach(layers::countReader));
    outputs.forEach(layers::countReader);
    for (String name : order) {
      TfNode node = nodes.get(name);
      if (node != null && !take(node)) {
        layers.set(name, compute(node), node.operation());
      }
    }
    return layers.all(outputs);
  }

  private List<String> inputs(String name) {
    TfNode node = nodes.get(name);
    return node == null ? List.of() : node.inputs();
  }

  private List<String> outputs(Json signature) throws UnreadableFile {
    List<String> outputs = new ArrayList<>();
    Json named = signature.isThere() ? signature.at("outputs") : signature;
    if (named.isThere()) {
      for (String field : named.fields()) {
        outputs.add(TfNode.maker(named.at(field).at("name").text()));
      }
    }
    for (String output : outputs) {
      if (!nodes.containsKey(output)) {
        throw new UnreadableFile(
            "its signature names the output " + Quote.quoted(output) + ", which it does not have");
      }
    }
    if (outputs.isEmpty()) {
      Set<String> read = new HashSet<>();
      nodes.values().forEach(node -> read.addAll(node.inputs()));
      nodes.keySet().stream().filter(name -> !read.contains(name)).forEach(outputs::add);
    }
    if (outputs.isEmpty() && !nodes.isEmpty()) {
      outputs.addAll(nodes.keySet());
    }
    return outputs;
  }

  /** Takes in an operation whose result is as good as stored, or an input; false if it is none. */
  private boolean take(TfNode node) {
    String name = node.operation().name();
    switch (node.operation().type()) {
      case "Placeholder", "PlaceholderWithDefault":
        layers.input(name);
        return true;
      case "Const", "VariableV2", "VarHandleOp":
        if (!weights.has(name)) {
          problems.add(
              "the " + node.operation() + " is not among the weights that the manifest lists");
        }
        return true;
      case "Identity", "ReadVariableOp":
        boolean isStored = node.inputs().size() == 1 && weights.has(node.input(0));
        if (isStored) {
          weights.alias(node.input(0), name);
        }
        return isStored;
      default:
        return false;
    }
  }

  private Flow compute(TfNode node) throws UnreadableFile {
    for (String input : node.inputs()) {
      if (!layers.isComputed(input) && !weights.has(input) && !nodes.containsKey(input)) {
        problems.add(
            Quote.quoted(node.operation().name())
                + " reads "
                + Quote.quoted(input)
                + ", which nothing computes");
      }
    }
    String value = node.inputs().isEmpty() ? "" : node.input(0);
    Flow first = layers.flow(value);
    switch (node.operation().type()) {
      case "Conv2D", "_FusedConv2D":
        return fused(node, convolution(node, TfLayouts.Layout.H_W_IN_OUT, first), first);
      case "DepthwiseConv2dNative", "FusedDepthwiseConv2dNative":
        return fused(node, convolution(node, TfLayouts.Layout.H_W_IN_TIMES, first), first);
      case "Conv2DBackpropInput":
        Flow back = node.input(2) == null ? first : layers.flow(node.input(2));
        return layers.layer(deconvolution(node, back), back);
      case "MatMul", "_FusedMatMul":
        if (weights.has(value)) {
          return other(node);
        }
        return fused(node, dense(node, first), first);
      case "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3":
        return layers.norm(norm(node, 1, first), value);
      case "BiasAdd", "Add", "AddV2":
        Flow biased =
            layers.biased(node.inputs(), (layer, name) -> TfLayouts.bias(weights, name, layer));
        return biased == null ? other(node) : biased;
      case "Pad", "PadV2", "MirrorPad":
        return first.padded(pads(node, first));
      case "Transpose":
        return layers.transposed(
            first, node.input(1) == null ? null : weights.wholes(node.input(1)));
      case "Shape", "Size":
        return layers.nothing();
      case "Reshape", "Squeeze", "ExpandDims":
        return first.moved(first.order(), layers.openVector(value));
      case "Identity":
        return layers.same(value);
      case "ResizeBilinear", "ResizeNearestNeighbor", "StridedSlice", "Slice", "Tile":
        return first.moved(first.order(), -1);
      default:
        return other(node);
    }
  }

  private FileLayer convolution(TfNode node, TfLayouts.Layout layout, Flow input)
      throws UnreadableFile {
    Tensor weight = maker.stored(node.operation(), node.input(1), "weights");
    if (weight == null || !isChannelsLast(node)) {
      return null;
    }
    Parameters read = new Parameters(weight, null);
    return layouts.convolution(node.operation(), layout, slide(node), read, input);
  }

  /** A transposed convolution, which TensorFlow calls the gradient of one. */
  private FileLayer deconvolution(TfNode node, Flow input) throws UnreadableFile {
    Tensor weight = maker.stored(node.operation(), node.input(1), "weights");
    if (weight == null || !isChannelsLast(node)) {
      return null;
    }
    List<Long> sizes = weights.wholes(node.input(0));
    return layouts.deconvolution(
        node.operation(),
        TfLayouts.Layout.H_W_OUT_IN,
        slide(node),
        sizes == null || sizes.size() != 4 ? null : inner(sizes),
        new Parameters(weight, null),
        input);
  }

  private TfLayouts.Slide slide(TfNode node) throws UnreadableFile {
    String padding = node.text("padding", "");
    Pads sides = Pads.NONE;
    if (padding.equals("EXPLICIT")) {
      sides = TfLayouts.pads(node.wholes("explicit_paddings"), layers.nothing());
    }
    List<Long> dilations = node.wholes("dilations");
    return new TfLayouts.Slide(
        inner(node.wholes("strides")),
        dilations.isEmpty() ? List.of(1L, 1L) : inner(dilations),
        padding,
        sides);
  }

  /** Of numbers for the axes n, h, w, c those for h and w; all of others, which do not fit. */
  private static List<Long> inner(List<Long> numbers) {
    return numbers.size() == 4 ? numbers.subList(1, 3) : numbers;
  }

  private boolean isChannelsLast(TfNode node) throws UnreadableFile {
    String format = node.text("data_format", "NHWC");
    if (!format.equals("NHWC")) {
      maker.wrong(
          node.operation(), "has data_format " + Quote.quoted(format) + "; only `NHWC` is read");
    }
    return format.equals("NHWC");
  }

  private FileLayer dense(TfNode node, Flow input) throws UnreadableFile {
    Tensor weight = maker.stored(node.operation(), node.input(1), "weights");
    if (weight == null) {
      return null;
    }
    if (weight.dims().size() != 2 || node.attribute("transpose_a", "b").flag(false)) {
      return maker.wrong(
          node.operation(), "has weights " + weight.dims() + " or transposes what it reads");
    }
    boolean outFirst = node.attribute("transpose_b", "b").flag(false);
    Tensor turned = outFirst ? weight : weight.transposed(List.of(1, 0));
    return maker.dense(node.operation(), turned, null, input);
  }

  /** The flow out of a layer, with the operations that were made one with it. */
  private Flow fused(TfNode node, FileLayer layer, Flow input) throws UnreadableFile {
    FileLayer whole = layer;
    int next = 2;
    boolean closed = false;
    for (String operation : layer == null ? List.<String>of() : node.texts("fused_ops")) {
      if (operation.equals("BiasAdd") && whole != null) {
        Tensor bias = maker.stored(node.operation(), node.input(next++), "bias");
        boolean fits = bias != null && bias.dims().equals(whole.dims().subList(0, 1));
        if (bias != null && !fits) {
          maker.wrong(
              node.operation(), "has weights for " + whole.dims() + " and a bias " + bias.dims());
        }
        whole = fits ? whole.withBias(bias) : null;
      } else if (operation.equals("FusedBatchNorm") && whole != null) {
        FileLayer norm = norm(node, next, input);
        next += 4;
        whole = norm == null ? null : whole.withNorm(norm.norm());
      } else if (ACTIVATIONS.contains(operation)) {
        closed = true;
      } else if (whole != null) {
        maker.wrong(node.operation(), "ends in " + Quote.quoted(operation) + ", which is not read");
        whole = null;
      }
    }
    Flow flow = layers.layer(whole, input);
    return closed ? flow.closed() : flow;
  }

  /** A norm whose tensors begin with input {@code from}. */
  private FileLayer norm(TfNode node, int from, Flow input) throws UnreadableFile {
    List<Tensor> tensors = maker.ofNorm(node.operation(), i -> node.input(from + i));
    if (tensors == null || !isChannelsLast(node)) {
      return null;
    }
    if (node.attribute("is_training", "b").flag(false)) {
      return maker.wrong(node.operation(), "is in training mode; export the model for inference");
    }
    double eps = node.attribute("epsilon", "f").number(1e-4);
    return maker.norm(node.operation(), eps, tensors, input);
  }

  private Pads pads(TfNode node, Flow input) {
    boolean constant = !node.operation().type().equals("MirrorPad");
    String value = node.input(2);
    if (value != null) {
      boolean stored = weights.has(value) && weights.dims(value).isEmpty();
      constant &= stored && weights.floats(value).values()[0] == 0;
    }
    String sides = node.input(1);
    return constant ? TfLayouts.pads(sides == null ? null : weights.wholes(sides), input) : null;
  }

  private Flow other(TfNode node) throws UnreadableFile {
    Operation operation = node.operation();
    boolean chooses = node.hasFunction();
    if (chooses) {
      layers.choosesAtRunTime(operation);
    }
    Tensor tensor = chooses ? null : weights.firstWeights(node.inputs());
    boolean ordered = operation.type().startsWith("Concat");
    return layers.other(operation, node.inputs(), ordered, tensor);
  }
}
