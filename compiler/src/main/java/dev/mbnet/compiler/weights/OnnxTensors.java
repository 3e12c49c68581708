package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The constant tensors of an ONNX graph by name; each is decoded when it is asked for. */
final class OnnxTensors {
  private final Map<String, TensorProto> tensors = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();

  OnnxTensors(GraphProto graph) {
    graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOutputCount() == 0) {
        continue;
      }
      if (node.getOpType().equals("Constant")) {
        for (AttributeProto attribute : node.getAttributeList()) {
          if (attribute.getName().equals("value")) {
            tensors.put(node.getOutput(0), attribute.getT());
          }
        }
      } else if (node.getInputCount() > 0
          && has(node.getInput(0))
          && List.of("Identity", "Reshape", "Unsqueeze", "Squeeze").contains(node.getOpType())) {
        // A bias may come through a reshape; its elements are the same.
        aliases.put(node.getOutput(0), aliases.getOrDefault(node.getInput(0), node.getInput(0)));
      }
    }
  }

  boolean has(String name) {
    return tensors.containsKey(name) || aliases.containsKey(name);
  }

  FileTensor get(String name) throws UnreadableException {
    TensorProto tensor = tensors.get(aliases.getOrDefault(name, name));
    if (tensor == null) {
      throw new UnreadableException("`" + name + "` is computed, not a constant");
    }
    long elements = 1;
    for (long dim : tensor.getDimsList()) {
      if (dim < 0 || dim > Integer.MAX_VALUE || elements * dim > Integer.MAX_VALUE) {
        throw new UnreadableException("`" + name + "` has sizes " + tensor.getDimsList());
      }
      elements *= dim;
    }
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new UnreadableException(
          "`" + name + "` keeps its data in another file; save the model with its data inside");
    }
    float[] values = values(name, tensor, (int) elements);
    List<Integer> dims = tensor.getDimsList().stream().map(Long::intValue).toList();
    return new FileTensor(aliases.getOrDefault(name, name), dims, values);
  }

  private static float[] values(String name, TensorProto tensor, int elements)
      throws UnreadableException {
    int type = tensor.getDataType();
    boolean raw = tensor.hasRawData();
    int bytes =
        switch (type) {
          case TensorProto.DataType.FLOAT_VALUE -> 4;
          case TensorProto.DataType.DOUBLE_VALUE -> 8;
          case TensorProto.DataType.FLOAT16_VALUE, TensorProto.DataType.BFLOAT16_VALUE -> 2;
          default ->
              throw new UnreadableException(
                  "`"
                      + name
                      + "` is of type "
                      + TensorProto.DataType.forNumber(type)
                      + ", not FLOAT, FLOAT16, BFLOAT16 or DOUBLE");
        };
    int held =
        raw
            ? tensor.getRawData().size() / bytes
            : switch (bytes) {
              case 4 -> tensor.getFloatDataCount();
              case 8 -> tensor.getDoubleDataCount();
              default -> tensor.getInt32DataCount();
            };
    if (held != elements || raw && tensor.getRawData().size() % bytes != 0) {
      throw new UnreadableException(
          "`" + name + "` has room for " + elements + " values and holds " + held);
    }
    ByteBuffer data =
        raw ? tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN) : null;
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      if (bytes == 4) {
        values[i] = raw ? data.getFloat() : tensor.getFloatData(i);
      } else if (bytes == 8) {
        values[i] = (float) (raw ? data.getDouble() : tensor.getDoubleData(i));
      } else {
        short half = raw ? data.getShort() : (short) tensor.getInt32Data(i);
        boolean brain = type == TensorProto.DataType.BFLOAT16_VALUE;
        values[i] = brain ? Float.intBitsToFloat(half << 16) : fromHalf(half);
      }
    }
    return values;
  }

  private static float fromHalf(short half) {
    int magnitude = half & 0x7fff;
    int exponent = magnitude >> 10;
    int fraction = magnitude & 0x3ff;
    double value =
        exponent == 0
            ? fraction * 0x1p-24
            : exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : Math.scalb(1 + fraction / 1024.0, exponent - 15);
    return (float) (half < 0 ? -value : value);
  }
}
