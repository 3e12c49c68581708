package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a file stores: initializers, {@code Constant}s, and what only reshapes those. */
final class OnnxConstants implements Stored {
  private final Map<String, TensorProto> stored = new HashMap<>();
  private final Map<String, Tensor> derived = new HashMap<>();
  private final List<String> problems;

  /** Tensors that are asked for and cannot be read go to {@code problems}. */
  OnnxConstants(GraphProto graph, List<String> problems) {
    this.problems = problems;
    graph.getInitializerList().forEach(tensor -> stored.put(tensor.getName(), tensor));
  }

  @Override
  public boolean has(String name) {
    return stored.containsKey(name) || derived.containsKey(name);
  }

  @Override
  public boolean isWeights(String name) {
    Tensor tensor = derived.get(name);
    if (tensor != null) {
      return tensor.values().length > 1;
    }
    TensorProto proto = stored.get(name);
    return proto != null
        && !OnnxTensors.isWhole(proto)
        && Tensor.elements(proto.getDimsList()) != 1;
  }

  @Override
  public List<Integer> dims(String name) {
    return derived.containsKey(name)
        ? derived.get(name).dims()
        : stored.get(name).getDimsList().stream().map(Long::intValue).toList();
  }

  @Override
  public Tensor floats(String name) {
    Tensor known = derived.get(name);
    if (known != null) {
      return known;
    }
    OnnxTensors.Read read = OnnxTensors.floats(stored.get(name));
    if (read.tensor() == null) {
      String problem = "the tensor " + Quote.quoted(name) + " " + read.mistake();
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
      return null;
    }
    Tensor tensor = read.tensor().named(name);
    derived.put(name, tensor);
    return tensor;
  }

  @Override
  public List<Long> wholes(String name) {
    TensorProto tensor = stored.get(name);
    return tensor == null ? null : OnnxTensors.wholes(tensor);
  }

  /** Takes in an operation whose result is as good as stored; false if it is not. */
  boolean take(NodeProto node) {
    if (node.getOutputCount() != 1) {
      return false;
    }
    String output = node.getOutput(0);
    OnnxAttributes attributes = new OnnxAttributes(node);
    if (node.getOpType().equals("Constant") && node.getInputCount() == 0) {
      TensorProto value = value(attributes);
      if (value != null) {
        stored.put(output, value);
      }
      return value != null;
    }
    if (node.getInputCount() == 0 || !has(node.getInput(0))) {
      return false;
    }
    String input = node.getInput(0);
    if (node.getOpType().equals("Identity") && stored.containsKey(input)) {
      stored.put(output, stored.get(input));
      return true;
    }
    boolean isFloat = derived.containsKey(input) || OnnxTensors.isFloat(stored.get(input));
    if (!isFloat) {
      return false;
    }
    Tensor tensor = floats(input);
    Tensor result = tensor == null ? null : shaped(node, attributes, tensor);
    if (result != null) {
      derived.put(output, result);
    }
    return result != null;
  }

  private static TensorProto value(OnnxAttributes attributes) {
    TensorProto.Builder tensor = TensorProto.newBuilder();
    if (attributes.has("value")) {
      return attributes.tensor("value");
    } else if (attributes.has("value_float")) {
      return tensor
          .setDataType(DataType.FLOAT.getNumber())
          .addFloatData((float) attributes.number("value_float", 0))
          .build();
    } else if (attributes.has("value_floats")) {
      List<Float> all = attributes.numbers("value_floats");
      tensor.setDataType(DataType.FLOAT.getNumber());
      return tensor.addDims(all.size()).addAllFloatData(all).build();
    } else if (attributes.has("value_int")) {
      return tensor
          .setDataType(DataType.INT64.getNumber())
          .addInt64Data(attributes.whole("value_int", 0))
          .build();
    } else if (attributes.has("value_ints")) {
      List<Long> all = attributes.wholes("value_ints");
      tensor.setDataType(DataType.INT64.getNumber());
      return tensor.addDims(all.size()).addAllInt64Data(all).build();
    }
    return null;
  }

  /** {@code tensor} after an operation that leaves its values as they are; null for any other. */
  private Tensor shaped(NodeProto node, OnnxAttributes attributes, Tensor tensor) {
    List<Integer> dims = tensor.dims();
    switch (node.getOpType()) {
      case "Identity":
        return tensor;
      case "Cast":
        long to = attributes.whole("to", 0);
        return to == DataType.FLOAT.getNumber() || to == DataType.DOUBLE.getNumber()
            ? tensor
            : null;
      case "Reshape":
        return reshaped(tensor, list(node, attributes, "shape"));
      case "Transpose":
        List<Long> perm = attributes.wholes("perm");
        int rank = dims.size();
        List<Integer> axes =
            IntStream.range(0, rank)
                .mapToObj(i -> perm.isEmpty() ? rank - 1 - i : axis(perm, i))
                .toList();
        boolean sound = perm.isEmpty() || perm.size() == rank;
        return sound && axes.stream().filter(a -> a >= 0 && a < rank).distinct().count() == rank
            ? tensor.transposed(axes)
            : null;
      case "Unsqueeze", "Squeeze":
        boolean adds = node.getOpType().equals("Unsqueeze");
        return squeezed(tensor, list(node, attributes, "axes"), adds);
      default:
        return null;
    }
  }

  private static int axis(List<Long> perm, int i) {
    return i < perm.size() && perm.get(i) >= 0 && perm.get(i) < 64 ? perm.get(i).intValue() : -1;
  }

  /** The numbers that newer files give as the second input and older ones as an attribute. */
  private List<Long> list(NodeProto node, OnnxAttributes attributes, String name) {
    return node.getInputCount() > 1
        ? wholes(node.getInput(1))
        : attributes.has(name) ? attributes.wholes(name) : null;
  }

  private static Tensor reshaped(Tensor tensor, List<Long> to) {
    if (to == null) {
      return null;
    }
    List<Long> dims = new ArrayList<>(to);
    long known = 1;
    int open = -1;
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i) == 0 && i < tensor.dims().size()) {
        dims.set(i, tensor.dims().get(i).longValue());
      }
      if (dims.get(i) == -1 && open < 0) {
        open = i;
      } else {
        known *= dims.get(i);
      }
    }
    if (open >= 0 && known > 0) {
      dims.set(open, tensor.values().length / known);
    }
    return Tensor.elements(dims) == tensor.values().length
        ? tensor.reshaped(dims.stream().map(Long::intValue).toList())
        : null;
  }

  private static Tensor squeezed(Tensor tensor, List<Long> axes, boolean adds) {
    List<Integer> dims = new ArrayList<>();
    if (axes == null) {
      tensor.dims().stream().filter(dim -> dim != 1).forEach(dims::add);
      return adds ? null : tensor.reshaped(dims);
    }
    int rank = tensor.dims().size() + (adds ? axes.size() : 0);
    int next = 0;
    for (int i = 0; i < rank; i++) {
      boolean named = axes.contains((long) i) || axes.contains((long) i - rank);
      if (adds) {
        dims.add(named || next == tensor.dims().size() ? 1 : tensor.dims().get(next++));
      } else if (!named) {
        dims.add(tensor.dims().get(i));
      }
    }
    List<Long> wide = dims.stream().map(Integer::longValue).toList();
    return Tensor.elements(wide) == tensor.values().length ? tensor.reshaped(dims) : null;
  }
}
