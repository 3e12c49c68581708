package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.grammar.MbnetLexer;
import dev.mbnet.grammar.MbnetParser;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/** Reads a file. What cannot be read is reported and left out; nothing is thrown at a user. */
public final class Parser {
  private static final int DEEPEST = 64;
  private static final int LONGEST_CHAIN = 500;
  private static final Set<String> OPERATORS =
      Set.of("+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "and", "or", "not");
  private static final int LONGEST = 2_000_000;
  private static final int MOST_TOKENS = 200_000;

  private Parser() {}

  /** The file's syntax, without the statements that could not be read. */
  public static FileSyntax parse(SourceFile file, Diagnostics diagnostics) {
    Offsets offsets = new Offsets(file);
    CommonTokenStream tokens = tokens(file, offsets, diagnostics);
    if (tokens == null) {
      return new FileSyntax(file, List.of(), List.of(), List.of());
    }
    Diagnostic foreign = Foreign.explain(tokens.getTokens(), offsets);
    if (foreign != null) {
      diagnostics.add(foreign);
      return new FileSyntax(file, List.of(), List.of(), List.of());
    }
    MbnetParser parser = parser(tokens, offsets, diagnostics);
    return new SyntaxBuilder(offsets, tokens, diagnostics).file(parser.file());
  }

  /** A text that is one value, or null where it is not, which is reported. */
  public static Expression parseValue(SourceFile file, Diagnostics diagnostics) {
    Offsets offsets = new Offsets(file);
    CommonTokenStream tokens = tokens(file, offsets, diagnostics);
    if (tokens == null) {
      return null;
    }
    MbnetParser parser = parser(tokens, offsets, diagnostics);
    MbnetParser.ExpressionContext value = parser.expression();
    Token next = tokens.LT(1);
    if (parser.getNumberOfSyntaxErrors() == 0 && next.getType() != Token.EOF) {
      diagnostics.add(
          Code.UNEXPECTED_TEXT,
          offsets.span(next, next),
          "did not expect `" + next.getText() + "` after the value",
          null);
      return null;
    }
    return parser.getNumberOfSyntaxErrors() > 0
        ? null
        : new SyntaxBuilder(offsets, tokens, diagnostics).expression(value);
  }

  private static MbnetParser parser(
      CommonTokenStream tokens, Offsets offsets, Diagnostics diagnostics) {
    MbnetParser parser = new MbnetParser(tokens);
    parser.removeErrorListeners();
    Set<Integer> unread = Numbers.check(tokens.getTokens(), offsets, diagnostics);
    parser.addErrorListener(new SyntaxErrors(offsets, diagnostics, unread));
    return parser;
  }

  /** All words and signs of a file, or null if there are too many, or none can be made sense of. */
  private static CommonTokenStream tokens(
      SourceFile file, Offsets offsets, Diagnostics diagnostics) {
    if (file.text().length() > LONGEST) {
      refuse(file, diagnostics, file.text().length() + " characters", LONGEST + " characters");
      return null;
    }
    MbnetLexer lexer = new MbnetLexer(CharStreams.fromString(file.text(), file.name()));
    lexer.removeErrorListeners();
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    if (tokens.size() > MOST_TOKENS) {
      refuse(file, diagnostics, tokens.size() + " words and signs", "" + MOST_TOKENS);
      return null;
    }
    return isReadable(tokens.getTokens(), offsets, diagnostics) ? tokens : null;
  }

  private static void refuse(SourceFile file, Diagnostics diagnostics, String size, String limit) {
    diagnostics.add(
        Code.FILE_TOO_LARGE,
        new Span(file, 0, 0),
        "the file has " + size + "; the limit is " + limit,
        "a network is a table of stages; is this the right file?");
  }

  private static boolean isReadable(List<Token> tokens, Offsets offsets, Diagnostics diagnostics) {
    int depth = 0;
    int run = 0;
    int operators = 0;
    int branches = 0;
    String last = "";
    for (Token token : tokens) {
      if (token.getChannel() != Token.DEFAULT_CHANNEL) {
        continue;
      }
      String text = token.getText();
      Span span = offsets.span(token, token);
      if (text.equals("/") && span.file().text().startsWith("/*", span.start())) {
        diagnostics.add(
            Code.UNCLOSED_TEXT, span, "this comment is never closed", "end it with `*/`");
        return false;
      }
      if (text.length() == 1 && "([{".contains(text)) {
        depth++;
      } else if (text.length() == 1 && ")]}".contains(text)) {
        depth--;
      }
      run = text.equals("-") || text.equals("not") || text.equals("else") ? run + 1 : 0;
      operators = ",()[]{}".contains(text) ? 0 : operators + (OPERATORS.contains(text) ? 1 : 0);
      branches += text.equals("if") && last.equals("else") ? 1 : 0;
      last = text;
      if (operators > LONGEST_CHAIN || branches > LONGEST_CHAIN) {
        diagnostics.add(
            Code.NESTED_TOO_DEEP,
            span,
            "more than " + LONGEST_CHAIN + (operators > branches ? " operators" : " `else if`"),
            "a network is a table of stages; is this the right file?");
        return false;
      }
      if (depth > DEEPEST || run > DEEPEST) {
        diagnostics.add(
            Code.NESTED_TOO_DEEP,
            span,
            "nested more than " + DEEPEST + " deep",
            "is a closing bracket missing further up?");
        return false;
      }
    }
    return true;
  }
}
