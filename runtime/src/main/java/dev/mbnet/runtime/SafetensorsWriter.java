package dev.mbnet.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * Writes F32 tensors as a safetensors file. The same tensors added in the same order give the same
 * bytes.
 *
 * <p>Not safe for use by many threads. A mistake of the caller is an {@link
 * IllegalArgumentException}.
 */
public final class SafetensorsWriter {

  private record Tensor(int[] shape, float[] values) {}

  private static final int CHUNK = 1 << 16;

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** A file without tensors. */
  public SafetensorsWriter() {}

  /**
   * Adds a tensor after those already added.
   *
   * @param name neither added before nor {@code __metadata__}
   * @param shape the dimensions, outermost first, none for a scalar; copied
   * @param values the elements, row-major; not copied, so they must stay as they are until written
   * @return this
   */
  public SafetensorsWriter add(String name, int[] shape, float[] values) {
    if (name.equals("__metadata__") || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new IllegalArgumentException("`" + name + "` cannot be a tensor's name");
    }
    if (Arrays.stream(shape).anyMatch(dimension -> dimension < 0)) {
      throw new IllegalArgumentException(
          "`" + name + "` has a negative dimension in " + Arrays.toString(shape));
    }
    BigInteger elements =
        Arrays.stream(shape)
            .mapToObj(BigInteger::valueOf)
            .reduce(BigInteger.ONE, BigInteger::multiply);
    if (!elements.equals(BigInteger.valueOf(values.length))) {
      throw new IllegalArgumentException(
          "`%s` of shape %s has %s elements, %s values are given"
              .formatted(name, Arrays.toString(shape), elements, values.length));
    }
    if (tensors.putIfAbsent(name, new Tensor(shape.clone(), values)) != null) {
      throw new IllegalArgumentException("`" + name + "` is added twice");
    }
    return this;
  }

  /**
   * Writes a file, replacing one that is there. Whatever happens, {@code file} is either what it
   * was or complete: the bytes go to a temporary file beside it first.
   */
  public void write(Path file) throws IOException {
    Path temporary = file.resolveSibling(".safetensors-" + UUID.randomUUID());
    try {
      try (OutputStream out =
          Files.newOutputStream(
              temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        write(out);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes to a stream and leaves it open. */
  public void write(OutputStream out) throws IOException {
    byte[] json = header().getBytes(StandardCharsets.UTF_8);
    byte[] header = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(header, json.length, header.length, (byte) ' ');
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    out.write(chunk.putLong(0, header.length).array(), 0, Long.BYTES);
    out.write(header);
    for (Tensor tensor : tensors.values()) {
      FloatBuffer values = FloatBuffer.wrap(tensor.values);
      while (values.hasRemaining()) {
        int count = Math.min(values.remaining(), CHUNK / Float.BYTES);
        chunk.asFloatBuffer().put(values.slice(values.position(), count));
        out.write(chunk.array(), 0, count * Float.BYTES);
        values.position(values.position() + count);
      }
    }
  }

  private String header() {
    StringJoiner members = new StringJoiner(",", "{", "}");
    long begin = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      long end = begin + (long) Float.BYTES * tensor.getValue().values.length;
      String shape = Arrays.toString(tensor.getValue().shape).replace(" ", "");
      members.add(
          "%s:{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%s,%s]}"
              .formatted(json(tensor.getKey()), shape, begin, end));
      begin = end;
    }
    return members.toString();
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      int named = "\"\\\b\t\n\f\r".indexOf(c);
      if (named >= 0) {
        json.append('\\').append("\"\\btnfr".charAt(named));
      } else if (c < ' ') {
        json.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
