package dev.mbnet.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that files are written below, made where there are none. */
public final class OutputFolder {

  private OutputFolder() {}

  /** Refuses what cannot become a folder, before any work is done for it. */
  public static void check(Path folder) throws UnusableFile {
    for (Path path = folder; path != null && !Files.isDirectory(path); path = path.getParent()) {
      if (Files.exists(path)) {
        throw new UnusableFile(path + " is a file; a folder is wanted there");
      }
    }
  }

  /** Makes a folder, with those that it lies in. */
  public static void create(Path folder) throws IOException {
    check(folder);
    Files.createDirectories(folder);
  }
}
