package dev.mbnet.compiler.prelude;

import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The file {@code prelude.mbnet} of the compiler's jar, which every file can call. */
public final class Prelude {
  private static final FileSyntax SYNTAX = load();

  private Prelude() {}

  public static FileSyntax syntax() {
    return SYNTAX;
  }

  /** Whether {@code file} is the prelude, and so not a user's to mend. */
  public static boolean owns(SourceFile file) {
    return file == SYNTAX.file();
  }

  private static FileSyntax load() {
    try (InputStream in = Prelude.class.getResourceAsStream("prelude.mbnet")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Diagnostics diagnostics = new Diagnostics();
      FileSyntax syntax = Parser.parse(new SourceFile("prelude.mbnet", text), diagnostics);
      if (diagnostics.hasErrors()) {
        throw new IllegalStateException(Renderer.render(diagnostics.sorted()));
      }
      return syntax;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
