package dev.mbnet.compiler.weights;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The tensors of a LiteRT model, by their number. Numbers of fields and types are those of
 * TensorFlow's {@code schema.fbs}, version 3.
 */
final class TfLiteTensors implements Stored {
  private static final int FLOAT32 = 0;
  private static final int FLOAT16 = 1;
  private static final int INT32 = 2;
  private static final int INT64 = 4;
  private static final int FLOAT64 = 10;
  private static final List<String> TYPES =
      List.of(
          "FLOAT32",
          "FLOAT16",
          "INT32",
          "UINT8",
          "INT64",
          "STRING",
          "BOOL",
          "INT16",
          "COMPLEX64",
          "INT8",
          "FLOAT64");
  private static final int MOST_AXES = 8;
  private static final int MOST_TENSORS = 100_000;

  /**
   * What the file says of a tensor.
   *
   * @param bytes its values, none if they are computed
   */
  private record Entry(
      String name, List<Integer> dims, int type, ByteBuffer bytes, boolean isSparse) {

    boolean isWhole() {
      return type == INT32 || type == INT64;
    }

    int width() {
      return switch (type) {
        case FLOAT16 -> 2;
        case FLOAT32, INT32 -> 4;
        default -> 8;
      };
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Tensor> read = new HashMap<>();

  /** Tensors that are another one with its values in another type. */
  private final Map<String, String> converted = new HashMap<>();

  private final List<String> problems;

  /** Tensors that are asked for and cannot be read go to {@code problems}. */
  TfLiteTensors(FlatTable model, FlatTable graph, List<String> problems) throws UnreadableFile {
    this.problems = problems;
    int count = graph.size(0, 4);
    if (count > MOST_TENSORS) {
      throw new UnreadableFile("it has " + count + " tensors; the limit is " + MOST_TENSORS);
    }
    int buffers = model.size(4, 4);
    for (int i = 0; i < count; i++) {
      FlatTable tensor = graph.table(0, i);
      int buffer = tensor.intAt(2, 0);
      if (buffer < 0 || buffer >= buffers) {
        throw new UnreadableFile(
            "the tensor " + i + " is in buffer " + buffer + ", and there are " + buffers);
      }
      List<Integer> dims = IntStream.of(tensor.ints(0, MOST_AXES)).boxed().toList();
      ByteBuffer bytes = model.table(4, buffer).bytes(0);
      entries.add(
          new Entry(tensor.text(3), dims, tensor.byteAt(1), bytes, tensor.table(6) != null));
    }
  }

  int count() {
    return entries.size();
  }

  /** Its name or, if it has none, its number. */
  String name(String tensor) {
    String name = entry(tensor).name();
    return name.isEmpty() ? "tensor " + tensor : name;
  }

  /** Lets {@code to} stand for the stored tensor {@code from}. */
  void convert(String from, String to) {
    converted.put(to, converted.getOrDefault(from, from));
  }

  private Entry entry(String tensor) {
    return entries.get(Integer.parseInt(converted.getOrDefault(tensor, tensor)));
  }

  @Override
  public boolean has(String tensor) {
    return entry(tensor).bytes().limit() > 0;
  }

  @Override
  public boolean isWeights(String tensor) {
    Entry entry = entry(tensor);
    return has(tensor) && !entry.isWhole() && Tensor.elements(dims(tensor)) != 1;
  }

  @Override
  public Tensor firstWeights(List<String> tensors) {
    Tensor weights = Stored.super.firstWeights(tensors);
    return weights == null ? null : weights.named(name(weights.name()));
  }

  @Override
  public List<Integer> dims(String tensor) {
    return entry(tensor).dims();
  }

  @Override
  public Tensor floats(String tensor) {
    Tensor known = read.get(tensor);
    if (known != null) {
      return known;
    }
    Entry entry = entry(tensor);
    long elements = Tensor.elements(entry.dims());
    ByteBuffer bytes = entry.bytes();
    if (entry.isSparse()) {
      return wrong(tensor, "is sparse, which is not read; convert the model without pruning");
    }
    if (entry.type() != FLOAT32 && entry.type() != FLOAT16 && entry.type() != FLOAT64) {
      int type = entry.type();
      String word = type >= 0 && type < TYPES.size() ? TYPES.get(type) : "number " + type;
      return wrong(
          tensor,
          "is of type "
              + word
              + "; weights are FLOAT32, FLOAT16 or FLOAT64, so convert the model without"
              + " quantization, or with that of float16");
    }
    if (elements < 0 || elements * entry.width() != bytes.limit()) {
      return wrong(
          tensor, "claims the sizes " + entry.dims() + " and holds " + bytes.limit() + " bytes");
    }
    float[] values = new float[(int) elements];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (entry.type()) {
            case FLOAT16 -> Half.toFloat(bytes.getShort(2 * i));
            case FLOAT32 -> bytes.getFloat(4 * i);
            default -> (float) bytes.getDouble(8 * i);
          };
    }
    read.put(tensor, new Tensor(name(tensor), entry.dims(), values));
    return read.get(tensor);
  }

  private Tensor wrong(String tensor, String fact) {
    String problem = "the tensor " + Quote.quoted(name(tensor)) + " " + fact;
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
    return null;
  }

  @Override
  public List<Long> wholes(String tensor) {
    Entry entry = entry(tensor);
    ByteBuffer bytes = entry.bytes();
    long elements = Tensor.elements(entry.dims());
    boolean sound = entry.isWhole() && elements >= 0 && elements <= 64;
    if (!sound || elements * entry.width() != bytes.limit()) {
      return null;
    }
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      values.add(entry.type() == INT32 ? bytes.getInt(4 * i) : bytes.getLong(8 * i));
    }
    return values;
  }
}
