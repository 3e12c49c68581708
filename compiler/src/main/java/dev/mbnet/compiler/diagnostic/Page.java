package dev.mbnet.compiler.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What there is to know about a code, from the file {@code pages/<id>.md} of the compiler's jar:
 * what it means, a failing example, the rule behind it and the mended example.
 *
 * @param text the whole page as Markdown, ended by a line end
 */
public record Page(Code code, String text) {

  public static Page of(Code code) {
    try (InputStream in = Page.class.getResourceAsStream("pages/" + code.id() + ".md")) {
      return new Page(code, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fact in a few words, such as {@code a skip between different shapes}. */
  public String title() {
    String heading = text.substring(0, text.indexOf('\n'));
    return heading.substring(heading.indexOf(": ") + 2);
  }
}
