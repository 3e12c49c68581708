package dev.mbnet.runtime;

import static dev.mbnet.runtime.WeightsException.fact;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mbnet.runtime.Safetensors.Dtype;
import dev.mbnet.runtime.WeightsException.Problem;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the header of a safetensors file and checks all that can be checked without the data.
 *
 * <p>Strict JSON, read straight into the format's three levels: members, fields, lists. So there is
 * no recursion to exhaust and no tree to outgrow the text.
 */
final class SafetensorsHeader {

  /** A tensor, with the bytes from {@code begin} to before {@code end} of the data. */
  record Entry(String name, Dtype dtype, int[] shape, long begin, long end)
      implements Comparable<Entry> {

    @Override
    public int compareTo(Entry other) {
      int first = Long.compare(begin, other.begin);
      return first != 0 ? first : Long.compare(end, other.end);
    }
  }

  private static final String METADATA = "__metadata__";
  private static final List<String> FIELDS = List.of("dtype", "shape", "data_offsets");
  private static final Dtype[] DTYPES = Dtype.values();

  /** 18 digits; eight times this, in bits, still fits a long. */
  private static final long MAX_OFFSET = 999_999_999_999_999_999L;

  private final byte[] text;
  private final String source;
  private final Map<String, Entry> entries;
  private final long dataLength;
  private Map<String, String> metadata = Map.of();
  private int at;

  /**
   * @throws WeightsException for every fault of the header
   */
  SafetensorsHeader(byte[] text, String source) {
    this.text = text;
    this.source = source;
    if (peek() != '{') {
      throw unexpected(Problem.HEADER_START, "`{`");
    }
    checkUtf8();
    entries =
        object(
            new Function<>() {
              @Override
              public Entry apply(String name) {
                return member(name);
              }
            });
    entries.remove(METADATA);
    while (peek() == ' ') {
      at++;
    }
    if (at < text.length) {
      throw unexpected(Problem.HEADER_TRAILING, "nothing but spaces after `}`");
    }
    dataLength = contiguousLength();
  }

  /** The tensors by name, in the order of the header. */
  Map<String, Entry> entries() {
    return entries;
  }

  /** The string pairs of {@code __metadata__}, in the order of the header. */
  Map<String, String> metadata() {
    return metadata;
  }

  /** Bytes the tensors take, without overlap or hole. */
  long dataLength() {
    return dataLength;
  }

  private Entry member(String name) {
    if (!name.equals(METADATA)) {
      return entry(name);
    }
    if (peek() != '{') {
      throw unexpected(orMalformed(Problem.METADATA_NOT_STRINGS), "an object as %s", METADATA);
    }
    metadata =
        object(
            new Function<>() {
              @Override
              public String apply(String key) {
                return metadataValue(key);
              }
            });
    return null;
  }

  private String metadataValue(String key) {
    if (peek() != '"') {
      Problem problem = orMalformed(Problem.METADATA_NOT_STRINGS);
      throw unexpected(problem, "a string as %s of %s", key, METADATA);
    }
    return string();
  }

