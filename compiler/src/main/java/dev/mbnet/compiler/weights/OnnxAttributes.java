package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The attributes of one operation. */
final class OnnxAttributes {
  private final Map<String, AttributeProto> all = new HashMap<>();

  OnnxAttributes(NodeProto node) {
    node.getAttributeList().forEach(attribute -> all.put(attribute.getName(), attribute));
  }

  boolean has(String name) {
    return all.containsKey(name);
  }

  long whole(String name, long otherwise) {
    return has(name) ? all.get(name).getI() : otherwise;
  }

  double number(String name, double otherwise) {
    return has(name) ? all.get(name).getF() : otherwise;
  }

  String text(String name, String otherwise) {
    return has(name) ? all.get(name).getS().toStringUtf8() : otherwise;
  }

  List<Long> wholes(String name, Long... otherwise) {
    return has(name) ? all.get(name).getIntsList() : List.of(otherwise);
  }

  List<Float> numbers(String name) {
    return has(name) ? all.get(name).getFloatsList() : List.of();
  }

  TensorProto tensor(String name) {
    return all.get(name).getT();
  }

  /** Whether it has operations of its own inside. */
  boolean hasGraph() {
    return all.values().stream().anyMatch(a -> a.hasG() || a.getGraphsCount() > 0);
  }
}
