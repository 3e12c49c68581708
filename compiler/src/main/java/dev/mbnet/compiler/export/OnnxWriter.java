package dev.mbnet.compiler.export;

import static dev.mbnet.compiler.export.OnnxNodes.number;
import static dev.mbnet.compiler.export.OnnxNodes.text;
import static dev.mbnet.compiler.export.OnnxNodes.whole;
import static dev.mbnet.compiler.export.OnnxNodes.wholes;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Concat;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Deconv;
import dev.mbnet.compiler.op.Dense;
import dev.mbnet.compiler.op.Dropout;
import dev.mbnet.compiler.op.Flatten;
import dev.mbnet.compiler.op.GlobalPool;
import dev.mbnet.compiler.op.Merge;
import dev.mbnet.compiler.op.Op;
import dev.mbnet.compiler.op.Pad;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pool;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Softmax;
import dev.mbnet.compiler.op.Upsample;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Translates a graph that no pass has touched, with its weights. Pictures of channels are {@code
 * [n][c][h][w]}; what dense layers and {@code flatten} make, and outputs of one pixel, are {@code
 * [n][c]}, as other exporters have it.
 */
final class OnnxWriter {
  private final Graph graph;
  private final OnnxNodes nodes;
  private final Map<Node, String> values = new HashMap<>();
  private final Map<Node, String> planes = new HashMap<>();

  /** The nodes whose values are {@code [n][c]}. */
  private final Set<Node> rows = new HashSet<>();

  private final Function<String, float[]> weights;
  private final int batch;

  private OnnxWriter(Graph graph, Function<String, float[]> weights, int batch) {
    this.graph = graph;
    this.nodes =
        new OnnxNodes(
            Stream.concat(
                    Stream.of(graph.input().name()),
                    graph.outputs().stream().map(Graph.Output::name))
                .toList());
    this.weights = weights;
    this.batch = batch;
  }

  /**
   * The graph in ONNX's words.
   *
   * @param weights by name, row-major in PyTorch's layouts
   * @param batch the number of images, or {@link OnnxModel#ANY_BATCH}
   */
  static GraphProto.Builder write(Graph graph, Function<String, float[]> weights, int batch) {
    return new OnnxWriter(graph, weights, batch).write();
  }

  private GraphProto.Builder write() {
    GraphProto.Builder model = nodes.graph();
    model.addInput(value(graph.input().name(), graph.input()));
    values.put(graph.input(), graph.input().name());
    for (Node node : graph.nodes()) {
      if (!node.isInput()) {
        nodes.enter(node.name());
        Op op = node.op();
        if (makesRows(op) || keepsForm(op) && rows.contains(node.inputs().get(0))) {
          rows.add(node);
        }
        String output = outputName(node);
        String name = output == null ? nodes.free(node.name()) : output;
        values.put(node, nodes.name(translate(node), name, source(node)));
        if (output == null) {
          model.addValueInfo(value(name, node));
        }
      }
    }
    graph.outputs().forEach(output -> model.addOutput(output(output)));
    return model;
  }

  /** The output that a node is as it is, or null. */
  private String outputName(Node node) {
    return graph.outputs().stream()
        .filter(output -> output.node() == node && rows.contains(node) == node.shape().isVector())
        .map(Graph.Output::name)
        .findFirst()
        .orElse(null);
  }

  private ValueInfoProto output(Graph.Output output) {
    Node node = output.node();
    String name = values.get(node);
    nodes.enter(node.name());
    if (rows.contains(node) != node.shape().isVector()) {
      name = nodes.toRows(name);
    }
    if (!name.equals(output.name()) || node.isInput()) {
      String free = node.isInput() ? nodes.free(output.name()) : output.name();
      name = nodes.name(name, free, source(node));
    }
    return value(name, node.shape(), node.shape().isVector());
  }

  /** The author's line. */
  private static String source(Node node) {
    Span call = node.stage().call();
    String file = call.file().name().replaceFirst(".*/", "");
    return file + ":" + call.line() + ": " + call.text().strip().replaceAll("\\s+", " ");
  }

  private static boolean makesRows(Op op) {
    return op instanceof Dense || op instanceof Flatten;
  }

  private static boolean keepsForm(Op op) {
    return op instanceof Activate
        || op instanceof Dropout
        || op instanceof Softmax
        || op instanceof BatchNorm;
  }

