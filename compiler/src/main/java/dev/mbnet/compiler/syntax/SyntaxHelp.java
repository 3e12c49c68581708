package dev.mbnet.compiler.syntax;

import dev.mbnet.grammar.MbnetParser;
import java.util.List;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;

/** What was most likely meant by a word or sign that the parser did not expect. */
final class SyntaxHelp {
  private final Parser parser;
  private final Token token;
  private final String rule;

  /**
   * A better message.
   *
   * @param at what it points to; null for the unexpected token
   * @param fact null for the usual one
   */
  record Hint(Token at, String fact, String help) {}

  SyntaxHelp(Parser parser, Token token) {
    this.parser = parser;
    this.token = token;
    this.rule = parser.getRuleNames()[parser.getContext().getRuleIndex()];
  }

  /** The hint that fits, or null. */
  Hint hint() {
    String text = token.getText();
    Token first = firstOfLine();
    String start = first.getText();
    boolean statement = List.of("body", "statement", "layer").contains(rule);
    boolean top = rule.equals("file") || rule.equals("declaration");
    if (start.equals("for") || start.equals("while")) {
      return new Hint(
          first, "there are no loops", "`n=3` repeats a call: `mbconv(t=6, c=24, n=3, s=2)`");
    } else if (List.of("network", "block").contains(rule)) {
      return name(text);
    } else if (text.equals("*") && next(1).equals("/")) {
      return new Hint(
          null, "this `*/` ends no comment", "comments do not nest: the first `*/` ended it");
    } else if (text.equals("*") && before(1) != null && before(1).getText().equals("*")) {
      return new Hint(null, "there is no power `**`", "powers are written out: `2 * 2`");
    } else if (text.equals(",") && before(1) != null && before(1).getText().equals(",")) {
      return new Hint(null, "nothing stands between these commas", "drop one of them");
    } else if (text.equals("{") && start.equals("if")) {
      return new Hint(null, "`if` needs a condition", "for example `if s == 1 { ... }`");
    } else if (rule.equals("importDeclaration")) {
      return new Hint(null, null, "a file's name stands in quotes: `import \"blocks.mbnet\"`");
    } else if (rule.equals("index")) {
      return new Hint(null, null, "`stage[1]` is the second repeat of `stage`");
    } else if (statement && text.equals(".") && before(1) != null && timm() != null) {
      return new Hint(before(1), "this is no call", timm());
    } else if (text.equals(".") && next(1).matches("\\d+")) {
      return new Hint(null, null, "a number has a digit before the point: `0." + next(1) + "`");
    } else if (rule.equals("setting") && before(2) != null && before(2).getText().equals(",")) {
      return new Hint(before(2), "this `,` is followed by no setting", "drop it");
    } else if (rule.equals("parallel") && text.equals("{")) {
      String fact = "`parallel` needs the operator that joins its stacks";
      return new Hint(null, fact, "`parallel add { { ... } { ... } }`, or `mul` or `concat`");
    } else if (rule.equals("parallel")) {
      return new Hint(
          null, null, "each stack has braces of its own: `parallel add { { ... } { ... } }`");
    }
    String meant = top || statement ? Keywords.closest(start) : null;
    if (meant != null) {
      return new Hint(first, "did not expect `" + start + "`", "did you mean `" + meant + "`?");
    } else if (top) {
      return outside(text);
    }
    return statement ? statement(text, first, start) : null;
  }

  /** The call that stands for a stage of timm's that ends in a fraction, or null. */
  private String timm() {
    return Timm.translate(before(1).getText() + "." + next(1));
  }

  private Hint name(String text) {
    String form = rule + " " + (rule.equals("network") ? "Name" : "name");
    if (text.equals("-") || text.equals(".") || text.matches("\\d.*")) {
      return new Hint(
          null,
          "a name has no `" + text + "`",
          "it has letters, digits and `_`, and begins with a letter: `MobileNetV2_100`");
    }
    return new Hint(null, null, "a " + rule + " is `" + form + "(parameter = value) { ... }`");
  }

  private Hint outside(String text) {
    if (text.equals("{")) {
      return new Hint(
          null, null, "a derived network has no statements: `network Small = Tiny(alpha = 0.5)`");
    } else if (List.of("}", ")", "]").contains(text)) {
      return new Hint(null, "this `" + text + "` closes nothing", "drop it");
    }
    boolean call = Keywords.example(text) != null || List.of("(", ":").contains(next(1));
    return call || before(1) != null
        ? new Hint(
            null,
            "`" + text + "` stands outside of every network and block",
            "put it between the `{` and `}` of one: `network Tiny { ... }`")
        : null;
  }

