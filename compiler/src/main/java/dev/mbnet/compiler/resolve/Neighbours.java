package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.source.SourceFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The texts that files name, each path relative to the file that it stands in. */
final class Neighbours {
  private final Function<String, Optional<String>> beside;
  private final String folder;
  private final Map<SourceFile, String> paths = new HashMap<>();

  /** {@code beside} reads a text by its path from the folder of {@code main}. */
  Neighbours(SourceFile main, Function<String, Optional<String>> beside) {
    this.beside = beside;
    this.folder = folder(main.name());
    paths.put(main, main.name().substring(folder.length()));
  }

  /** The path of a file, or of what it names, from the main file's folder. */
  String path(SourceFile from) {
    return paths.get(from);
  }

  String path(SourceFile from, String relative) {
    return relative.startsWith("/") ? relative : normal(folder(paths.get(from)) + relative);
  }

  /** The text that {@code from} names. */
  Optional<String> read(SourceFile from, String relative) {
    return beside.apply(path(from, relative));
  }

  /** The file that {@code from} names; messages call it by its path beside the main file's. */
  Optional<SourceFile> open(SourceFile from, String relative) {
    String path = path(from, relative);
    return beside
        .apply(path)
        .map(
            text -> {
              SourceFile file = new SourceFile(path.startsWith("/") ? path : folder + path, text);
              paths.put(file, path);
              return file;
            });
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String normal(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/")) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.equals(".") && !part.isEmpty()) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
