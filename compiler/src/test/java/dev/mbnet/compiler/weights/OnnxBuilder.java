package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;

/** Builds ONNX models in memory, operation by operation; each one's name is its output's. */
final class OnnxBuilder {
  private final GraphProto.Builder graph = GraphProto.newBuilder();

  OnnxBuilder() {
    graph.addInput(ValueInfoProto.newBuilder().setName("x"));
  }

  /** Stores floats that count 1, 2, 3, ... */
  OnnxBuilder counting(String name, long... dims) {
    TensorProto.Builder tensor = tensor(name, DataType.FLOAT, dims);
    for (int i = 1; i <= Arrays.stream(dims).reduce(1, (a, b) -> a * b); i++) {
      tensor.addFloatData(i);
    }
    return store(tensor);
  }

  /** Stores whole numbers. */
  OnnxBuilder sizes(String name, long... values) {
    TensorProto.Builder tensor = tensor(name, DataType.INT64, values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return store(tensor);
  }

  OnnxBuilder store(TensorProto.Builder tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  static TensorProto.Builder tensor(String name, DataType type, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    Arrays.stream(dims).forEach(tensor::addDims);
    return tensor;
  }

  /** Adds an operation. */
  OnnxBuilder node(String type, String output, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  /** Adds a batch norm over four stored vectors named after it. */
  OnnxBuilder norm(String output, String input, long channels, double eps) {
    String[] names = {"_scale", "_offset", "_mean", "_variance"};
    for (String name : names) {
      counting(output + name, channels);
    }
    List<String> inputs =
        List.of(input, output + names[0], output + names[1], output + names[2], output + names[3]);
    return node("BatchNormalization", output, inputs, number("epsilon", eps));
  }

  static AttributeProto whole(String name, long value) {
    return attribute(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto wholes(String name, Long... values) {
    return attribute(name, AttributeType.INTS).addAllInts(List.of(values)).build();
  }

  static AttributeProto number(String name, double value) {
    return attribute(name, AttributeType.FLOAT).setF((float) value).build();
  }

  static AttributeProto text(String name, String value) {
    return attribute(name, AttributeType.STRING)
        .setS(com.google.protobuf.ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto tensor(String name, TensorProto.Builder value) {
    return attribute(name, AttributeType.TENSOR).setT(value).build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  /** The model's bytes; {@code outputs} leave it. */
  byte[] bytes(String... outputs) {
    for (String output : outputs) {
      graph.addOutput(ValueInfoProto.newBuilder().setName(output));
    }
    return ModelProto.newBuilder().setGraph(graph).build().toByteArray();
  }
}