  private Entry entry(String name) {
    Map<String, Object> fields =
        object(
            new Function<>() {
              @Override
              public Object apply(String field) {
                return field(name, field);
              }
            });
    for (String field : FIELDS) {
      if (!fields.containsKey(field)) {
        throw refuse(Problem.FIELD_MISSING, "%s has no %s", name, field);
      }
    }
    long[] shape = (long[]) fields.get("shape");
    long[] offsets = (long[]) fields.get("data_offsets");
    if (offsets.length != 2) {
      String count = "`data_offsets` of %s must be two integers, found %s";
      throw refuse(Problem.OFFSETS_INVALID, count, name, offsets.length);
    }
    int[] dimensions = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      dimensions[i] = (int) shape[i];
    }
    return checked(
        new Entry(name, (Dtype) fields.get("dtype"), dimensions, offsets[0], offsets[1]));
  }

  private Object field(String name, String field) {
    return switch (field) {
      case "dtype" -> dtype(name, string());
      case "shape" -> integers(name, field, Problem.SHAPE_INVALID, Integer.MAX_VALUE);
      case "data_offsets" -> integers(name, field, Problem.OFFSETS_INVALID, MAX_OFFSET);
      default -> {
        String fact = "%s has a field %s, the format knows `dtype`, `shape` and `data_offsets`";
        throw refuse(Problem.FIELD_UNKNOWN, fact, name, field);
      }
    };
  }

  private Dtype dtype(String name, String dtype) {
    for (Dtype known : DTYPES) {
      if (known.name().equals(dtype)) {
        return known;
      }
    }
    String all = Arrays.toString(DTYPES);
    throw refuse(Problem.DTYPE_UNKNOWN, "%s has dtype %s, which is none of " + all, name, dtype);
  }

  private Entry checked(Entry entry) {
    if (entry.begin > entry.end) {
      String fact = "%s begins at byte %s of the data, after its end at %s";
      throw refuse(Problem.OFFSETS_REVERSED, fact, entry.name, entry.begin, entry.end);
    }
    long bits = entry.dtype.bits();
    try {
      for (int dimension : entry.shape) {
        bits = Math.multiplyExact(bits, dimension);
      }
    } catch (ArithmeticException e) {
      String fact = "%s of shape %s has more bits than 64-bit integers count";
      throw refuse(Problem.SHAPE_OVERFLOW, fact, entry.name, Arrays.toString(entry.shape));
    }
    long span = entry.end - entry.begin;
    if (bits != 8 * span) {
      String shape = Arrays.toString(entry.shape);
      BigDecimal bytes = BigDecimal.valueOf(bits).divide(BigDecimal.valueOf(8));
      String fact = "%s of shape %s and dtype %s takes %s bytes, its `data_offsets` span %s";
      throw refuse(Problem.LENGTH_MISMATCH, fact, entry.name, shape, entry.dtype, bytes, span);
    }
    return entry;
  }

  private long contiguousLength() {
    List<Entry> byPlace = new ArrayList<>(entries.values());
    Collections.sort(byPlace);
    Entry last = new Entry("", Dtype.U8, new int[0], 0, 0);
    for (Entry entry : byPlace) {
      if (entry.begin < last.end) {
        String fact = "%s begins at byte %s of the data, inside %s, which takes bytes %s to %s";
        throw refuse(
            Problem.OVERLAP, fact, entry.name, entry.begin, last.name, last.begin, last.end - 1);
      }
      if (entry.begin > last.end) {
        String fact = "bytes %s to %s of the data, before %s, belong to no tensor";
        throw refuse(Problem.HOLE, fact, last.end, entry.begin - 1, entry.name);
      }
      last = entry;
    }
    return last.end;
  }

  private void checkUtf8() {
    ByteBuffer bytes = ByteBuffer.wrap(text);
    try {
      UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      String fact = "header byte %s is not UTF-8";
      throw refuse(Problem.HEADER_NOT_UTF8, fact, bytes.position());
    }
  }

  /**
   * Reads an object; {@code value} reads what follows the colon of the key it is given. It is a
   * class, as a process's first lambda takes longer to link than a header to read.
   */
  private <V> Map<String, V> object(Function<String, V> value) {
    Map<String, V> members = new LinkedHashMap<>();
    step('{');
    if (next() == '}') {
      at++;
      return members;
    }
    do {
      int start = at;
      String key = string();
      if (members.containsKey(key)) {
        throw refuse(Problem.DUPLICATE_KEY, "header byte %s: %s comes twice", start, key);
      }
      step(':');
      next();
      members.put(key, value.apply(key));
    } while (more('}'));
    return members;
  }

  private long[] integers(String name, String field, Problem problem, long max) {
    String expected = "a list of non-negative integers as %s of %s";
    if (peek() != '[') {
      throw unexpected(orMalformed(problem), expected, field, name);
    }
    at++;
    long[] integers = new long[4];
    int count = 0;
    if (next() == ']') {
      at++;
      return new long[0];
    }
    do {
      int first = next();
      String word = word();
      if (first == '[' || first == '{') {
        throw unexpected(Problem.HEADER_TOO_DEEP, expected, field, name);
      }
      if (!isNatural(word)) {
        throw unexpected(orMalformed(problem), expected, field, name);
      }
      if (word.length() > 18 || Long.parseLong(word) > max) {
        throw unexpected(Problem.NUMBER_TOO_LARGE, "%s at most in %s of %s", max, field, name);
      }
      integers = count < integers.length ? integers : Arrays.copyOf(integers, 2 * count);
      integers[count++] = Long.parseLong(word);
      at += word.length();
    } while (more(']'));
    return Arrays.copyOf(integers, count);
  }

  private static boolean isNatural(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return false;
      }
    }
    return !word.isEmpty() && (word.length() == 1 || word.charAt(0) != '0');
  }

  private String string() {
    step('"');
    int start = at;
    String plain = run();
    if (peek() == '"') {
      at++;
      return plain;
    }
    StringBuilder string = new StringBuilder(plain);
    while (peek() != '"') {
      if (peek() != '\\') {
        throw unexpected(Problem.HEADER_MALFORMED, "`\"`");
      }
      string.append(escape()).append(run());
    }
    at++;
    if (!UTF_8.newEncoder().canEncode(string)) {
      at = start;
      throw unexpected(Problem.HEADER_MALFORMED, "surrogates in pairs");
    }
    return string.toString();
  }

  /** What stands here as it is meant, up to a quote, an escape or a control character. */
  private String run() {
    int start = at;
    for (int c = peek(); c >= ' ' && c != '"' && c != '\\'; c = peek()) {
      at++;
    }
    return new String(text, start, at - start, UTF_8);
  }

  private char escape() {
    at++;
    int plain = "\"\\/bfnrt".indexOf(peek());
    if (plain >= 0) {
      at++;
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    if (peek() != 'u') {
      throw unexpected(Problem.HEADER_MALFORMED, "one of `\"\\/bfnrtu`");
    }
    at++;
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      if (!HexFormat.isHexDigit(peek())) {
        throw unexpected(Problem.HEADER_MALFORMED, "four hexadecimal digits");
      }
      code = code << 4 | HexFormat.fromHexDigit(peek());
    }
    return (char) code;
  }

  /** Steps over a comma, or over {@code close} and says no. */
  private boolean more(char close) {
    if (next() == ',') {
      at++;
      next();
      return true;
    }
    if (peek() != close) {
      throw unexpected(Problem.HEADER_MALFORMED, "`,` or `" + close + "`");
    }
    at++;
    return false;
  }

  private void step(char expected) {
    if (next() != expected) {
      throw unexpected(Problem.HEADER_MALFORMED, "`" + expected + "`");
    }
    at++;
  }

  /** The byte after any white space, -1 at the end. */
  private int next() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      at++;
    }
    return peek();
  }

  private int peek() {
    return at < text.length ? text[at] & 0xff : -1;
  }

  /** What stands here, up to white space or punctuation; empty only at the end. */
  private String word() {
    int end = at;
    while (end < text.length && " \t\r\n:,]}".indexOf(text[end]) < 0) {
      end++;
    }
    end = Math.max(end, Math.min(at + 1, text.length));
    return new String(text, at, end - at, UTF_8);
  }

  /** {@code problem} if a JSON value stands here, though of the wrong kind. */
  private Problem orMalformed(Problem problem) {
    return "\"{[-0123456789tfn".indexOf(peek()) >= 0 ? problem : Problem.HEADER_MALFORMED;
  }

  private WeightsException unexpected(Problem problem, String expected, Object... args) {
    String word = word();
    String found = word.isEmpty() ? "its end" : fact("%s", word);
    return new WeightsException(
        problem,
        source,
        "header byte " + at + ": expected " + fact(expected, args) + ", found " + found);
  }

  private WeightsException refuse(Problem problem, String fact, Object... args) {
    return WeightsException.of(problem, source, fact, args);
  }
}
