package dev.mbnet.compiler.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An ONNX graph's operations and constants, each under a name of its own. A value has the name of
 * the operation that computes it; no name of the language has a slash in it, so those made up here
 * have one.
 */
final class OnnxNodes {
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> names;
  private final Set<String> constants = new HashSet<>();
  private String scope = "";
  private int begin;

  /** {@code reserved} are the names that only {@link #name} gives. */
  OnnxNodes(Collection<String> reserved) {
    this.names = new HashSet<>(reserved);
  }

  GraphProto.Builder graph() {
    return graph;
  }

  /** The operations that follow are parts of the node of that name. */
  void enter(String node) {
    scope = node;
    begin = graph.getNodeCount();
  }

  /** Adds an operation and returns the name of its value. */
  String add(String type, List<String> inputs, AttributeProto... attributes) {
    String name = free(scope + "/" + type);
    names.add(name);
    graph.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(type)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(List.of(attributes)));
    return name;
  }

  /**
   * Makes {@code value} known by a name that nothing else has, and returns it.
   *
   * @param doc where it comes from
   */
  String name(String value, String name, String doc) {
    int last = graph.getNodeCount() - 1;
    boolean fresh = last >= begin && graph.getNode(last).getOutput(0).equals(value);
    if (!fresh) {
      add("Identity", List.of(value));
      last++;
    }
    names.add(name);
    graph.getNodeBuilder(last).setName(name).setOutput(0, name).setDocString(doc);
    return name;
  }

  /** The name itself, or one beneath it if something else has it. */
  String free(String name) {
    String free = name;
    for (int i = 1; names.contains(free); i++) {
      free = name + "/" + i;
    }
    return free;
  }

  /** The value with rows of channels in place of single pixels: {@code [n][c]}. */
  String toRows(String planes) {
    return add("Flatten", List.of(planes), whole("axis", 1));
  }

  /** The value of {@code [n][c]} as {@code [n][c][1][1]}; ONNX takes 0 for the size that is. */
  String toPlanes(String rows, int channels) {
    return add("Reshape", List.of(rows, wholes(0, channels, 1, 1)));
  }

  String scalar(float value) {
    TensorProto.Builder tensor = tensor(TensorProto.DataType.FLOAT).addFloatData(value);
    return constant("constant/" + value, tensor);
  }

  String numbers(float... values) {
    String name = "constant/" + Arrays.toString(values).replace(" ", "");
    return floats(name, List.of(values.length), values);
  }

  String wholes(long... values) {
    TensorProto.Builder tensor = tensor(TensorProto.DataType.INT64).addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return constant("constant/" + Arrays.toString(values).replace(" ", ""), tensor);
  }

  /** {@code values} are row-major. */
  String floats(String name, List<Integer> dims, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        tensor(TensorProto.DataType.FLOAT).setRawData(UnsafeByteOperations.unsafeWrap(bytes));
    dims.forEach(tensor::addDims);
    return constant(name, tensor);
  }

  private String constant(String name, TensorProto.Builder tensor) {
    if (constants.add(name)) {
      graph.addInitializer(tensor.setName(name));
    }
    return name;
  }

  private static TensorProto.Builder tensor(TensorProto.DataType type) {
    return TensorProto.newBuilder().setDataType(type.getNumber());
  }

  static AttributeProto whole(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto wholes(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto number(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }
}