  /** The value of a node as {@code [n][c][h][w]}. */
  private String planes(Node node) {
    String value = values.get(node);
    if (!rows.contains(node)) {
      return value;
    }
    return planes.computeIfAbsent(node, n -> nodes.toPlanes(value, node.shape().channels()));
  }

  /** The value of a node of one pixel as {@code [n][c]}. */
  private String row(Node node) {
    String value = values.get(node);
    return rows.contains(node) ? value : nodes.toRows(value);
  }

  private String translate(Node node) {
    Op op = node.op();
    Node input = node.inputs().get(0);
    String x = keepsForm(op) || makesRows(op) ? values.get(input) : planes(input);
    if (op instanceof Conv conv) {
      return conv(node, conv, x);
    } else if (op instanceof Deconv deconv) {
      return deconv(node, deconv, x);
    } else if (op instanceof Upsample upsample) {
      return upsample(upsample, x, input.shape(), node.shape());
    } else if (op instanceof Dense) {
      return add("Gemm", tensors(node, row(input)), whole("transB", 1));
    } else if (op instanceof BatchNorm bn) {
      return add("BatchNormalization", tensors(node, x), number("epsilon", bn.eps()));
    } else if (op instanceof Activate activate) {
      return activate(node, activate.activation(), x);
    } else if (op instanceof Merge merge) {
      String type = merge.kind() == Merge.Kind.ADD ? "Add" : "Mul";
      return node.inputs().stream()
          .map(this::planes)
          .reduce((left, right) -> add(type, List.of(left, right)))
          .orElseThrow();
    } else if (op instanceof Concat) {
      return add("Concat", node.inputs().stream().map(this::planes).toList(), whole("axis", 1));
    } else if (op instanceof Pool pool) {
      return pool(pool, x);
    } else if (op instanceof GlobalPool) {
      return add("GlobalAveragePool", List.of(x));
    } else if (op instanceof Flatten) {
      boolean mixes = !rows.contains(input) && !input.shape().isVector();
      return mixes
          ? nodes.toRows(add("Transpose", List.of(x), wholes("perm", 0, 2, 3, 1)))
          : row(input);
    } else if (op instanceof Dropout) {
      return add("Identity", List.of(x));
    } else if (op instanceof Softmax) {
      return add("Softmax", List.of(x), whole("axis", 1));
    } else if (op instanceof Pad pad) {
      Pads p = pad.pads();
      String sides = nodes.wholes(0, 0, p.top(), p.left(), 0, 0, p.bottom(), p.right());
      return add("Pad", List.of(x, sides));
    }
    throw new IllegalArgumentException("no translation for " + op.describe());
  }

  private String conv(Node node, Conv conv, String x) {
    if (conv.norm() != null || !conv.activation().isNone()) {
      throw new IllegalArgumentException("a pass has touched " + node.name());
    }
    return add(
        "Conv",
        tensors(node, x),
        wholes("kernel_shape", conv.kernel().h(), conv.kernel().w()),
        wholes("strides", conv.stride().h(), conv.stride().w()),
        wholes("dilations", conv.dilation().h(), conv.dilation().w()),
        pads(conv.pads()),
        whole("group", conv.groups()));
  }

  private String deconv(Node node, Deconv deconv, String x) {
    if (deconv.norm() != null || !deconv.activation().isNone()) {
      throw new IllegalArgumentException("a pass has touched " + node.name());
    }
    Pads crop = deconv.crop();
    return add(
        "ConvTranspose",
        tensors(node, x),
        wholes("kernel_shape", deconv.kernel().h(), deconv.kernel().w()),
        wholes("strides", deconv.step().h(), deconv.step().w()),
        wholes(
            "pads", crop.top(), crop.left(), Math.max(0, crop.bottom()), Math.max(0, crop.right())),
        wholes("output_padding", Math.max(0, -crop.bottom()), Math.max(0, -crop.right())),
        whole("group", deconv.groups()));
  }

