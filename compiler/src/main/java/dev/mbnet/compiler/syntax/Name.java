package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.source.Span;

/** A name where it is written. */
public record Name(String text, Span span) {

  @Override
  public String toString() {
    return text;
  }
}
