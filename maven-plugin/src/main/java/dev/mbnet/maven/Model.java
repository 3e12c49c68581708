package dev.mbnet.maven;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.files.DiskTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A {@code .mbnet} file on disk.
 *
 * @param file absolute, as messages call it, so that an IDE makes them links
 * @param name relative to the source root, with slashes, as generated code calls it
 * @param dependencies jars and folders that its imports may be in
 */
record Model(Path file, String name, List<Path> dependencies) {

  static Model of(Path sourceRoot, Path file, List<Path> dependencies) {
    Path absolute = file.toAbsolutePath().normalize();
    Path relative = sourceRoot.toAbsolutePath().normalize().relativize(absolute);
    return new Model(absolute, relative.toString().replace('\\', '/'), dependencies);
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
    DiskTexts texts = new DiskTexts(file, dependencies);
    return Compiler.check(new Compiler.Request(source, network, List.of(), texts));
  }

  private static String read(Path path) throws IOException {
    return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
  }
}
