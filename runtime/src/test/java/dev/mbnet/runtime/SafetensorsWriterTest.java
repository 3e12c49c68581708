package dev.mbnet.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

  @TempDir Path directory;

  @Test
  void writesTheBytesOfTheReferenceImplementation() throws IOException {
    SafetensorsWriter writer =
        new SafetensorsWriter()
            .add("a.weight", new int[] {2, 2}, new float[] {1, -2, 0.5f, Float.POSITIVE_INFINITY})
            .add("quote\"\\\n\u0001é😀", new int[] {0, 3}, new float[0])
            .add("s", new int[0], new float[] {3});
    byte[] header =
        ("{\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
                + "\"quote\\\"\\\\\\n\\u0001é😀\":"
                + "{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[16,16]},"
                + "\"s\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[16,20]}}   ")
            .getBytes(UTF_8);
    ByteBuffer expected = ByteBuffer.allocate(8 + 200 + 20).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(200).put(header);
    expected.putFloat(1).putFloat(-2).putFloat(0.5f).putFloat(Float.POSITIVE_INFINITY).putFloat(3);
    assertArrayEquals(expected.array(), bytes(writer));
    assertArrayEquals("\10\0\0\0\0\0\0\0{}      ".getBytes(UTF_8), bytes(new SafetensorsWriter()));
  }

  @Test
  void whatIsWrittenReadsBack() throws IOException {
    Path file = directory.resolve("m.safetensors");
    int[] sizes = {0, 1, 16_383, 16_384, 16_385, 40_000};
    SafetensorsWriter writer = new SafetensorsWriter();
    Random random = new Random(3);
    float[][] values = new float[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      values[i] = new float[sizes[i]];
      for (int j = 0; j < sizes[i]; j++) {
        values[i][j] = Float.intBitsToFloat(random.nextInt());
      }
      writer.add("z" + (sizes.length - i), new int[] {1, sizes[i]}, values[i]);
    }
    Files.writeString(file, "an older file");
    writer.write(file);
    Safetensors read = Safetensors.read(file);
    assertEquals(List.of("z6", "z5", "z4", "z3", "z2", "z1"), List.copyOf(read.names()));
    for (int i = 0; i < sizes.length; i++) {
      assertArrayEquals(new int[] {1, sizes[i]}, read.shape("z" + (sizes.length - i)));
      assertArrayEquals(values[i], read.floats("z" + (sizes.length - i)));
    }
    assertEquals(List.of(file), list());
  }

  @Test
  void aFailedWriteLeavesWhatWasThereAndNothingElse() throws IOException {
    Path occupied = Files.createDirectories(directory.resolve("m/n")).getParent();
    SafetensorsWriter writer = new SafetensorsWriter().add("a", new int[] {1}, new float[1]);
    assertThrows(IOException.class, () -> writer.write(occupied));
    assertEquals(List.of(occupied), list());
  }

  @Test
  void refusesWhatNoFileCanHold() {
    SafetensorsWriter writer = new SafetensorsWriter().add("a", new int[] {1}, new float[1]);
    refuses("`a` is added twice", writer, "a", 1);
    refuses("`__metadata__` cannot be a tensor's name", writer, "__metadata__", 1);
    refuses("`\ud83d` cannot be a tensor's name", writer, "\ud83d", 1);
    refuses("`b` has a negative dimension in [-1, -1]", writer, "b", -1, -1);
    refuses("`b` of shape [2, 3] has 6 elements, 1 values are given", writer, "b", 2, 3);
    refuses(
        "`b` of shape [65536, 65536, 65536, 65536] has 18446744073709551616 elements,"
            + " 1 values are given",
        writer,
        "b",
        65536,
        65536,
        65536,
        65536);
  }

  private static void refuses(String message, SafetensorsWriter writer, String name, int... shape) {
    var e =
        assertThrows(IllegalArgumentException.class, () -> writer.add(name, shape, new float[1]));
    assertEquals(message, e.getMessage());
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static byte[] bytes(SafetensorsWriter writer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out);
    return out.toByteArray();
  }
}