  private Hint statement(String text, Token first, String start) {
    Token before = before(1);
    boolean named = before != null && before.getType() == MbnetParser.IDENTIFIER;
    boolean opened = text.equals("{") && first != token;
    if (opened && (start.equals("network") || start.equals("block"))) {
      return new Hint(
          first,
          "`" + start + "` begins inside another network or block",
          "close that one with `}` before it");
    } else if (opened && start.equals("shortcut")) {
      return new Hint(first, "this `shortcut` belongs to no `residual`", Keywords.example(start));
    } else if (opened && start.equals("parallel")) {
      String fact = "`parallel` needs the operator that joins its stacks";
      return new Hint(null, fact, "`parallel add { { ... } { ... } }`, or `mul` or `concat`");
    } else if (start.equals("import")) {
      return new Hint(
          first, "an `import` stands outside of networks and blocks", "move it to the file's top");
    } else if (start.equals("if") && text.equals("=")) {
      return new Hint(null, null, "equal is `==`");
    } else if (first != token && Keywords.example(start) != null) {
      return new Hint(null, null, "for example `" + Keywords.example(start) + "`");
    } else if (text.equals("=") && before != null && before.getText().equals(":")) {
      return new Hint(null, null, "a label has a colon alone: `stem: conv(k=3, c=32)`");
    } else if (text.equals("=") && named && before(2) != null && sameLine(before(2), before)) {
      return new Hint(
          null, "`(` is missing after `" + before(2).getText() + "`", "arguments stand in `( )`");
    } else if (text.equals("=")) {
      return new Hint(
          null,
          null,
          "a layer has a label, `stem: conv(...)`; `let x = 2` names a value and"
              + " `default act = relu` sets a setting");
    } else if (text.equals("-") && next(1).equals(">")) {
      return new Hint(null, "did not expect `->`", "calls follow each other without a sign");
    } else if (text.equals(",")) {
      return new Hint(null, null, "nothing separates statements; drop it");
    } else if (text.equals(".")) {
      return new Hint(
          null, null, "what is called has a name without points, such as `conv`, `bn` or `relu6`");
    } else if (text.equals(")") || text.equals("]")) {
      return new Hint(null, "this `" + text + "` closes nothing", "drop it");
    } else if (text.equals(":") && named) {
      return new Hint(null, null, "a label is followed by its call: `stem: conv(k=3, c=32)`");
    } else if (text.equals("{")) {
      return new Hint(
          null,
          null,
          "braces follow `residual`, `parallel add`, `if` and the name of a network or block");
    } else if (text.equals("[")) {
      return new Hint(null, null, "a label is a name alone; `from stage[1]` names a repeat");
    } else if (text.equals("/")) {
      return new Hint(null, null, "a comment begins with `//`");
    } else if (token.getType() == MbnetParser.NUMBER) {
      return new Hint(
          null, "a statement begins with a name, not with a number", "a label is like `stage3:`");
    } else if (token.getType() == MbnetParser.STRING) {
      return new Hint(null, null, "a string follows `labels` only");
    }
    return null;
  }

  /** The token that many before the unexpected one, comments left out, or null. */
  Token before(int count) {
    int left = count;
    for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
      Token at = parser.getTokenStream().get(i);
      if (at.getChannel() == Token.DEFAULT_CHANNEL && --left == 0) {
        return at;
      }
    }
    return null;
  }

  private String next(int count) {
    int left = count;
    for (int i = token.getTokenIndex() + 1; i < parser.getTokenStream().size(); i++) {
      Token at = parser.getTokenStream().get(i);
      if (at.getChannel() == Token.DEFAULT_CHANNEL && --left == 0) {
        return at.getText();
      }
    }
    return "";
  }

  private Token firstOfLine() {
    Token first = token;
    for (int i = token.getTokenIndex() - 1; i >= 0; i--) {
      Token at = parser.getTokenStream().get(i);
      if (at.getChannel() == Token.DEFAULT_CHANNEL) {
        if (!sameLine(at, token)) {
          return first;
        }
        first = at;
      }
    }
    return first;
  }

  private static boolean sameLine(Token a, Token b) {
    return a.getLine() == b.getLine();
  }

  /** What can stand where the parser is. */
  String place() {
    return switch (rule) {
      case "file", "declaration" ->
          "a file holds `network Name { ... }`, `block name(...) { ... }` and `import \"...\"`";
      case "body", "statement", "layer" ->
          "a statement is a call such as `conv(k=3, c=32)`, or begins with a word such as `from`:"
              + " see `mbnet reference`";
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
