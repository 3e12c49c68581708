package dev.mbnet.files;

import java.nio.file.Files;
import java.nio.file.Path;

/** What all files that users name to be read have in common. */
public final class InputFile {

  private InputFile() {}

  /** Returns {@code file} if there is one; {@code wanted} is what it should be, as "a picture". */
  public static Path of(Path file, String wanted) throws UnusableFile {
    refuseFolder(file, wanted);
    if (!Files.exists(file)) {
      throw new UnusableFile("no such file: " + file);
    }
    return file;
  }

  /** Refuses a folder in place of what is {@code wanted}. */
  public static void refuseFolder(Path file, String wanted) throws UnusableFile {
    if (Files.isDirectory(file)) {
      throw new UnusableFile(file + " is a folder; name " + wanted);
    }
  }
}
