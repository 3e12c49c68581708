package dev.mbnet.maven;

import dev.mbnet.files.OutputFolder;
import dev.mbnet.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Files that goals leave behind: whole, or not at all. */
final class Output {

  private Output() {}

  /**
   * Writes a file unless it is as it should be already: then nothing that depends on it is done
   * again.
   *
   * @return whether it was written
   */
  static boolean write(Path file, byte[] bytes) throws IOException {
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return false;
    }
    OutputFolder.create(file.toAbsolutePath().getParent());
    WholeFile.write(file, bytes);
    return true;
  }
}
