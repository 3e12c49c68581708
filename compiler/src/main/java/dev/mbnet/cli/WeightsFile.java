package dev.mbnet.cli;

import dev.mbnet.files.InputFile;
import dev.mbnet.files.NetworkWeights;
import dev.mbnet.files.UnusableFile;
import dev.mbnet.runtime.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the weights of a network. */
final class WeightsFile {

  private WeightsFile() {}

  /**
   * The safetensors file to read. One beside the model comes before one that the module has built,
   * and one of the model's name, as an import mostly has, before one of the network's.
   *
   * @param model the {@code .mbnet} file
   * @param network the name of the network
   * @param given the file that the user names, or null to look for the network's
   */
  static Path of(Path model, String network, Path given) throws IOException {
    if (given != null) {
      return InputFile.of(given, "a safetensors file");
    }
    List<Path> beside =
        NetworkWeights.names(model, network).stream().map(model::resolveSibling).toList();
    for (Path file : beside) {
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    Path classes = classes(model);
    for (Path file : classes == null ? List.<Path>of() : beside) {
      List<Path> built = NetworkWeights.below(classes, List.of(file.getFileName().toString()));
      if (built.size() == 1) {
        return built.get(0);
      }
      if (built.size() > 1) {
        StringBuilder all = new StringBuilder("mbnet: there are several weights for " + model);
        built.forEach(path -> all.append("\n  ").append(path));
        throw new UserError(all + "\nname one with `--weights`");
      }
    }
    throw new UserError(notFound(model, beside, classes));
  }

  /** What is in a file that {@link #of} has found. */
  static Safetensors read(Path file) throws IOException {
    try {
      return Safetensors.read(file);
    } catch (OutOfMemoryError e) {
      throw UnusableFile.outOfMemory(file);
    }
  }

  private static String notFound(Path model, List<Path> beside, Path classes) {
    StringBuilder text = new StringBuilder("mbnet: there are no weights for " + model);
    text.append("\n  not as ").append(or(beside));
    if (classes != null) {
      text.append("\n  not as ").append(or(beside.stream().map(Path::getFileName).toList()));
      text.append(" below ").append(classes);
      text.append("\nbuild the module if its build makes them, name a file with `--weights`, or");
    } else {
      text.append("\nname a file with `--weights`, or");
    }
    text.append(" make one:\n  mbnet import ").append(model).append(" --from MODEL.onnx -o ");
    return text.append(beside.get(0)).toString();
  }

  private static String or(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(" or "));
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
}
