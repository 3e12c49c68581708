package dev.mbnet.maven;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.UUID;

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
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path unfinished = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(unfinished, bytes);
      move(unfinished, file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    return true;
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
