package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.weights.FileLayer.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the layers of an ONNX graph, operation by operation in the file's order, in which each
 * follows what it reads.
 */
final class FileLayers {

  /**
   * All layers of a file in order.
   *
   * @param outputs for each output the layers it is computed from
   */
  record All(List<FileLayer> layers, List<List<Integer>> outputs) {}

  /**
   * What is known of a value that is computed.
   *
   * @param sources see {@link Sources}
   * @param pads the zeros around it, which a window may count as its own; null for other padding
   * @param order where its channels are or, of a vector, were
   * @param open the layer whose bias or norm may follow, or -1
   */
  record Flow(List<Integer> sources, Pads pads, Order order, int open) {
    static final Flow NOTHING = new Flow(List.of(), Pads.NONE, Order.CHW, -1);
  }

  private final List<FileLayer> layers = new ArrayList<>();
  private final Map<String, Flow> flows = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, String> origins = new HashMap<>();
  private final Constants constants;
  private final LayerReader reader;
  private final List<String> problems;

  private FileLayers(GraphProto graph, List<String> problems) {
    this.problems = problems;
    this.constants = new Constants(graph, problems);
    this.reader = new LayerReader(constants, origins, problems);
  }

  /** The layers of a graph; what cannot be read goes to {@code problems}. */
  static All read(GraphProto graph, List<String> problems) {
    return new FileLayers(graph, problems).read(graph);
  }

  private All read(GraphProto graph) {
    graph.getInputList().stream()
        .filter(input -> !constants.has(input.getName()))
        .forEach(
            input -> {
              flows.put(input.getName(), new Flow(Sources.INPUT, Pads.NONE, Order.CHW, -1));
              origins.put(input.getName(), "an input of the file");
            });
    graph.getNodeList().forEach(n -> n.getInputList().forEach(this::count));
    graph.getOutputList().forEach(output -> count(output.getName()));
    for (NodeProto node : graph.getNodeList()) {
      if (!constants.take(node)) {
        Flow flow = compute(node);
        for (String output : node.getOutputList()) {
          flows.put(output, flow);
          origins.put(
              output,
              "computed by the "
                  + Quote.quoted(node.getOpType())
                  + " "
                  + Quote.quoted(LayerReader.name(node)));
        }
      }
    }
    List<List<Integer>> outputs =
        graph.getOutputList().stream()
            .map(output -> flows.getOrDefault(output.getName(), Flow.NOTHING).sources())
            .toList();
    return new All(layers, outputs);
  }

  private void count(String name) {
    readers.merge(name, 1, Integer::sum);
  }

  private Flow compute(NodeProto node) {
    List<Flow> read = new ArrayList<>();
    for (String input : node.getInputList()) {
      Flow flow = flows.get(input);
      if (flow == null && !input.isEmpty() && !constants.has(input)) {
        problems.add(
            Quote.quoted(LayerReader.name(node))
                + " reads "
                + Quote.quoted(input)
                + ", which nothing before it computes");
      }
      read.add(flow == null ? Flow.NOTHING : flow);
    }
    Flow first = read.isEmpty() ? Flow.NOTHING : read.get(0);
    Attributes attributes = new Attributes(node);
    String type = LayerReader.operator(node);
    switch (type) {
      case "Conv":
        return layer(reader.convolution(node, attributes, first), first);
      case "ConvTranspose":
        return layer(reader.deconvolution(node, attributes, first), first);
      case "PRelu":
        return new Flow(
            layer(reader.slopes(node, first), first).sources(), Pads.NONE, first.order(), -1);
      case "Gemm":
        return layer(reader.gemm(node, attributes, first), first);
      case "MatMul":
        if (node.getInputCount() == 2 && !constants.has(node.getInput(0))) {
          return layer(reader.matMul(node, first), first);
        }
        return other(node, type, attributes, read);
      case "BatchNormalization":
        return norm(node, attributes, first);
      case "Add":
        return add(node, attributes, read);
      case "Pad":
        return new Flow(first.sources(), reader.pads(node, attributes, first), first.order(), -1);
      case "Transpose":
        return new Flow(first.sources(), Pads.NONE, transposed(attributes, first.order()), -1);
      case "Shape", "Size":
        return Flow.NOTHING;
      case "Reshape", "Squeeze", "Unsqueeze", "Flatten":
        return new Flow(first.sources(), Pads.NONE, first.order(), openThrough(node, first));
      case "Identity", "Dropout":
        return new Flow(first.sources(), first.pads(), first.order(), open(node, 0, first));
      case "Resize", "Upsample", "Expand", "Slice", "Tile":
        return new Flow(first.sources(), Pads.NONE, first.order(), -1);
      default:
        return other(node, type, attributes, read);
    }
  }

