package dev.mbnet.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** What all files that a command reads have in common. */
final class InputFile {

  private InputFile() {}

  /** Returns {@code file} if there is one; {@code wanted} is what it should be, as "a picture". */
  static Path of(Path file, String wanted) {
    if (Files.isDirectory(file)) {
      throw new UserError("mbnet: " + file + " is a folder; name " + wanted);
    }
    if (!Files.exists(file)) {
      throw new UserError("mbnet: no such file: " + file);
    }
    return file;
  }
}
