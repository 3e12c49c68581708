package dev.mbnet.files;

import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.weights.Imported;
import dev.mbnet.compiler.weights.Importer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models of other formats on disk. */
public final class ImportedFile {

  private ImportedFile() {}

  /**
   * The weights of {@code network} from a model's file and those beside it; see {@link Importer}.
   *
   * @throws UnusableFile if the file is a folder, or too large
   */
  public static Imported read(ResolvedNetwork network, Path model) throws IOException {
    InputFile.refuseFolder(model, "a model file");
    try {
      return Importer.read(network, bytes(model), new FilesBeside(model));
    } catch (OutOfMemoryError e) {
      throw UnusableFile.outOfMemory(model);
    }
  }

  /** Reads no further than the limit, since a pipe does not say how much will come. */
  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) <= Importer.LARGEST) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(Importer.LARGEST + 1);
        if (bytes.length <= Importer.LARGEST) {
          return bytes;
        }
      }
    }
    throw new UnusableFile(file + " has more than " + Importer.LARGEST + " bytes");
  }
}
