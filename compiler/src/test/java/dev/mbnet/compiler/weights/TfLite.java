package dev.mbnet.compiler.weights;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Builds LiteRT models in memory; tensor 0 is the input. Fields are those of schema.fbs. */
final class TfLite {
  static final int FLOAT32 = 0;
  static final int FLOAT16 = 1;
  static final int INT32 = 2;

  private final FlatBufferBuilder out = new FlatBufferBuilder(1024);
  private final List<Integer> tensors = new ArrayList<>();
  private final List<Integer> buffers = new ArrayList<>();
  private final List<Integer> operators = new ArrayList<>();
  private final List<Integer> codes = new ArrayList<>();

  TfLite() {
    buffer(new byte[0]);
    value("x");
  }

  /** A tensor that is computed. */
  int value(String name) {
    return tensor(name, FLOAT32, 0, new int[0]);
  }

  /** Stores floats that count 1, 2, 3, ... */
  int counting(String name, int... dims) {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 1; i <= size; i++) {
      bytes.putFloat(i);
    }
    return stored(name, FLOAT32, bytes.array(), dims);
  }

  int wholes(String name, int[] values, int... dims) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return stored(name, INT32, bytes.array(), dims);
  }

  int stored(String name, int type, byte[] bytes, int... dims) {
    return tensor(name, type, buffer(bytes), dims);
  }

  private int buffer(byte[] bytes) {
    int data = out.createByteVector(bytes);
    out.startTable(3);
    out.addOffset(0, data, 0);
    buffers.add(out.endTable());
    return buffers.size() - 1;
  }

  private int tensor(String name, int type, int buffer, int[] dims) {
    int shape = ints(dims);
    int text = out.createString(name);
    out.startTable(10);
    out.addOffset(0, shape, 0);
    out.addByte(1, (byte) type, 0);
    out.addInt(2, buffer, 0);
    out.addOffset(3, text, 0);
    tensors.add(out.endTable());
    return tensors.size() - 1;
  }

  /** Adds an operation and returns what it makes; {@code options} writes its table of options. */
  int node(int code, String output, IntSupplier options, int... inputs) {
    int result = value(output);
    node(code, options, inputs, result);
    return result;
  }

  private void node(int code, IntSupplier options, int[] inputs, int output) {
    out.startTable(4);
    out.addByte(0, (byte) code, 0);
    out.addInt(3, code, 0);
    codes.add(out.endTable());
    int table = options.getAsInt();
    int read = ints(inputs);
    int made = ints(output);
    out.startTable(12);
    out.addInt(0, codes.size() - 1, 0);
    out.addOffset(1, read, 0);
    out.addOffset(2, made, 0);
    out.addByte(3, (byte) 1, 0);
    out.addOffset(4, table, 0);
    operators.add(out.endTable());
  }

  int none() {
    out.startTable(0);
    return out.endTable();
  }

  /** Options of a convolution: {@code SAME} or {@code VALID}, strides, a fused activation. */
  IntSupplier conv(boolean same, int high, int wide, int activation) {
    return window(same, high, wide, activation, 0);
  }

  IntSupplier depthwise(boolean same, int high, int wide, int activation) {
    return window(same, high, wide, activation, 1);
  }

  private IntSupplier window(boolean same, int high, int wide, int activation, int shifted) {
    return () -> {
      out.startTable(7);
      out.addByte(0, (byte) (same ? 0 : 1), 0);
      out.addInt(1, wide, 0);
      out.addInt(2, high, 0);
      out.addByte(3 + shifted, (byte) activation, 0);
      return out.endTable();
    };
  }

  /** The whole file. */
  byte[] file(int... outputs) {
    int allTensors = tables(tensors);
    int inputs = ints(0);
    int made = ints(outputs);
    int allOperators = tables(operators);
    out.startTable(5);
    out.addOffset(0, allTensors, 0);
    out.addOffset(1, inputs, 0);
    out.addOffset(2, made, 0);
    out.addOffset(3, allOperators, 0);
    int graphs = tables(List.of(out.endTable()));
    int allCodes = tables(codes);
    int allBuffers = tables(buffers);
    out.startTable(8);
    out.addInt(0, 3, 0);
    out.addOffset(1, allCodes, 0);
    out.addOffset(2, graphs, 0);
    out.addOffset(4, allBuffers, 0);
    out.finish(out.endTable(), "TFL3");
    return out.sizedByteArray();
  }

  private int tables(List<Integer> offsets) {
    return out.createVectorOfTables(offsets.stream().mapToInt(Integer::intValue).toArray());
  }

  private int ints(int... values) {
    out.startVector(4, values.length, 4);
    for (int i = values.length - 1; i >= 0; i--) {
      out.addInt(values[i]);
    }
    return out.endVector();
  }
}
