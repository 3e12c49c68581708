package dev.mbnet.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that is made: whatever happens, it is either what it was or complete. */
public final class WholeFile {

  private WholeFile() {}

  /** What goes into the file. */
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Refuses what cannot become a file, before any work is done for it. */
  public static void check(Path file) throws UnusableFile {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UnusableFile(file + " is a folder; name the file to write");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UnusableFile("there is no folder to write " + file + " into");
    }
  }

  /**
   * Writes beside {@code file} first and then moves it there, in place of what was; a link stays
   * one, and what it leads to is replaced. Only what is no regular file, such as a pipe or {@code
   * /dev/stdout}, is written to as it is.
   */
  public static void write(Path file, Content content) throws IOException {
    check(file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      fill(file, content, StandardOpenOption.WRITE);
      return;
    }
    Path target = Files.exists(file) ? file.toRealPath() : file;
    Path unfinished = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
    try {
      fill(unfinished, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      move(unfinished, target);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** See {@link #write(Path, Content)}. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, out -> out.write(bytes));
  }

  private static void fill(Path file, Content content, StandardOpenOption... options)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, options))) {
      content.write(out);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
