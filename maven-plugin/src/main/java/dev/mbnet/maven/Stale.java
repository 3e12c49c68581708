package dev.mbnet.maven;

import dev.mbnet.compiler.codegen.JavaFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes what earlier runs left of models that are gone, and nothing else: what a file's first
 * words or its bytes do not show to be a run's stays.
 *
 * @param target the source root with generated classes
 * @param classes the folder with their class files and with copies of models
 */
record Stale(Path target, Path classes) {

  /**
   * Deletes generated classes, with their class files: javac would leave those where no source is
   * left.
   *
   * @param earlier by path
   * @param current the paths to keep
   * @return the sources that are gone
   */
  List<Path> deleteSources(Map<String, String> earlier, Set<String> current) throws IOException {
    List<Path> deleted = new ArrayList<>();
    for (String path : earlier.keySet()) {
      Path file = target.resolve(path);
      if (!current.contains(path) && isGenerated(file)) {
        Files.delete(file);
        deleted.add(file);
        deleteClassFiles(path);
        deleteEmpty(file.getParent(), target);
      }
    }
    return deleted;
  }

  /**
   * Deletes what lies among the class files and is as it was put there.
   *
   * @param earlier digests by path
   * @param current the paths to keep
   * @return how many files are gone
   */
  int deleteResources(Map<String, String> earlier, Set<String> current) throws IOException {
    int deleted = 0;
    for (Map.Entry<String, String> copy : earlier.entrySet()) {
      Path file = classes.resolve(copy.getKey());
      if (!current.contains(copy.getKey()) && Sha256.matches(file, copy.getValue())) {
        Files.delete(file);
        deleteEmpty(file.getParent(), classes);
        deleted++;
      }
    }
    return deleted;
  }

  private static boolean isGenerated(Path file) throws IOException {
    return Files.isRegularFile(file)
        && new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
            .startsWith(JavaFile.FIRST_WORDS);
  }

  private void deleteClassFiles(String source) throws IOException {
    Path folder = classes.resolve(source).getParent();
    String name = Path.of(source).getFileName().toString().replaceFirst("\\.java$", "");
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      String other = file.getFileName().toString();
      if (other.equals(name + ".class")
          || other.startsWith(name + "$") && other.endsWith(".class")) {
        Files.delete(file);
      }
    }
    deleteEmpty(folder, classes);
  }

  private static void deleteEmpty(Path folder, Path root) throws IOException {
    for (Path f = folder; !f.equals(root) && f.startsWith(root); f = f.getParent()) {
      try (Stream<Path> files = Files.list(f)) {
        if (files.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(f);
    }
  }
}
