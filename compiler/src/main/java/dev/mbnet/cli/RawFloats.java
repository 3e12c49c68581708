package dev.mbnet.cli;

import dev.mbnet.files.InputFile;
import dev.mbnet.files.WholeFile;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.TensorInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of little-endian float32 in the order {@code [h][w][c]}, and nothing else. */
final class RawFloats {

  private RawFloats() {}

  /** Reads a tensor, whose file must have exactly its size. */
  static float[] read(Path file, TensorInfo info) throws IOException {
    InputFile.of(file, "a file of float32");
    long wanted = (long) info.length() * Float.BYTES;
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes((int) Math.min(wanted + 1, Integer.MAX_VALUE - 8));
    }
    if (bytes.length != wanted) {
      long size = bytes.length > wanted ? Math.max(bytes.length, Files.size(file)) : bytes.length;
      throw new UserError(
          "mbnet: %s has %d bytes; the input `%s` of %dx%dx%d floats takes %d"
              .formatted(
                  file, size, info.name(), info.height(), info.width(), info.channels(), wanted));
    }
    float[] values = new float[info.length()];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** Writes the outputs of a session's last run, one after another. */
  static void write(Path file, Session session, int outputs) throws IOException {
    WholeFile.write(
        file,
        out -> {
          for (int i = 0; i < outputs; i++) {
            float[] values = session.output(i);
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
            bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
            out.write(bytes.array());
          }
        });
  }
}
