package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The layers with weights of an ONNX file, in the order of its nodes. */
final class OnnxLayers {
  private final OnnxTensors tensors;
  private final Map<String, List<NodeProto>> readers = new HashMap<>();

  private OnnxLayers(GraphProto graph) {
    tensors = new OnnxTensors(graph);
    for (NodeProto node : graph.getNodeList()) {
      for (String input : node.getInputList()) {
        readers.computeIfAbsent(input, i -> new ArrayList<>()).add(node);
      }
    }
  }

  static List<FileLayer> read(byte[] file) throws UnreadableException {
    GraphProto graph;
    try {
      graph = ModelProto.parseFrom(file).getGraph();
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableException("this is no ONNX file, or it is cut short");
    }
    if (graph.getNodeCount() == 0) {
      throw new UnreadableException("this is no ONNX file: it holds no graph");
    }
    OnnxLayers reader = new OnnxLayers(graph);
    List<FileLayer> layers = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      FileLayer layer = reader.layer(node);
      if (layer != null) {
        layers.add(layer);
      }
    }
    if (layers.isEmpty()) {
      throw new UnreadableException("the model has no convolutions, norms or dense layers");
    }
    return layers;
  }

  private FileLayer layer(NodeProto node) throws UnreadableException {
    switch (node.getOpType()) {
      case "Conv":
        return convolution(node);
      case "BatchNormalization":
        return norm(node);
      case "Gemm":
        return gemm(node);
      case "MatMul":
        return tensors.has(input(node, 1)) ? matMul(node) : null;
      default:
        return null;
    }
  }

  private FileLayer convolution(NodeProto node) throws UnreadableException {
    FileTensor weight = tensors.get(input(node, 1));
    if (weight.dims().size() != 4) {
      throw new UnreadableException(
          "`" + label(node) + "` has weights of sizes " + weight.dims() + ", not 4 of them");
    }
    FileTensor bias =
        node.getInputCount() > 2
            ? tensors.get(input(node, 2))
            : addedBias(node, weight.dims().get(0));
    List<Long> pads = ints(node, "pads", List.of(0L, 0L, 0L, 0L));
    String auto = text(node, "auto_pad", "NOTSET");
    Pads sides =
        switch (auto) {
          case "NOTSET" ->
              new Pads(
                  pads.get(0).intValue(),
                  pads.get(2).intValue(),
                  pads.get(1).intValue(),
                  pads.get(3).intValue());
          case "VALID" -> Pads.NONE;
          case "SAME_UPPER" -> null;
          default ->
              throw new UnreadableException(
                  "`" + label(node) + "` pads by " + auto + ", which mbnet does not have");
        };
    return new FileLayer.Convolution(
        label(node),
        weight,
        bias,
        pair(node, "strides"),
        pair(node, "dilations"),
        (int) whole(node, "group", 1),
        sides);
  }

  private FileLayer norm(NodeProto node) throws UnreadableException {
    List<FileTensor> parts = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      parts.add(tensors.get(input(node, i)));
    }
    double eps = 1e-5;
    for (AttributeProto attribute : node.getAttributeList()) {
      eps = attribute.getName().equals("epsilon") ? attribute.getF() : eps;
    }
    return new FileLayer.Norm(label(node), parts, eps);
  }

  private FileLayer gemm(NodeProto node) throws UnreadableException {
    for (AttributeProto attribute : node.getAttributeList()) {
      boolean scale = attribute.getName().equals("alpha") || attribute.getName().equals("beta");
      if (scale && attribute.getF() != 1
          || attribute.getName().equals("transA") && attribute.getI() != 0) {
        throw new UnreadableException(
            "`"
                + label(node)
                + "` is a Gemm with "
                + attribute.getName()
                + ", which no dense layer has");
      }
    }
    FileTensor weight = matrix(node, input(node, 1));
    boolean transposed = whole(node, "transB", 0) != 0;
    FileTensor bias = node.getInputCount() > 2 ? tensors.get(input(node, 2)) : null;
    return new FileLayer.FullyConnected(
        label(node), transposed ? weight : weight.transposed(), bias);
  }

  private FileLayer matMul(NodeProto node) throws UnreadableException {
    FileTensor weight = matrix(node, input(node, 1)).transposed();
    return new FileLayer.FullyConnected(label(node), weight, addedBias(node, weight.dims().get(0)));
  }

  private FileTensor matrix(NodeProto node, String name) throws UnreadableException {
    FileTensor weight = tensors.get(name);
    if (weight.dims().size() != 2) {
      throw new UnreadableException(
          "`" + label(node) + "` has weights of sizes " + weight.dims() + ", not 2 of them");
    }
    return weight;
  }

  /** The constant of as many channels that the node's only reader adds, or null. */
  private FileTensor addedBias(NodeProto node, int channels) throws UnreadableException {
    List<NodeProto> next = readers.getOrDefault(node.getOutput(0), List.of());
    if (next.size() != 1 || !next.get(0).getOpType().equals("Add")) {
      return null;
    }
    for (String input : next.get(0).getInputList()) {
      if (tensors.has(input)) {
        FileTensor bias = tensors.get(input);
        return bias.values().length == channels ? bias : null;
      }
    }
    return null;
  }

  private static String label(NodeProto node) {
    return node.getName().isEmpty() ? node.getOutput(0) : node.getName();
  }

  private static String input(NodeProto node, int index) throws UnreadableException {
    if (index >= node.getInputCount()) {
      throw new UnreadableException("`" + label(node) + "` lacks input " + index);
    }
    return node.getInput(index);
  }

  private static Pair pair(NodeProto node, String name) throws UnreadableException {
    List<Long> two = ints(node, name, List.of(1L, 1L));
    return new Pair(two.get(0).intValue(), two.get(1).intValue());
  }

  private static List<Long> ints(NodeProto node, String name, List<Long> fallback)
      throws UnreadableException {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        if (attribute.getIntsCount() != fallback.size()) {
          throw new UnreadableException(
              "`" + label(node) + "` has " + name + " " + attribute.getIntsList());
        }
        return attribute.getIntsList();
      }
    }
    return fallback;
  }

  private static long whole(NodeProto node, String name, long fallback) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .mapToLong(AttributeProto::getI)
        .findFirst()
        .orElse(fallback);
  }

  private static String text(NodeProto node, String name, String fallback) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .map(attribute -> attribute.getS().toStringUtf8())
        .findFirst()
        .orElse(fallback);
  }
}
