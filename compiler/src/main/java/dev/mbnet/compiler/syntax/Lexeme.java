package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.source.Span;

/** A word, sign or comment as it is written; white space is what lies between two spans. */
public record Lexeme(Kind kind, Span span) {

  /** What a lexeme is. Words that the grammar knows are words like any other. */
  public enum Kind {
    WORD,
    NUMBER,
    STRING,
    SIGN,
    COMMENT
  }

  public String text() {
    return span.text();
  }
}
