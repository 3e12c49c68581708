package dev.mbnet.cli;

import dev.mbnet.files.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the weights of a network. */
final class WeightsFile {

  private WeightsFile() {}

  /**
   * The safetensors file to read.
   *
   * @param model the {@code .mbnet} file
   * @param given the file that the user names, or null to look for {@code model}'s
   */
  static Path of(Path model, Path given) throws IOException {
    if (given != null) {
      return InputFile.of(given, "a safetensors file");
    }
    String name = model.getFileName().toString().replaceFirst("\\.mbnet$", "") + ".safetensors";
    Path beside = model.resolveSibling(name);
    if (Files.isRegularFile(beside)) {
      return beside;
    }
    Path classes = classes(model);
    List<Path> built = classes == null ? List.of() : named(name, classes);
    if (built.size() == 1) {
      return built.get(0);
    }
    if (built.size() > 1) {
      StringBuilder all = new StringBuilder("mbnet: there are several weights for " + model);
      built.forEach(path -> all.append("\n  ").append(path));
      throw new UserError(all + "\nname one with `--weights`");
    }
    throw new UserError(notFound(model, beside, classes));
  }

  private static String notFound(Path model, Path beside, Path classes) {
    StringBuilder text = new StringBuilder("mbnet: there are no weights for " + model);
    text.append("\n  not as ").append(beside);
    if (classes != null) {
      text.append("\n  not as ").append(beside.getFileName()).append(" below ").append(classes);
      text.append("\nbuild the module if its build makes them, name a file with `--weights`, or");
    } else {
      text.append("\nname a file with `--weights`, or");
    }
    text.append(" make one:\n  mbnet import ").append(model).append(" --from MODEL.onnx -o ");
    return text.append(beside).toString();
  }

  /** Where the Maven module of a file below {@code src/main/mbnet} puts what it makes, or null. */
  private static Path classes(Path model) {
    Path path = model.toAbsolutePath().normalize();
    for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
      boolean tests = folder.endsWith(Path.of("src", "test", "mbnet"));
      if (tests || folder.endsWith(Path.of("src", "main", "mbnet"))) {
        Path target = folder.resolve("../../../target").normalize();
        return shortest(target.resolve(tests ? "test-classes" : "classes"));
      }
    }
    return null;
  }

  private static Path shortest(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  private static List<Path> named(String name, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith(name))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
