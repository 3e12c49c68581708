package dev.mbnet.compiler.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
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
import dev.mbnet.compiler.op.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a graph that no pass has touched, with its weights, as an ONNX model of {@code
 * [n][c][h][w]}. Its input is {@code input}, its outputs are {@code output0}, {@code output1}, ...
 */
public final class OnnxWriter {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private final GraphProto.Builder model = GraphProto.newBuilder().setName("network");
  private final Map<Node, String> values = new HashMap<>();
  private final Map<String, float[]> weights;
  private final int batch;

  private OnnxWriter(Map<String, float[]> weights, int batch) {
    this.weights = weights;
    this.batch = batch;
  }

  /** For one image; {@code weights} are by name, in PyTorch's layouts. */
  public static byte[] write(Graph graph, Map<String, float[]> weights) {
    return write(graph, weights, 1);
  }

  /** For {@code batch} images at once. */
  public static byte[] write(Graph graph, Map<String, float[]> weights, int batch) {
    return new OnnxWriter(weights, batch).write(graph);
  }

  private byte[] write(Graph graph) {
    model.addInput(value("input", graph.input().shape()));
    values.put(graph.input(), "input");
    for (Node node : graph.nodes()) {
      if (!node.isInput()) {
        values.put(node, translate(node));
      }
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      Node node = graph.outputs().get(i).node();
      String name = "output" + i;
      model.addNode(node("Identity", List.of(values.get(node)), name));
      model.addOutput(value(name, node.shape()));
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(model)
        .build()
        .toByteArray();
  }

  private String translate(Node node) {
    Op op = node.op();
    String x = values.get(node.inputs().get(0));
    if (op instanceof Conv conv) {
      return conv(node, conv, x);
    } else if (op instanceof Dense dense) {
      return dense(node, dense, x);
    } else if (op instanceof BatchNorm bn) {
      return add("BatchNormalization", tensors(node, x), number("epsilon", bn.eps()));
    } else if (op instanceof Activate activate) {
      return activate(activate.activation(), x);
    } else if (op instanceof Merge merge) {
      String type = merge.kind() == Merge.Kind.ADD ? "Add" : "Mul";
      return node.inputs().stream()
          .map(values::get)
          .reduce((left, right) -> add(type, List.of(left, right)))
          .orElseThrow();
    } else if (op instanceof Concat) {
      return add("Concat", node.inputs().stream().map(values::get).toList(), whole("axis", 1));
    } else if (op instanceof Pool pool) {
      return pool(pool, x);
    } else if (op instanceof GlobalPool) {
      return add("GlobalAveragePool", List.of(x));
    } else if (op instanceof Flatten) {
      String rows = add("Transpose", List.of(x), wholes("perm", 0, 2, 3, 1));
      return reshape(rows, batch, node.shape().channels(), 1, 1);
    } else if (op instanceof Dropout) {
      return add("Identity", List.of(x));
    } else if (op instanceof Softmax) {
      return add("Softmax", List.of(x), whole("axis", 1));
    } else if (op instanceof Pad pad) {
      Pads p = pad.pads();
      String sides = wholes(0, 0, p.top(), p.left(), 0, 0, p.bottom(), p.right());
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

  private String dense(Node node, Dense dense, String x) {
    String row = reshape(x, batch, node.inputShapes().get(0).channels());
    String product = add("Gemm", tensors(node, row), whole("transB", 1));
    return reshape(product, batch, dense.channels(), 1, 1);
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

  private String activate(Activation activation, String x) {
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
      case LEAKY -> add("LeakyRelu", List.of(x), number("alpha", activation.slope()));
    };
  }

  private String clip(String x) {
    return add("Clip", List.of(x, scalar(0), scalar(6)));
  }

  /** {@code x} and the node's weights in their order, which is that of ONNX's inputs. */
  private List<String> tensors(Node node, String x) {
    List<String> all = new java.util.ArrayList<>(List.of(x));
    for (Weight weight : node.weights()) {
      float[] numbers = weights.get(weight.name());
      ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(numbers);
      TensorProto.Builder tensor =
          TensorProto.newBuilder()
              .setDataType(TensorProto.DataType.FLOAT.getNumber())
              .setRawData(com.google.protobuf.ByteString.copyFrom(bytes));
      weight.dims().forEach(tensor::addDims);
      all.add(constant(tensor));
    }
    return all;
  }

  private String reshape(String x, long... dims) {
    return add("Reshape", List.of(x, wholes(dims)));
  }

  private String scalar(float value) {
    return constant(
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addFloatData(value));
  }

  private String wholes(long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return constant(tensor);
  }

  private String constant(TensorProto.Builder tensor) {
    String name = "constant" + model.getInitializerCount();
    model.addInitializer(tensor.setName(name));
    return name;
  }

  private String add(String type, List<String> inputs, AttributeProto... attributes) {
    String name = "value" + model.getNodeCount();
    model.addNode(node(type, inputs, name, attributes));
    return name;
  }

  private static NodeProto node(
      String type, List<String> inputs, String output, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(List.of(attributes))
        .build();
  }

  private ValueInfoProto value(String name, Shape shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (int dim : new int[] {batch, shape.channels(), shape.height(), shape.width()}) {
      dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
    }
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

  private static AttributeProto pads(Pads p) {
    return wholes("pads", p.top(), p.left(), p.bottom(), p.right());
  }

  private static AttributeProto whole(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto wholes(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  private static AttributeProto number(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }
}
