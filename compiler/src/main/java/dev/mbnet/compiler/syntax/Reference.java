package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.source.Span;

/**
 * A name and what follows it, such as {@code stage3[1].expand}.
 *
 * @param head the first name
 * @param path the whole, indices and names joined by dots: {@code stage3.1.expand}
 */
public record Reference(Name head, String path, Span span) {

  /** Whether nothing follows the first name. */
  public boolean isSimple() {
    return path.equals(head.text());
  }
}