  /** By factors where they are exact; other sizes are given, with the number of images there is. */
  private String upsample(Upsample upsample, String x, Shape in, Shape out) {
    List<String> inputs;
    if (out.height() % in.height() == 0 && out.width() % in.width() == 0) {
      float down = out.height() / in.height();
      float across = out.width() / in.width();
      inputs = List.of(x, "", nodes.numbers(1, 1, down, across));
    } else {
      String images = add("Shape", List.of(x), whole("start", 0), whole("end", 1));
      String image = nodes.wholes(out.channels(), out.height(), out.width());
      inputs = List.of(x, "", "", add("Concat", List.of(images, image), whole("axis", 0)));
    }
    String coordinates =
        upsample.corners() ? "align_corners" : upsample.linear() ? "half_pixel" : "asymmetric";
    return add(
        "Resize",
        inputs,
        text("mode", upsample.linear() ? "linear" : "nearest"),
        text("nearest_mode", "floor"),
        text("coordinate_transformation_mode", coordinates));
  }

  private String pool(Pool pool, String x) {
    AttributeProto kernel = wholes("kernel_shape", pool.kernel().h(), pool.kernel().w());
    AttributeProto strides = wholes("strides", pool.stride().h(), pool.stride().w());
    AttributeProto pads = pads(pool.pads());
    AttributeProto counts = whole("count_include_pad", pool.countPads() ? 1 : 0);
    return pool.max()
        ? add("MaxPool", List.of(x), kernel, strides, pads)
        : add("AveragePool", List.of(x), kernel, strides, pads, counts);
  }

  private String activate(Node node, Activation activation, String x) {
    return switch (activation.kind()) {
      case NONE -> x;
      case RELU -> add("Relu", List.of(x));
      case RELU6 -> clip(x);
      case HSWISH -> add("HardSwish", List.of(x));
      case SWISH -> add("Mul", List.of(x, add("Sigmoid", List.of(x))));
      case SIGMOID -> add("Sigmoid", List.of(x));
      case HSIGMOID ->
          add("HardSigmoid", List.of(x), number("alpha", activation.slope()), number("beta", 0.5));
      case TANH -> add("Tanh", List.of(x));
      case GELU -> {
        String scaled = add("Mul", List.of(x, nodes.scalar((float) Math.sqrt(0.5))));
        String grown = add("Add", List.of(add("Erf", List.of(scaled)), nodes.scalar(1)));
        String twice = add("Mul", List.of(x, grown));
        yield add("Mul", List.of(twice, nodes.scalar(0.5f)));
      }
      case PRELU -> add("PRelu", List.of(x, slopes(node)));
      case LEAKY -> add("LeakyRelu", List.of(x), number("alpha", activation.slope()));
    };
  }

  private String clip(String x) {
    return add("Clip", List.of(x, nodes.scalar(0), nodes.scalar(6)));
  }

  /** {@code x} and the node's weights in their order, which is that of ONNX's inputs. */
  private List<String> tensors(Node node, String x) {
    List<String> all = new ArrayList<>(List.of(x));
    for (Weight weight : node.weights()) {
      all.add(nodes.floats(weight.name(), weight.dims(), weights.apply(weight.name())));
    }
    return all;
  }

  /** A PReLU's weights, along the channels of what it reads. */
  private String slopes(Node node) {
    Weight weight = node.weights().get(0);
    int count = weight.dims().get(0);
    List<Integer> dims = rows.contains(node) ? List.of(count) : List.of(count, 1, 1);
    return nodes.floats(weight.name(), dims, weights.apply(weight.name()));
  }

  private String add(String type, List<String> inputs, AttributeProto... attributes) {
    return nodes.add(type, inputs, attributes);
  }

  private static AttributeProto pads(Pads p) {
    return wholes("pads", p.top(), p.left(), p.bottom(), p.right());
  }

  private ValueInfoProto value(String name, Node node) {
    return value(name, node.shape(), rows.contains(node));
  }

  private ValueInfoProto value(String name, Shape shape, boolean row) {
    TensorShapeProto.Dimension.Builder images = TensorShapeProto.Dimension.newBuilder();
    TensorShapeProto.Builder dims =
        TensorShapeProto.newBuilder()
            .addDim(
                batch == OnnxModel.ANY_BATCH
                    ? images.setDimParam("batch")
                    : images.setDimValue(batch));
    IntStream.of(shape.channels(), shape.height(), shape.width())
        .limit(row ? 1 : 3)
        .forEach(dim -> dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim)));
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(dims)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
