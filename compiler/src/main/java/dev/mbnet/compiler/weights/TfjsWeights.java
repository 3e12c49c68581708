package dev.mbnet.compiler.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The weights of a TensorFlow.js model: groups of files whose bytes, one after the other, are its
 * tensors, as its {@code weightsManifest} lists them.
 */
final class TfjsWeights implements Stored {
  private static final Pattern ELSEWHERE =
      Pattern.compile("[/\\\\].*|.*[\\p{C}\\\\:].*|(.*/)?\\.\\.(/.*)?|", Pattern.DOTALL);

  /**
   * A tensor.
   *
   * @param type of its values
   * @param packed as which they are stored
   * @param scale by which whole numbers that stand for others are multiplied
   * @param min added to them then
   * @param group of files, by its number
   * @param offset of its first byte in them
   */
  private record Entry(
      List<Integer> dims,
      String type,
      String packed,
      double scale,
      double min,
      int group,
      int offset) {

    int elements() {
      return Tensor.elements(dims);
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<ByteBuffer> groups = new ArrayList<>();
  private final Map<String, Tensor> read = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private long claimed;

  private TfjsWeights() {}

  /** The weights of a manifest; what it claims is checked before it is believed. */
  static TfjsWeights read(Json manifest, Beside beside) throws UnreadableFile, IOException {
    TfjsWeights weights = new TfjsWeights();
    List<Json> groups = manifest.items();
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      sizes.add(weights.list(groups.get(i), i));
    }
    for (int i = 0; i < groups.size(); i++) {
      weights.groups.add(bytes(groups.get(i).at("paths"), sizes.get(i), beside));
    }
    return weights;
  }

  /** Takes in what a group lists and returns how many bytes that is. */
  private long list(Json group, int number) throws UnreadableFile {
    long size = 0;
    for (Json weight : group.at("weights").items()) {
      String name = weight.at("name").text();
      List<Long> dims = weight.at("shape").wholes();
      String type = weight.at("dtype").text();
      Json quantization = weight.at("quantization");
      boolean quantized = quantization.isThere();
      String packed = quantized ? quantization.at("dtype").text() : type;
      boolean affine = packed.equals("uint8") || packed.equals("uint16");
      int width = width(packed);
      boolean known = type.equals("float32") || type.equals("int32") || type.equals("bool");
      if (!known || width == 0 || quantized != (affine || packed.equals("float16"))) {
        throw new UnreadableFile(
            "the weights "
                + Quote.quoted(name)
                + " are of type "
                + Quote.quoted(type)
                + (quantized ? ", stored as " + Quote.quoted(packed) : "")
                + "; what can be read is float32, int32 and bool, also stored as uint8, uint16 or"
                + " float16");
      }
      int elements = Tensor.elements(dims);
      claimed += (long) elements * width;
      if (elements < 0 || claimed > Importer.LARGEST) {
        throw new UnreadableFile(
            "the weights "
                + Quote.quoted(name)
                + " claim the sizes "
                + dims
                + "; all weights together may have "
                + Importer.LARGEST
                + " bytes");
      }
      Entry entry =
          new Entry(
              dims.stream().map(Long::intValue).toList(),
              type,
              packed,
              affine ? quantization.at("scale").number() : 1,
              affine ? quantization.at("min").number() : 0,
              number,
              (int) size);
      if (entries.put(name, entry) != null) {
        throw new UnreadableFile("it lists the weights " + Quote.quoted(name) + " twice");
      }
      size += (long) elements * width;
    }
    return size;
  }

  /** The bytes of an element, or 0 for a type that is not read. */
  private static int width(String packed) {
    return switch (packed) {
      case "float32", "int32" -> 4;
      case "float16", "uint16" -> 2;
      case "uint8", "bool" -> 1;
      default -> 0;
    };
  }

  /** The bytes of a group of files, as many as its weights need. */
  private static ByteBuffer bytes(Json paths, long size, Beside beside)
      throws UnreadableFile, IOException {
    ByteBuffer all = null;
    long held = 0;
    for (Json path : paths.items()) {
      String file = path.text();
      Optional<byte[]> bytes =
          ELSEWHERE.matcher(file).matches()
              ? Optional.empty()
              : beside.read(file, (int) (size - held));
      if (bytes.isEmpty()) {
        throw new UnreadableFile(
            "there is no file " + Quote.quoted(file) + " beside it, which holds its weights");
      }
      held += bytes.get().length;
      if (held > size) {
        break;
      }
      all = all == null ? ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN) : all;
      all.put(bytes.get());
    }
    if (held != size) {
      List<String> names = new ArrayList<>();
      for (Json path : paths.items()) {
        names.add(Quote.quoted(path.text()));
      }
      throw new UnreadableFile(
          "its weights have "
              + size
              + " bytes by their sizes, and the files hold "
              + (held > size ? "more" : "" + held)
              + ": "
              + String.join(", ", names.subList(0, Math.min(names.size(), 4))));
    }
    return all == null ? ByteBuffer.allocate(0) : all;
  }

  /** Lets {@code to} stand for the stored tensor {@code from}. */
  void alias(String from, String to) {
    aliases.put(to, aliases.getOrDefault(from, from));
  }

  private Entry entry(String name) {
    return entries.get(aliases.getOrDefault(name, name));
  }

  /** A tensor's number among the group's bytes, as it is stored. */
  private static double packed(Entry entry, ByteBuffer bytes, int i) {
    int at = entry.offset();
    return switch (entry.packed()) {
      case "float32" -> bytes.getFloat(at + 4 * i);
      case "int32" -> bytes.getInt(at + 4 * i);
      case "float16" -> Half.toFloat(bytes.getShort(at + 2 * i));
      case "uint16" -> bytes.getShort(at + 2 * i) & 0xffff;
      default -> bytes.get(at + i) & 0xff;
    };
  }

  @Override
  public boolean has(String name) {
    return entry(name) != null;
  }

  /** The tensors whose names begin with a text, in the manifest's order. */
  List<String> startingWith(String text) {
    return entries.keySet().stream().filter(name -> name.startsWith(text)).toList();
  }

  @Override
  public boolean isWeights(String name) {
    Entry entry = entry(name);
    return entry != null && entry.type().equals("float32") && entry.elements() != 1;
  }

  @Override
  public List<Integer> dims(String name) {
    return entry(name).dims();
  }

  /** What was stored as smaller numbers is what those stand for, to a float's precision. */
  @Override
  public Tensor floats(String name) {
    return read.computeIfAbsent(
        name,
        n -> {
          Entry entry = entry(n);
          ByteBuffer bytes = groups.get(entry.group());
          float[] values = new float[entry.elements()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (packed(entry, bytes, i) * entry.scale() + entry.min());
          }
          return new Tensor(n, entry.dims(), values);
        });
  }

  @Override
  public List<Long> wholes(String name) {
    Entry entry = entry(name);
    if (entry == null || !entry.type().equals("int32") || entry.elements() > 64) {
      return null;
    }
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < entry.elements(); i++) {
      double value = packed(entry, groups.get(entry.group()), i);
      values.add(Math.round(value * entry.scale() + entry.min()));
    }
    return values;
  }
}
