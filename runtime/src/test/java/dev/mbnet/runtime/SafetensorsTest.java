package dev.mbnet.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import dev.mbnet.runtime.Safetensors.Dtype;
import dev.mbnet.runtime.WeightsException.Problem;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {

  /** As safetensors 0.8.0 for Python writes it. */
  private static final String REFERENCE_HEADER =
      "{\"__metadata__\":{\"format\":\"pt\",\"k\\\"\\n\":\"v\\\\\"},"
          + "\"é☃😀\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
          + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[8,32]},"
          + "\"z\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[32,32]},"
          + "\"b\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[32,40]}}       ";

  private static final byte[] REFERENCE =
      file(
          REFERENCE_HEADER,
          ByteBuffer.allocate(40)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(7)
              .putFloat(0)
              .putFloat(1)
              .putFloat(2)
              .putFloat(3)
              .putFloat(4)
              .putFloat(5)
              .putShort((short) 0)
              .putShort((short) 0x3c00)
              .putShort((short) 0x4000)
              .putShort((short) 0x4200)
              .array());

  @Test
  void readsWhatTheReferenceImplementationWrites() throws IOException {
    Safetensors tensors = read(REFERENCE);
    assertEquals("test", tensors.source());
    assertEquals(List.of("é☃😀", "a.weight", "z", "b"), List.copyOf(tensors.names()));
    assertEquals(Map.of("format", "pt", "k\"\n", "v\\"), tensors.metadata());
    assertEquals(Dtype.I64, tensors.dtype("é☃😀"));
    assertArrayEquals(new int[0], tensors.shape("é☃😀"));
    assertEquals(Dtype.F32, tensors.dtype("a.weight"));
    assertArrayEquals(new int[] {2, 3}, tensors.shape("a.weight"));
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, tensors.floats("a.weight"));
    assertArrayEquals(new int[] {0, 3}, tensors.shape("z"));
    assertArrayEquals(new float[0], tensors.floats("z"));
    assertArrayEquals(new float[] {0, 1, 2, 3}, tensors.floats("b"));
  }

  @Test
  void readsAFileAndNamesItInMessages(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("m.safetensors");
    Files.write(file, REFERENCE);
    Safetensors tensors = Safetensors.read(file);
    Files.write(file, new byte[3]);
    assertArrayEquals(new float[] {0, 1, 2, 3}, tensors.floats("b"));
    WeightsException e = assertThrows(WeightsException.class, () -> Safetensors.read(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
  }

  @Test
  void readsAStreamThatTricklesAndDoesNotSayHowMuchIsLeft() throws IOException {
    byte[] data = new byte[400_000];
    new Random(1).nextBytes(data);
    byte[] file = file("{" + tensor("a", "F32", "[100,1000]", 0, data.length) + "}", data);
    Safetensors tensors = Safetensors.read(new Trickle(file), "test");
    float[] expected = new float[100_000];
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(expected);
    assertArrayEquals(expected, tensors.floats("a"));
  }

  @Test
  void givesFreshArraysAndUnmodifiableViews() throws IOException {
    Safetensors tensors = read(REFERENCE);
    tensors.shape("b")[0] = 9;
    tensors.floats("b")[0] = 9;
    assertArrayEquals(new int[] {4}, tensors.shape("b"));
    assertArrayEquals(new float[] {0, 1, 2, 3}, tensors.floats("b"));
    assertThrows(UnsupportedOperationException.class, () -> tensors.names().clear());
    assertThrows(UnsupportedOperationException.class, () -> tensors.metadata().clear());
  }

  @Test
  void readsEveryFormTheFormatAllows() throws IOException {
    assertEquals(Set.of(), read(file("{}", 0)).names());
    assertEquals(Map.of(), read(file("{\"__metadata__\":{}}  ", 0)).metadata());
    Safetensors tensors =
        read(
            file(
                "{ \"b\" :\t{\"shape\":\r\n[ 1 , 1 ],\"data_offsets\": [4 ,8] , \"dtype\":\"F32\"},"
                    + tensor("\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83d\\uDE00", "F32", "[1]", 0, 4)
                    + ","
                    + tensor("", "F4", "[2]", 8, 9)
                    + "}",
                9));
    assertEquals(List.of("b", "\"\\/\b\f\n\r\té😀", ""), List.copyOf(tensors.names()));
    assertArrayEquals(new int[] {1, 1}, tensors.shape("b"));
  }

  @ParameterizedTest
  @EnumSource
  void readsEveryDtype(Dtype dtype) throws IOException {
    byte[] file = file("{" + tensor("a", dtype.name(), "[8]", 0, dtype.bits()) + "}", dtype.bits());
    assertEquals(dtype, read(file).dtype("a"));
  }

  @Test
  void keepsEveryBitOfF32() throws IOException {
    int[] bits = {0, 0x80000000, 1, 0x807fffff, 0x7f800000, 0xff800000, 0x7fc00001, 0x3f800001};
    ByteBuffer data = ByteBuffer.allocate(4 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asIntBuffer().put(bits);
    String header = "{" + tensor("a", "F32", "[8]", 0, 32) + "}";
    float[] floats = read(file(header, data.array())).floats("a");
    for (int i = 0; i < bits.length; i++) {
      assertEquals(bits[i], Float.floatToRawIntBits(floats[i]));
    }
  }

  @Test
  void convertsEveryF16() throws IOException {
    assertConverts("F16", 5, 10);
  }

  @Test
  void convertsEveryBf16() throws IOException {
    assertConverts("BF16", 8, 7);
  }

  private static void assertConverts(String dtype, int exponentBits, int mantissaBits)
      throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (int pattern = 0; pattern < 1 << 16; pattern++) {
      data.putShort((short) pattern);
    }
    String header = "{" + tensor("a", dtype, "[256,256]", 0, 2 << 16) + "}";
    float[] floats = read(file(header, data.array())).floats("a");
    int bias = (1 << exponentBits - 1) - 1;
    for (int pattern = 0; pattern < 1 << 16; pattern++) {
      int exponent = pattern >> mantissaBits & (1 << exponentBits) - 1;
      double fraction = (pattern & (1 << mantissaBits) - 1) / (double) (1 << mantissaBits);
      double magnitude;
      if (exponent == 0) {
        magnitude = fraction * Math.pow(2, 1 - bias);
      } else if (exponent <= 2 * bias) {
        magnitude = (1 + fraction) * Math.pow(2, exponent - bias);
      } else {
        magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      }
      double expected = pattern < 1 << 15 ? magnitude : -magnitude;
      assertEquals(expected, (double) floats[pattern], () -> dtype);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  void refuses(Problem problem, String message, byte[] file) {
    WeightsException e = assertThrows(WeightsException.class, () -> read(file).floats("a"));
    assertEquals("test: " + message, e.getMessage());
    assertEquals(problem, e.problem());
  }

  @Test
  void everyProblemOfAFileIsRefusedAbove() {
    Set<Object> refused = refusals().map(r -> r.get()[0]).collect(Collectors.toSet());
    assertEquals(EnumSet.complementOf(EnumSet.of(Problem.MISMATCH)), refused);
  }

  static Stream<Arguments> refusals() {
    String a = tensor("a", "F32", "[2]", 0, 8);
    return Stream.of(
        refusal(
            Problem.TOO_SHORT,
            "the header's length takes 8 bytes, 7 are there; was the file cut short?",
            new byte[7]),
        refusal(
            Problem.HEADER_TOO_LARGE,
            "the header claims 100000001 bytes, 100000000 is the most;"
                + " is this a Git LFS pointer or a PyTorch file?",
            ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_001).array()),
        refusal(
            Problem.HEADER_TOO_LARGE,
            "the header claims 18446744073709551615 bytes, 100000000 is the most;"
                + " is this a Git LFS pointer or a PyTorch file?",
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'}),
        refusal(
            Problem.HEADER_TRUNCATED,
            "the header claims 3 bytes, 2 are there; was the file cut short?",
            new byte[] {3, 0, 0, 0, 0, 0, 0, 0, '{', '}'}),
        refusal(Problem.HEADER_START, "header byte 0: expected `{`, found its end", file("", 8)),
        refusal(Problem.HEADER_START, "header byte 0: expected `{`, found `[`", file("[]", 0)),
        refusal(Problem.HEADER_START, "header byte 0: expected `{`, found ` `", file(" {}", 0)),
        refusal(
            Problem.HEADER_NOT_UTF8,
            "header byte 2 is not UTF-8",
            file("{\"\u00e9\":1}".getBytes(ISO_8859_1), new byte[0])),
        malformed(1, "`\"`", "`a`", "{a:1}"),
        malformed(1, "`\"`", "its end", "{"),
        malformed(3, "`\"`", "its end", "{\"a"),
        malformed(3, "`\"`", "`\\u{a}`", "{\"a\n\":1}"),
        malformed(3, "one of `\"\\/bfnrtu`", "`x\"`", "{\"\\x\"}"),
        malformed(7, "four hexadecimal digits", "`g\"`", "{\"\\u00eg\"}"),
        malformed(2, "surrogates in pairs", "`\\ud83d\"`", "{\"\\ud83d\"}"),
        malformed(2, "surrogates in pairs", "`\\ude00\\ud83d\"`", "{\"\\ude00\\ud83d\"}"),
        malformed(4, "`:`", "`}`", "{\"a\"}"),
        malformed(5, "`{`", "`1`", "{\"a\":1}"),
        malformed(5, "`{`", "`//`", "{\"a\"://\n{}}"),
        malformed(14, "`\"`", "`1`", "{\"a\":{\"dtype\":1}}"),
        malformed(
            14,
            "a list of non-negative integers as `shape` of `a`",
            "`NaN`",
            "{\"a\":{\"shape\":NaN}}"),
        malformed(
            17,
            "a list of non-negative integers as `shape` of `a`",
            "`]`",
            "{\"a\":{\"shape\":[1,]}}"),
        malformed(17, "`,` or `]`", "`2`", "{\"a\":{\"shape\":[1 2]}}"),
        malformed(a.length() + 1, "`,` or `}`", "its end", "{" + a),
        malformed(a.length() + 2, "`\"`", "`}`", "{" + a + ",}"),
        malformed(16, "an object as `__metadata__`", "`}`", "{\"__metadata__\":}"),
        malformed(21, "a string as `k` of `__metadata__`", "`,`", "{\"__metadata__\":{\"k\":,}}"),
        refusal(
            Problem.HEADER_TRAILING,
            "header byte 3: expected nothing but spaces after `}`, found `{`",
            file("{} {}", 0)),
        refusal(
            Problem.HEADER_TRAILING,
            "header byte 2: expected nothing but spaces after `}`, found `\\u{0}`",
            file("{}\0", 0)),
        refusal(
            Problem.HEADER_TOO_DEEP,
            "header byte 15: expected a list of non-negative integers as `shape` of `a`,"
                + " found `[2`",
            file("{\"a\":{\"shape\":[[2],[3]]}}", 0)),
        refusal(
            Problem.HEADER_TOO_DEEP,
            "header byte 22: expected a list of non-negative integers as `data_offsets` of `a`,"
                + " found `"
                + "[".repeat(200)
                + "...`",
            file("{\"a\":{\"data_offsets\":[" + "[".repeat(100_000), 0)),
        refusal(
            Problem.DUPLICATE_KEY,
            "header byte " + (a.length() + 2) + ": `a` comes twice",
            file("{" + a + "," + a + "}", 8)),
        refusal(
            Problem.DUPLICATE_KEY,
            "header byte 18: `shape` comes twice",
            file("{\"a\":{\"shape\":[1],\"shape\":[1]}}", 4)),
        refusal(
            Problem.DUPLICATE_KEY,
            "header byte 24: `k` comes twice",
            file("{\"__metadata__\":{\"k\":\"\",\"\\u006b\":\"\"}}", 0)),
        refusal(
            Problem.DUPLICATE_KEY,
            "header byte 19: `__metadata__` comes twice",
            file("{\"__metadata__\":{},\"__metadata__\":{}}", 0)),
        refusal(Problem.FIELD_MISSING, "`a` has no `dtype`", file("{\"a\":{}}", 0)),
        refusal(
            Problem.FIELD_MISSING,
            "`a` has no `data_offsets`",
            file("{\"a\":{\"shape\":[1],\"dtype\":\"F32\"}}", 4)),
        refusal(
            Problem.FIELD_UNKNOWN,
            "`a` has a field `stride`, the format knows `dtype`, `shape` and `data_offsets`",
            file("{\"a\":{\"stride\":[1]}}", 0)),
        refusal(
            Problem.DTYPE_UNKNOWN,
            "`a` has dtype `f32`, which is none of [BOOL, F4, F6_E2M3, F6_E3M2, U8, I8, F8_E5M2,"
                + " F8_E4M3, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ, I16, U16, F16, BF16, I32, U32, F32,"
                + " C64, F64, I64, U64]",
            file("{\"a\":{\"dtype\":\"f32\"}}", 0)),
        notIntegers(Problem.SHAPE_INVALID, "shape", 14, "`4`", "4"),
        notIntegers(Problem.SHAPE_INVALID, "shape", 14, "`{\"x\"`", "{\"x\":1}"),
        notIntegers(Problem.SHAPE_INVALID, "shape", 17, "`-1`", "[2,-1]"),
        notIntegers(Problem.SHAPE_INVALID, "shape", 15, "`1.0`", "[1.0]"),
        notIntegers(Problem.SHAPE_INVALID, "shape", 15, "`1e3`", "[1e3]"),
        notIntegers(Problem.SHAPE_INVALID, "shape", 15, "`01`", "[01]"),
        notIntegers(Problem.SHAPE_INVALID, "shape", 15, "`null`", "[null]"),
        notIntegers(Problem.SHAPE_INVALID, "shape", 15, "`\"2\"`", "[\"2\"]"),
        notIntegers(Problem.OFFSETS_INVALID, "data_offsets", 21, "`8`", "8"),
        notIntegers(Problem.OFFSETS_INVALID, "data_offsets", 22, "`-0`", "[-0,8]"),
        refusal(
            Problem.OFFSETS_INVALID,
            "`data_offsets` of `a` must be two integers, found 3",
            file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}", 8)),
        refusal(
            Problem.NUMBER_TOO_LARGE,
            "header byte 15: expected 2147483647 at most in `shape` of `a`, found `2147483648`",
            file("{\"a\":{\"shape\":[2147483648]}}", 0)),
        refusal(
            Problem.NUMBER_TOO_LARGE,
            "header byte 24: expected 999999999999999999 at most in `data_offsets` of `a`,"
                + " found `18446744073709551617`",
            file("{\"a\":{\"data_offsets\":[0,18446744073709551617]}}", 0)),
        refusal(
            Problem.SHAPE_OVERFLOW,
            "`a` of shape `[2147483647, 2147483647, 4]` has more bits than 64-bit integers count",
            file("{" + tensor("a", "U8", "[2147483647,2147483647,4]", 0, 8) + "}", 8)),
        refusal(
            Problem.OFFSETS_REVERSED,
            "`a` begins at byte 8 of the data, after its end at 0",
            file("{" + tensor("a", "F32", "[2]", 8, 0) + "}", 8)),
        refusal(
            Problem.LENGTH_MISMATCH,
            "`a` of shape `[2, 3]` and dtype `F32` takes 24 bytes, its `data_offsets` span 20",
            file("{" + tensor("a", "F32", "[2,3]", 0, 20) + "}", 20)),
        refusal(
            Problem.LENGTH_MISMATCH,
            "`a` of shape `[3]` and dtype `F4` takes 1.5 bytes, its `data_offsets` span 2",
            file("{" + tensor("a", "F4", "[3]", 0, 2) + "}", 2)),
        refusal(
            Problem.OVERLAP,
            "`b` begins at byte 4 of the data, inside `a`, which takes bytes 0 to 7",
            file("{" + tensor("b", "F32", "[2]", 4, 12) + "," + a + "}", 12)),
        refusal(
            Problem.HOLE,
            "bytes 8 to 11 of the data, before `b`, belong to no tensor",
            file("{" + tensor("b", "F32", "[1]", 12, 16) + "," + a + "}", 16)),
        refusal(
            Problem.HOLE,
            "bytes 0 to 0 of the data, before `b`, belong to no tensor",
            file("{" + tensor("b", "U8", "[1]", 1, 2) + "}", 2)),
        refusal(
            Problem.DATA_TOO_LARGE,
            "the tensors take 10000000000 bytes, 2147483639 is the most that can be held",
            file("{" + tensor("a", "F32", "[50000,50000]", 0, 10_000_000_000L) + "}", 8)),
        refusal(
            Problem.DATA_TRUNCATED,
            "the tensors take 8 bytes, 7 are there; was the file cut short?",
            file("{" + a + "}", 7)),
        refusal(
            Problem.DATA_TRAILING, "the tensors take 8 bytes, 9 are there", file("{" + a + "}", 9)),
        refusal(
            Problem.DATA_TRAILING,
            "the tensors take 0 bytes, 65536 or more are there",
            file("{}", 100_000)),
        refusal(
            Problem.METADATA_NOT_STRINGS,
            "header byte 16: expected an object as `__metadata__`, found `null`",
            file("{\"__metadata__\":null}", 0)),
        refusal(
            Problem.METADATA_NOT_STRINGS,
            "header byte 21: expected a string as `k` of `__metadata__`, found `[1`",
            file("{\"__metadata__\":{\"k\":[1]}}", 0)),
        refusal(Problem.TENSOR_UNKNOWN, "no tensor is named `a`", file("{}", 0)),
        refusal(
            Problem.DTYPE_NOT_FLOAT,
            "`a` is of dtype `F64`, only F32, F16 and BF16 are read as floats",
            file("{" + tensor("a", "F64", "[1]", 0, 8) + "}", 8)));
  }

  private static Arguments refusal(Problem problem, String message, byte[] file) {
    return arguments(problem, message, file);
  }

  private static Arguments malformed(int at, String expected, String found, String header) {
    String message = "header byte " + at + ": expected " + expected + ", found " + found;
    return refusal(Problem.HEADER_MALFORMED, message, file(header, 0));
  }

  private static Arguments notIntegers(
      Problem problem, String field, int at, String found, String value) {
    String expected = "a list of non-negative integers as `" + field + "` of `a`";
    String message = "header byte " + at + ": expected " + expected + ", found " + found;
    return refusal(problem, message, file("{\"a\":{\"" + field + "\":" + value + "}}", 0));
  }

  @Test
  void aNameFromTheFileCannotBreakOrFloodTheMessage() throws IOException {
    Safetensors tensors = read(file("{}", 0));
    String hostile = "%s\u001b[31m\n\u202e\u2028" + "x".repeat(1_000_000);
    WeightsException e = assertThrows(WeightsException.class, () -> tensors.floats(hostile));
    String shown = "%s\\u{1b}[31m\\u{a}\\u{202e}\\u{2028}" + "x".repeat(190) + "...";
    assertEquals("test: no tensor is named `" + shown + "`", e.getMessage());
  }

  @Test
  void aClaimThatIsNotThereTakesNoMemory() {
    byte[] header = file("{", 91);
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_000);
    byte[] twoGigabytes = file("{" + tensor("a", "U8", "[2000000000]", 0, 2_000_000_000) + "}", 8);
    byte[] tenGigabytes =
        file("{" + tensor("a", "F32", "[50000,50000]", 0, 10_000_000_000L) + "}", 8);
    for (byte[] file : List.of(header, twoGigabytes, tenGigabytes)) {
      InputStream in = new Trickle(file);
      long before = allocated();
      assertThrows(WeightsException.class, () -> Safetensors.read(in, "test"));
      assertTrue(allocated() - before < 1 << 20);
    }
  }

  @Test
  void aDamagedFileIsReadOrRefusedInLittleMemory() throws IOException {
    Random random = new Random(42);
    read(REFERENCE);
    for (int round = 0; round < 20_000; round++) {
      byte[] file = damaged(random);
      long before = allocated();
      try {
        Safetensors tensors = read(file);
        for (String name : tensors.names()) {
          if (EnumSet.of(Dtype.F32, Dtype.F16, Dtype.BF16).contains(tensors.dtype(name))) {
            int elements = Arrays.stream(tensors.shape(name)).reduce(1, (x, y) -> x * y);
            assertEquals(elements, tensors.floats(name).length);
          }
        }
      } catch (WeightsException e) {
        assertTrue(e.getMessage().length() < 1000 && e.getMessage().lines().count() == 1);
      }
      assertTrue(allocated() - before < 1 << 20, "round " + round);
    }
  }

  private static byte[] damaged(Random random) {
    List<String> splices =
        List.of("\"", "{", "}", "[", "]", ",", ":", "0", "-", "9".repeat(30), "\\ud800", "null");
    StringBuilder file = new StringBuilder(new String(REFERENCE, ISO_8859_1));
    for (int damage = random.nextInt(3); damage >= 0 && file.length() > 8; damage--) {
      int at = random.nextInt(file.length());
      int end = Math.min(file.length(), at + 1 + random.nextInt(20));
      switch (random.nextInt(6)) {
        case 0 -> file.setCharAt(at, (char) random.nextInt(256));
        case 1 -> file.setCharAt(at, (char) (file.charAt(at) ^ 1 << random.nextInt(8)));
        case 2 -> file.setCharAt(at, (char) ('0' + random.nextInt(10)));
        case 3 -> file.delete(at, end);
        case 4 -> file.insert(random.nextInt(file.length()), file.substring(at, end));
        default -> file.insert(at, splices.get(random.nextInt(splices.size())));
      }
    }
    int data = file.lastIndexOf("}       ") + 8;
    if (data > 8 && random.nextBoolean()) {
      byte[] header = file.substring(8, data).getBytes(ISO_8859_1);
      return file(header, file.substring(data).getBytes(ISO_8859_1));
    }
    return file.toString().getBytes(ISO_8859_1);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static Safetensors read(byte[] file) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(file), "test");
  }

  private static String tensor(String name, String dtype, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%s,%s]}"
        .formatted(name, dtype, shape, begin, end);
  }

  private static byte[] file(String header, int dataLength) {
    return file(header, new byte[dataLength]);
  }

  private static byte[] file(String header, byte[] data) {
    return file(header.getBytes(UTF_8), data);
  }

  private static byte[] file(byte[] header, byte[] data) {
    return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(data)
        .array();
  }

  /** Gives a few bytes a call, as a socket may, and knows nothing of the rest. */
  private static final class Trickle extends FilterInputStream {
    Trickle(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return super.read(bytes, offset, Math.min(length, 7));
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
