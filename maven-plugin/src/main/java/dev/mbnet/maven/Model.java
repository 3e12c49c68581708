package dev.mbnet.maven;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Texts;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A {@code .mbnet} file on disk.
 *
 * @param root the source root, absolute
 * @param file absolute, as messages call it, so that an IDE makes them links
 * @param name relative to the source root, with slashes, as generated code calls it
 */
record Model(Path root, Path file, String name) {

  static Model of(Path sourceRoot, Path file) {
    Path root = sourceRoot.toAbsolutePath().normalize();
    Path absolute = file.toAbsolutePath().normalize();
    return new Model(root, absolute, name(root, absolute));
  }

  /** What a file below a source root is called, in generated code and in a jar. */
  static String name(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** What is written in it, right or wrong. */
  FileSyntax syntax() throws IOException {
    return Parser.parse(new SourceFile(name, text()), new Diagnostics());
  }

  /** The networks, which know the file by {@link #name}, and what there is to say about them. */
  Compiler.Checked check(List<String> settings, Texts texts) throws IOException {
    return check(name, null, settings, texts);
  }

  /** What there is to say, in the way of {@link #file}. */
  Compiler.Checked explain(String network, List<String> settings, Texts texts) throws IOException {
    return check(file.toString(), network, settings, texts);
  }

  private Compiler.Checked check(
      String calledBy, String network, List<String> settings, Texts texts) throws IOException {
    SourceFile source = new SourceFile(calledBy, text());
    return Compiler.check(new Compiler.Request(source, network, settings, texts));
  }

  private String text() throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
