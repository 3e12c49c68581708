package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.grammar.MbnetParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final Set<Integer> unread;
  private final Set<String> explained = new HashSet<>();
  private Map<String, Integer> counts;
  private int lastLine = -1;
  private int lastToken = -APART;

  /** {@code unread} are the lines that something was said of already. */
  SyntaxErrors(Offsets offsets, Diagnostics diagnostics, Set<Integer> unread) {
    this.unread = unread;
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
    // A statement that cannot be read may close its network early, and what is left seems stray.
    boolean stray = lastLine >= 0 && isTopLevel((Parser) recognizer) && !opens(token);
    lastLine = line;
    lastToken = token.getTokenIndex();
    boolean again = isExplained(token);
    diagnostics.skip(offsets.span(token, token));
    if (!follows && !stray && !again && unread.add(line)) {
      diagnostics.add(describe((Parser) recognizer, token, exception));
    }
  }

  private boolean isExplained(Token token) {
    boolean strange = token.getType() == MbnetParser.UNKNOWN && !token.getText().equals("\"");
    return strange && explained.contains(token.getText());
  }

  private Diagnostic explained(Span span, Parser parser) {
    if (counts == null) {
      counts = Characters.count(parser.getTokenStream());
    }
    explained.add(span.text());
    return Characters.explain(span, counts.get(span.text()) - 1);
  }

  private static boolean isTopLevel(Parser parser) {
    return parser.getContext().getRuleIndex() == MbnetParser.RULE_file
        || parser.getContext().getRuleIndex() == MbnetParser.RULE_declaration;
  }

  private static boolean opens(Token token) {
    return token.getType() == MbnetParser.NETWORK || token.getType() == MbnetParser.BLOCK;
  }

  private Diagnostic describe(Parser parser, Token token, RecognitionException exception) {
    Span span = offsets.span(token, token);
    String text = token.getText();
    if (token.getType() == Token.EOF) {
      return unfinished(parser, token);
    } else if (token.getType() == MbnetParser.UNKNOWN) {
      return explained(span, parser);
    }
    IntervalSet expected =
        exception == null ? parser.getExpectedTokens() : exception.getExpectedTokens();
    SyntaxHelp help = new SyntaxHelp(parser, token);
    Token before = help.before(1);
    boolean closes = expected != null && expected.contains(before == null ? 0 : closer(parser));
    if (closes && before.getLine() < token.getLine()) {
      String bracket = closer(parser) == parser.getTokenType("']'") ? "]" : ")";
      return Diagnostic.of(
              Code.UNEXPECTED_TEXT,
              after(before),
              join(parser, expected) + " is missing after `" + before.getText() + "`")
          .help("close the list with `" + bracket + "`, or go on with `,`");
    }
    SyntaxHelp.Hint hint = help.hint();
    if (hint != null) {
      Span at = hint.at() == null ? span : offsets.span(hint.at(), hint.at());
      String fact = hint.fact() == null ? "did not expect `" + text + "`" : hint.fact();
      return Diagnostic.of(Code.UNEXPECTED_TEXT, at, fact).help(hint.help());
    }
    Diagnostic found = Diagnostic.of(Code.UNEXPECTED_TEXT, span, "did not expect `" + text + "`");
    if (text.equals(":") && closes) {
      return found.help("write `=` between an argument's name and its value");
    }
    boolean few = expected != null && expected.size() > 0 && expected.size() <= 3;
    return found.help(few ? "expected " + join(parser, expected) : help.place());
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
    Token last = new SyntaxHelp(parser, end).before(1);
    Span at = after(last == null ? end : last);
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

  private Span after(Token token) {
    Span span = offsets.span(token, token);
    return new Span(span.file(), span.end(), span.end());
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
}
