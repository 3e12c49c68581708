package dev.mbnet.maven;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A {@code .mbnet} file on disk.
 *
 * @param file absolute, as messages call it, so that an IDE makes them links
 * @param name relative to the source root, with slashes, as generated code calls it
 */
record Model(Path file, String name) {

  static Model of(Path sourceRoot, Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path relative = sourceRoot.toAbsolutePath().normalize().relativize(absolute);
    return new Model(absolute, relative.toString().replace('\\', '/'));
  }

  /** The networks, which know the file by {@link #name}, and what there is to say about them. */
  Compiler.Checked check() throws IOException {
    return check(name, null);
  }

  /** What there is to say, in the way of {@link #file}. */
  Compiler.Checked explain(String network) throws IOException {
    return check(file.toString(), network);
  }

  private Compiler.Checked check(String calledBy, String network) throws IOException {
    SourceFile source = new SourceFile(calledBy, read(file));
    return Compiler.check(new Compiler.Request(source, network, List.of(), this::beside));
  }

  private Optional<String> beside(String relative) {
    try {
      Path path = file.resolveSibling(relative);
      return Files.isRegularFile(path) ? Optional.of(read(path)) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String read(Path path) throws IOException {
    return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
  }
}
