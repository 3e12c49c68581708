package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntFunction;

/** Reads tensors as the format stores them: packed bytes, or numbers in a field of their type. */
final class OnnxTensors {

  /** A tensor or, if it is null, what is wrong with it, to follow its name. */
  record Read(Tensor tensor, String mistake) {}

  private OnnxTensors() {}

  static boolean isFloat(TensorProto tensor) {
    return switch (type(tensor)) {
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> true;
      default -> false;
    };
  }

  static boolean isWhole(TensorProto tensor) {
    return type(tensor) == DataType.INT64 || type(tensor) == DataType.INT32;
  }

  private static DataType type(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    return type == null ? DataType.UNDEFINED : type;
  }

  static Read floats(TensorProto tensor) {
    if (isExternal(tensor)) {
      return wrong(
          "is stored in another file, which is not read; export the model with its weights inside");
    }
    DataType type = type(tensor);
    ByteBuffer raw = raw(tensor);
    Read read =
        switch (type) {
          case FLOAT ->
              floats(
                  tensor, raw, 4, tensor.getFloatDataCount(), raw::getFloat, tensor::getFloatData);
          case DOUBLE ->
              floats(
                  tensor,
                  raw,
                  8,
                  tensor.getDoubleDataCount(),
                  at -> (float) raw.getDouble(at),
                  i -> (float) tensor.getDoubleData(i));
          case FLOAT16 ->
              floats(
                  tensor,
                  raw,
                  2,
                  tensor.getInt32DataCount(),
                  at -> Half.toFloat(raw.getShort(at)),
                  i -> Half.toFloat((short) tensor.getInt32Data(i)));
          case BFLOAT16 ->
              floats(
                  tensor,
                  raw,
                  2,
                  tensor.getInt32DataCount(),
                  at -> Float.intBitsToFloat(raw.getShort(at) << 16),
                  i -> Float.intBitsToFloat(tensor.getInt32Data(i) << 16));
          default ->
              wrong("is of type " + type + "; weights are FLOAT, FLOAT16, BFLOAT16 or DOUBLE");
        };
    return read;
  }

  private static Read floats(
      TensorProto tensor,
      ByteBuffer raw,
      int width,
      int listed,
      IntFunction<Float> packed,
      IntFunction<Float> single) {
    int elements = Tensor.elements(tensor.getDimsList());
    boolean isRaw = tensor.hasRawData();
    if (elements < 0 || (isRaw ? raw.limit() != (long) elements * width : listed != elements)) {
      String held = isRaw ? raw.limit() + " bytes" : listed + " values";
      return wrong("claims the sizes " + tensor.getDimsList() + " and holds " + held);
    }
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = isRaw ? packed.apply(i * width) : single.apply(i);
    }
    List<Integer> dims = tensor.getDimsList().stream().map(Long::intValue).toList();
    return new Read(new Tensor(tensor.getName(), dims, values), null);
  }

  /** A short list of whole numbers, such as sizes or axes; null if it is not that. */
  static List<Long> wholes(TensorProto tensor) {
    int elements = Tensor.elements(tensor.getDimsList());
    if (isExternal(tensor) || elements < 0 || elements > 64 || !isWhole(tensor)) {
      return null;
    }
    boolean isLong = type(tensor) == DataType.INT64;
    List<Long> listed =
        isLong
            ? tensor.getInt64DataList()
            : tensor.getInt32DataList().stream().map(Integer::longValue).toList();
    if (tensor.hasRawData()) {
      ByteBuffer raw = raw(tensor);
      int width = isLong ? 8 : 4;
      listed =
          java.util.stream.IntStream.range(0, raw.limit() / width)
              .mapToObj(i -> isLong ? raw.getLong(i * width) : (long) raw.getInt(i * width))
              .toList();
    }
    return listed.size() == elements ? listed : null;
  }

  private static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  private static ByteBuffer raw(TensorProto tensor) {
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Read wrong(String mistake) {
    return new Read(null, mistake);
  }
}