  private Flow layer(FileLayer layer, Flow input) {
    if (layer == null) {
      return new Flow(input.sources(), Pads.NONE, Order.CHW, -1);
    }
    layers.add(layer);
    int id = layers.size() - 1;
    return new Flow(List.of(id), Pads.NONE, Order.CHW, layer.kind().takesNorm() ? id : -1);
  }

  private Flow norm(NodeProto node, Attributes attributes, Flow input) {
    FileLayer norm = reader.norm(node, attributes, input);
    int open = open(node, 0, input);
    if (norm == null || open < 0 || layers.get(open).norm() != null) {
      Flow flow = layer(norm, input);
      return new Flow(flow.sources(), flow.pads(), input.order(), -1);
    }
    layers.set(open, layers.get(open).withNorm(norm.norm()));
    return new Flow(input.sources(), Pads.NONE, input.order(), -1);
  }

  /** A sum; with a stored tensor of one value per channel it is the bias of the layer before. */
  private Flow add(NodeProto node, Attributes attributes, List<Flow> read) {
    for (int i = 0; i < 2 && node.getInputCount() == 2; i++) {
      Flow flow = read.get(i);
      int open = open(node, i, flow);
      if (open >= 0 && layers.get(open).bias() == null && layers.get(open).norm() == null) {
        Tensor bias = reader.addedBias(layers.get(open), node.getInput(1 - i), attributes);
        if (bias != null) {
          layers.set(open, layers.get(open).withBias(bias));
          return new Flow(flow.sources(), Pads.NONE, flow.order(), open);
        }
      }
    }
    return other(node, "Add", attributes, read);
  }

  /** The layer that an operation may complete by reading its output, or -1. */
  private int open(NodeProto node, int input, Flow flow) {
    return flow.open() >= 0 && readers.get(node.getInput(input)) == 1 ? flow.open() : -1;
  }

  /** A dense layer's vector stays one however it is written. */
  private int openThrough(NodeProto node, Flow flow) {
    int open = open(node, 0, flow);
    return open >= 0 && layers.get(open).kind() == Kind.DENSE ? open : -1;
  }

  private Flow other(NodeProto node, String type, Attributes attributes, List<Flow> read) {
    List<List<Integer>> sources = read.stream().map(Flow::sources).toList();
    List<Integer> joined = Sources.join(sources, type.equals("Concat"));
    Order order =
        read.stream()
            .filter(flow -> !flow.sources().isEmpty())
            .map(Flow::order)
            .findFirst()
            .orElse(Order.CHW);
    String weights =
        node.getInputList().stream().filter(constants::isWeights).findFirst().orElse(null);
    boolean computes = !joined.isEmpty() && weights != null;
    if (attributes.hasGraph()) {
      problems.add(
          "the file's operation "
              + Quote.quoted(LayerReader.name(node))
              + " is an "
              + Quote.quoted(type)
              + ", which chooses at run time what is computed; export the model without it");
    } else if (computes) {
      Tensor tensor = new Tensor(weights, constants.dims(weights), new float[0]);
      layers.add(
          new FileLayer(
              LayerReader.name(node),
              type,
              Kind.OTHER,
              Window.PLAIN,
              tensor,
              null,
              null,
              joined,
              order));
      return new Flow(List.of(layers.size() - 1), Pads.NONE, order, -1);
    }
    return new Flow(joined, Pads.NONE, order, -1);
  }

  private static Order transposed(Attributes attributes, Order order) {
    List<Long> perm = attributes.wholes("perm");
    if (perm.equals(List.of(0L, 1L, 2L, 3L))) {
      return order;
    } else if (order == Order.CHW && perm.equals(List.of(0L, 2L, 3L, 1L))) {
      return Order.HWC;
    } else if (order == Order.HWC && perm.equals(List.of(0L, 3L, 1L, 2L))) {
      return Order.CHW;
    }
    return Order.OTHER;
  }
}
