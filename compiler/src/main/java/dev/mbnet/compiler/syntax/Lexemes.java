package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.grammar.MbnetLexer;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** Splits a file into words, signs and comments. */
public final class Lexemes {

  private Lexemes() {}

  /** All lexemes of a file, in order. */
  public static List<Lexeme> of(SourceFile file) {
    MbnetLexer lexer = new MbnetLexer(CharStreams.fromString(file.text(), file.name()));
    lexer.removeErrorListeners();
    Offsets offsets = new Offsets(file);
    return lexer.getAllTokens().stream()
        .map(token -> new Lexeme(kind(token), offsets.span(token, token)))
        .toList();
  }

  private static Lexeme.Kind kind(Token token) {
    return switch (token.getType()) {
      case MbnetLexer.DOC, MbnetLexer.COMMENT -> Lexeme.Kind.COMMENT;
      case MbnetLexer.NUMBER -> Lexeme.Kind.NUMBER;
      case MbnetLexer.STRING -> Lexeme.Kind.STRING;
      default ->
          Character.isLetter(token.getText().charAt(0)) || token.getText().startsWith("_")
              ? Lexeme.Kind.WORD
              : Lexeme.Kind.SIGN;
    };
  }
}
