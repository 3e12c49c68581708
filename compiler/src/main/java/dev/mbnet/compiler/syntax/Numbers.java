package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.grammar.MbnetLexer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** Finds numbers with something attached: sizes such as {@code 3x3}, units, digits in groups. */
final class Numbers {

  private Numbers() {}

  /** Reports them, but not after what is strange on their line, and returns their lines. */
  static Set<Integer> check(List<Token> tokens, Offsets offsets, Diagnostics diagnostics) {
    Set<Integer> lines = new HashSet<>();
    int strange = -1;
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i - 1).getType() == MbnetLexer.UNKNOWN) {
        strange = tokens.get(i - 1).getLine();
      }
      Token number = tokens.get(i - 1);
      Token rest = tokens.get(i);
      boolean attached =
          number.getType() == MbnetLexer.NUMBER
              && rest.getType() != MbnetLexer.NUMBER
              && rest.getText().matches("[A-Za-z_]\\w*")
              && rest.getStartIndex() == number.getStopIndex() + 1;
      if (attached && number.getLine() != strange && lines.add(number.getLine())) {
        Span span = offsets.span(number, rest);
        diagnostics.add(
            Diagnostic.of(Code.UNEXPECTED_TEXT, span, "`" + span.text() + "` is no number or name")
                .help(help(number.getText(), rest.getText(), next(tokens, i))));
      }
    }
    return lines;
  }

  private static String next(List<Token> tokens, int i) {
    return i + 1 < tokens.size() ? tokens.get(i + 1).getText() : "";
  }

  private static String help(String number, String rest, String next) {
    if (next.equals(":") || next.equals("{")) {
      return "a name begins with a letter or `_`: `_" + number + rest + "`";
    } else if (rest.matches("x\\d+") && !number.equals("0")) {
      return "height and width are a pair: `[" + number + ", " + rest.substring(1) + "]`";
    } else if (rest.matches("x\\d+x\\d+")) {
      String sizes = number + ", " + rest.substring(1).replace("x", ", ");
      return "height, width and channels are a list: `[" + sizes + "]`";
    } else if (rest.startsWith("_")) {
      return "digits are written together: `" + number + rest.replace("_", "") + "`";
    }
    return "numbers are decimal, and end in a digit or one of `K` `M` `G` `KiB` `MiB` `GiB`";
  }
}
