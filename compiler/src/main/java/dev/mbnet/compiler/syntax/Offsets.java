package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Span;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Turns ANTLR's positions, counted in code points, into spans of the text. */
final class Offsets {
  private final SourceFile file;
  private final int[] charOf;

  Offsets(SourceFile file) {
    this.file = file;
    String text = file.text();
    int points = text.codePointCount(0, text.length());
    charOf = new int[points + 1];
    for (int i = 0, at = 0; i < points; i++) {
      charOf[i] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    charOf[points] = text.length();
  }

  SourceFile file() {
    return file;
  }

  Span span(Token first, Token last) {
    int start = at(first.getStartIndex());
    Token end = last == null ? first : last;
    return new Span(file, start, Math.max(start, at(end.getStopIndex() + 1)));
  }

  Span span(ParserRuleContext context) {
    return span(context.getStart(), context.getStop());
  }

  private int at(int codePoint) {
    return charOf[Math.max(0, Math.min(codePoint, charOf.length - 1))];
  }
}
