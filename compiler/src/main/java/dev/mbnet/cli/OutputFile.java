package dev.mbnet.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that a command makes: whatever happens, it is either what it was or complete. */
final class OutputFile {

  private OutputFile() {}

  /** What goes into the file. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Refuses what cannot become a file, before any work is done for it. */
  static void check(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UserError("mbnet: " + file + " is a folder; name the file to write");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UserError("mbnet: there is no folder to write " + file + " into");
    }
  }

  /** Writes beside {@code file} first and then moves it there, in place of what was. */
  static void write(Path file, Content content) throws IOException {
    check(file);
    Path temporary = file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID());
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        content.write(out);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
