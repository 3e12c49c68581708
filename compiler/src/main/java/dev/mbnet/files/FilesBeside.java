package dev.mbnet.files;

import dev.mbnet.compiler.weights.Beside;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files beside a model's on disk.
 *
 * @param model the model's file
 */
public record FilesBeside(Path model) implements Beside {

  @Override
  public Optional<byte[]> read(String path, int most) throws IOException {
    Path file;
    try {
      file = model.resolveSibling(path);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(in.readNBytes(most + 1));
    }
  }
}
