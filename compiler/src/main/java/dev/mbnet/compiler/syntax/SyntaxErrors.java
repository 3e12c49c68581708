package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.grammar.MbnetParser;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Says in a user's words what the parser did not expect. */
final class SyntaxErrors extends BaseErrorListener {
  private final Offsets offsets;
  private final Diagnostics diagnostics;
  private int lastLine = -1;

  SyntaxErrors(Offsets offsets, Diagnostics diagnostics) {
    this.offsets = offsets;
    this.diagnostics = diagnostics;
  }

  @Override
  public void syntaxError(
      Recognizer<?, ?> recognizer,
      Object symbol,
      int line,
      int column,
      String message,
      RecognitionException exception) {
    if (line == lastLine) {
      return;
    }
    lastLine = line;
    diagnostics.add(describe((Parser) recognizer, (Token) symbol, exception));
  }

  private Diagnostic describe(Parser parser, Token token, RecognitionException exception) {
    Span span = offsets.span(token, token);
    if (token.getType() == Token.EOF) {
      return Diagnostic.of(Code.UNEXPECTED_TEXT, span, "the file ends in the middle of something")
          .help("is a closing `}` or `)` missing?");
    }
    String text = token.getText();
    if (token.getType() == MbnetParser.UNKNOWN && text.equals("\"")) {
      return Diagnostic.of(Code.UNCLOSED_TEXT, span, "this string is not closed on its line")
          .help("end it with `\"`");
    }
    if (text.equals("/") && span.file().text().startsWith("/*", span.start())) {
      return Diagnostic.of(Code.UNCLOSED_TEXT, span, "this comment is never closed")
          .help("end it with `*/`");
    }
    if (token.getType() == MbnetParser.UNKNOWN) {
      return Diagnostic.of(
          Code.UNEXPECTED_TEXT, span, "`" + text + "` means nothing in an mbnet file");
    }
    Diagnostic found = Diagnostic.of(Code.UNEXPECTED_TEXT, span, "did not expect `" + text + "`");
    String expected = expected(parser, exception);
    return expected == null ? found.help(place(parser)) : found.help("expected " + expected);
  }

  private static String expected(Parser parser, RecognitionException exception) {
    IntervalSet set =
        exception == null ? parser.getExpectedTokens() : exception.getExpectedTokens();
    if (set == null || set.size() == 0 || set.size() > 4) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    for (int type : set.toArray()) {
      String name = parser.getVocabulary().getLiteralName(type);
      String shown =
          name == null
              ? parser.getVocabulary().getDisplayName(type).toLowerCase(java.util.Locale.ROOT)
              : "`" + name.substring(1, name.length() - 1) + "`";
      out.append(out.length() == 0 ? "" : " or ").append(type == Token.EOF ? "the end" : shown);
    }
    return out.toString();
  }

  private static String place(Parser parser) {
    String rule = parser.getRuleNames()[parser.getContext().getRuleIndex()];
    return switch (rule) {
      case "file", "declaration" -> "a file holds `network`, `block` and `import`";
      case "body", "statement", "layer" ->
          "a statement is a call such as `conv(k=3, c=32)`, or starts with one of `input`"
              + " `default` `output` `labels` `require` `let` `from` `if` `residual` `parallel`";
      case "arguments", "argument" -> "an argument is `name=value` or a value; separate with `,`";
      case "expression", "primary", "list" ->
          "a value is a number, a name, a string, `on`, `off`, a list `[1, 2]` or an expression";
      default -> "see `mbnet --help` for the shape of a file";
    };
  }
}
