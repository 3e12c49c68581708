package dev.mbnet.testing;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * A model file of LiteRT in the making. Numbers of tables, fields and operators are those of
 * TensorFlow's {@code schema.fbs}, version 3.
 */
public final class LiteRtFile {
  public static final int FLOAT32 = 0;
  public static final int FLOAT16 = 1;
  public static final int INT32 = 2;
  private static final int SCHEMA_VERSION = 3;
  private static final int WEIGHTS_ALIGNMENT = 16;

  /** Operators, by their code and the number of their table of options, 0 for none. */
  public enum Operator {
    ADD(0, 11),
    CONV_2D(3, 1),
    DEPTHWISE_CONV_2D(4, 2),
    DEQUANTIZE(6, 0),
    FULLY_CONNECTED(9, 8),
    LOGISTIC(14, 0),
    MUL(18, 21),
    RELU(19, 0),
    RELU6(21, 0),
    RESHAPE(22, 17),
    PAD(34, 22),
    MEAN(40, 27),
    PRELU(54, 0),
    TRANSPOSE_CONV(67, 49),
    HARD_SWISH(117, 0);

    private final int code;
    private final int options;

    Operator(int code, int options) {
      this.code = code;
      this.options = options;
    }
  }

  private final FlatBufferBuilder out = new FlatBufferBuilder(1 << 20);
  private final List<Integer> tensors = new ArrayList<>();
  private final List<Integer> buffers = new ArrayList<>();
  private final List<Integer> operators = new ArrayList<>();

  public LiteRtFile() {
    out.startTable(3);
    buffers.add(out.endTable());
  }

  /** A tensor that a run computes. */
  public int value(int... shape) {
    return value("t" + tensors.size(), shape);
  }

  public int value(String name, int... shape) {
    return tensor(name, FLOAT32, 0, shape);
  }

  /** A constant. */
  public int floats(float[] values, int... shape) {
    return floats("t" + tensors.size(), values, shape);
  }

  public int floats(String name, float[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(name, FLOAT32, bytes, shape);
  }

  /** A constant. */
  public int integers(int[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return constant("t" + tensors.size(), INT32, bytes, shape);
  }

  /** A constant of any type, whether or not the bytes are those of its shape. */
  public int constant(String name, int type, ByteBuffer bytes, int... shape) {
    out.createUnintializedVector(1, bytes.capacity(), WEIGHTS_ALIGNMENT).put(bytes);
    int data = out.endVector();
    out.startTable(3);
    out.addOffset(0, data, 0);
    buffers.add(out.endTable());
    return tensor(name, type, buffers.size() - 1, shape);
  }

  private int tensor(String name, int type, int buffer, int[] shape) {
    int dims = vector(shape);
    int text = out.createString(name);
    out.startTable(10);
    out.addOffset(0, dims, 0);
    out.addByte(1, (byte) type, 0);
    out.addInt(2, buffer, 0);
    out.addOffset(3, text, 0);
    tensors.add(out.endTable());
    return tensors.size() - 1;
  }

  /** Adds an operator; {@code options} are its table's fields: all bytes or all but the strides. */
  public void add(Operator operator, int[] inputs, int output, IntSupplier options) {
    int table = options.getAsInt();
    int in = vector(inputs);
    int made = vector(output);
    out.startTable(12);
    out.addInt(0, operator.ordinal(), 0);
    out.addOffset(1, in, 0);
    out.addOffset(2, made, 0);
    if (operator.options != 0) {
      out.addByte(3, (byte) operator.options, 0);
      out.addOffset(4, table, 0);
    }
    operators.add(out.endTable());
  }

  /** Options of which only the first field is set, a byte; every fused activation is there. */
  public int first(int value) {
    out.startTable(6);
    out.addByte(0, (byte) value, 0);
    return out.endTable();
  }

  public int none() {
    out.startTable(0);
    return out.endTable();
  }

  public int reshape(int... shape) {
    int dims = vector(shape);
    out.startTable(1);
    out.addOffset(0, dims, 0);
    return out.endTable();
  }

  public int conv(boolean same, int strideH, int strideW, int activation) {
    out.startTable(7);
    out.addByte(0, (byte) (same ? 0 : 1), 0);
    out.addInt(1, strideW, 0);
    out.addInt(2, strideH, 0);
    out.addByte(3, (byte) activation, 0);
    return out.endTable();
  }

  public int depthwise(boolean same, int strideH, int strideW, int activation) {
    out.startTable(7);
    out.addByte(0, (byte) (same ? 0 : 1), 0);
    out.addInt(1, strideW, 0);
    out.addInt(2, strideH, 0);
    out.addInt(3, 1, 0);
    out.addByte(4, (byte) activation, 0);
    return out.endTable();
  }

  /** The whole file. */
  public byte[] finish(int input, int... output) {
    int allTensors = tables(tensors);
    int inputs = vector(input);
    int outputs = vector(output);
    int allOperators = tables(operators);
    out.startTable(5);
    out.addOffset(0, allTensors, 0);
    out.addOffset(1, inputs, 0);
    out.addOffset(2, outputs, 0);
    out.addOffset(3, allOperators, 0);
    int subgraphs = tables(List.of(out.endTable()));
    int codes = codes();
    int allBuffers = tables(buffers);
    out.startTable(8);
    out.addInt(0, SCHEMA_VERSION, 0);
    out.addOffset(1, codes, 0);
    out.addOffset(2, subgraphs, 0);
    out.addOffset(4, allBuffers, 0);
    out.finish(out.endTable(), "TFL3");
    return out.sizedByteArray();
  }

  private int codes() {
    List<Integer> all = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      out.startTable(4);
      out.addByte(0, (byte) operator.code, 0);
      out.addInt(2, 1, 1);
      out.addInt(3, operator.code, 0);
      all.add(out.endTable());
    }
    return tables(all);
  }

  private int tables(List<Integer> offsets) {
    return out.createVectorOfTables(offsets.stream().mapToInt(Integer::intValue).toArray());
  }

  private int vector(int... values) {
    out.startVector(4, values.length, 4);
    for (int i = values.length - 1; i >= 0; i--) {
      out.addInt(values[i]);
    }
    return out.endVector();
  }
}
