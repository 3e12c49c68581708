package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.grammar.MbnetParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Says in a user's words what the parser did not expect. */
final class SyntaxErrors extends BaseErrorListener {
  /** Closer than this to the last mistake, another is most likely its consequence. */
  private static final int APART = 4;

  private final Offsets offsets;
  private final Diagnostics diagnostics;
  private int lastLine = -1;
  private int lastToken = -APART;

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
    Token token = (Token) symbol;
    boolean follows = line == lastLine || token.getTokenIndex() < lastToken + APART;
    lastLine = line;
    lastToken = token.getTokenIndex();
    if (!follows) {
      diagnostics.add(describe((Parser) recognizer, token, exception));
    }
  }

  private Diagnostic describe(Parser parser, Token token, RecognitionException exception) {
    Span span = offsets.span(token, token);
    String text = token.getText();
    if (token.getType() == Token.EOF) {
      return unfinished(parser, token);
    } else if (token.getType() == MbnetParser.UNKNOWN) {
      return text.equals("\"")
          ? Diagnostic.of(Code.UNCLOSED_TEXT, span, "this string is not closed on its line")
              .help("end it with `\"`")
          : Diagnostic.of(
                  Code.UNEXPECTED_TEXT, span, "`" + text + "` means nothing in an mbnet file")
              .help(instead(text));
    }
    IntervalSet expected =
        exception == null ? parser.getExpectedTokens() : exception.getExpectedTokens();
    Token before = before(parser, token);
    boolean closes = expected != null && expected.contains(before == null ? 0 : closer(parser));
    if (closes && before.getLine() < token.getLine()) {
      return Diagnostic.of(
          Code.UNEXPECTED_TEXT,
          after(before),
          join(parser, expected) + " is missing after `" + before.getText() + "`");
    }
    Diagnostic found = Diagnostic.of(Code.UNEXPECTED_TEXT, span, "did not expect `" + text + "`");
    if (text.equals(":") && closes) {
      return found.help("write `=` between an argument's name and its value");
    }
    boolean few = expected != null && expected.size() > 0 && expected.size() <= 3;
    return found.help(few ? "expected " + join(parser, expected) : place(parser));
  }

  private Diagnostic unfinished(Parser parser, Token end) {
    Deque<Token> open = new ArrayDeque<>();
    for (int i = 0; i < end.getTokenIndex(); i++) {
      Token token = parser.getTokenStream().get(i);
      if (isSign(token, "([{")) {
        open.push(token);
      } else if (isSign(token, ")]}") && !open.isEmpty()) {
        open.pop();
      }
    }
    Span at = after(before(parser, end));
    if (open.isEmpty()) {
      return Diagnostic.of(Code.UNCLOSED_TEXT, at, "the text ends in the middle of something");
    }
    String bracket = open.peek().getText();
    String closer = bracket.equals("(") ? ")" : bracket.equals("[") ? "]" : "}";
    String fact = "the file ends before the `%s` of line %d is closed";
    return Diagnostic.of(
            Code.UNCLOSED_TEXT, at, String.format(fact, bracket, open.peek().getLine()))
        .help("a `" + closer + "` is missing, here or further up");
  }

  private static boolean isSign(Token token, String signs) {
    return token.getText().length() == 1 && signs.contains(token.getText());
  }

  private static int closer(Parser parser) {
    String rule = parser.getRuleNames()[parser.getContext().getRuleIndex()];
    boolean list = rule.equals("list");
    return parser.getTokenType(list ? "']'" : "')'");
  }

  /** The token before {@code token} that is no comment, or null. */
  private static Token before(Parser parser, Token token) {
    for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
      if (parser.getTokenStream().get(i).getChannel() == Token.DEFAULT_CHANNEL) {
        return parser.getTokenStream().get(i);
      }
    }
    return null;
  }

  private Span after(Token token) {
    Span span = offsets.span(token, token);
    return new Span(span.file(), span.end(), span.end());
  }

  private static String instead(String sign) {
    return switch (sign) {
      case "#" -> "a comment starts with `//`";
      case ";" -> "nothing ends a statement; drop it";
      case "'" -> "a string stands between `\"` and `\"`";
      default -> null;
    };
  }

  private static String join(Parser parser, IntervalSet expected) {
    List<String> all = new ArrayList<>();
    for (int type : expected.toArray()) {
      String name = parser.getVocabulary().getLiteralName(type);
      all.add(
          name != null
              ? "`" + name.substring(1, name.length() - 1) + "`"
              : switch (type) {
                case MbnetParser.STRING -> "a string such as `\"name\"`";
                case MbnetParser.NUMBER -> "a number";
                case Token.EOF -> "the end";
                default -> "a name";
              });
    }
    return String.join(" or ", all);
  }

  private static String place(Parser parser) {
    String rule = parser.getRuleNames()[parser.getContext().getRuleIndex()];
    return switch (rule) {
      case "file", "declaration" ->
          "a file holds `network Name { ... }`, `block name(...) { ... }` and `import \"...\"`";
      case "body", "statement", "layer" ->
          "a statement is a call such as `conv(k=3, c=32)`, or starts with one of `input`"
              + " `default` `output` `labels` `require` `let` `from` `if` `residual` `parallel`";
      case "arguments", "argument" -> "an argument is `name=value` or a value; separate with `,`";
      case "expression", "primary", "list" ->
          "a value is a number, a name, a string, `on`, `off`, a list `[1, 2]` or an expression";
      case "name" -> "a name comes first: letters, digits and `_`";
      case "parameters", "parameter" -> "a parameter is `name` or `name = value`";
      case "input" -> "for example `input image: [224, 224, 3]`";
      case "reference" -> "a label, or a part of it such as `stage3[1]`";
      default -> null;
    };
  }
}
