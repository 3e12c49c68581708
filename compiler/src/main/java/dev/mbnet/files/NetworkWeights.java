package dev.mbnet.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the weights of networks lie that nobody says the place of. */
public final class NetworkWeights {

  private NetworkWeights() {}

  /**
   * The names that weights may have: of the network {@code Speck} of {@code speck.mbnet}, {@code
   * speck.safetensors} and then {@code Speck.safetensors}.
   */
  public static List<String> names(Path model, String network) {
    String base = model.getFileName().toString().replaceFirst("\\.mbnet$", "");
    return Stream.of(base, network).distinct().map(name -> name + ".safetensors").toList();
  }

  /** All files of these names below a folder, which need not be there, in the order of paths. */
  public static List<Path> below(Path folder, List<String> names) throws IOException {
    return find(folder, Integer.MAX_VALUE, names);
  }

  /** All files of these names in a folder itself. */
  public static List<Path> in(Path folder, List<String> names) throws IOException {
    return find(folder, 1, names);
  }

  private static List<Path> find(Path folder, int depth, List<String> names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files
          .filter(file -> names.contains(file.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
