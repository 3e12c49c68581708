package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.grammar.MbnetLexer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.TokenStream;

/** What to say of a character that no word or sign of the language has. */
final class Characters {
  /** Letters that look like those of the line below. */
  private static final String ALIKE = "аеорсухіјѕԁԛԝһɡοανᴏΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХ";

  private static final String LATIN = "aeopcyxijsdqwhgoavoABEZHIKMNOPTYXABEKMHOPCTX";

  private Characters() {}

  /** {@code more} is how often it stands further down, which is not said again. */
  static Diagnostic explain(Span span, int more) {
    String sign = span.text();
    if (sign.equals("\"")) {
      return Diagnostic.of(Code.UNCLOSED_TEXT, span, "this string is not closed on its line")
          .help("end it with `\"`");
    }
    int c = sign.codePointAt(0);
    String name = Character.getName(c) == null ? "no character" : Character.getName(c);
    String shown = String.format(Locale.ROOT, "U+%04X, %s", c, name.toLowerCase(Locale.ROOT));
    Diagnostic d;
    if (Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT) {
      d =
          of(span, "this is no plain blank: " + shown)
              .help("replace it with a blank; it came with text from a page or a document");
    } else if (Character.isISOControl(c)) {
      d = of(span, "this is no text: " + shown).help("is this the right file?");
    } else if (ALIKE.indexOf(c) >= 0) {
      String latin = String.valueOf(LATIN.charAt(ALIKE.indexOf(c)));
      d =
          of(span, "`" + sign + "` is not the letter it looks like: " + shown)
              .help("write `" + latin + "`");
    } else if (Character.isLetterOrDigit(c)) {
      d =
          of(span, "`" + sign + "` means nothing in an mbnet file: " + shown)
              .help("names have the letters a to z and A to Z, the digits 0 to 9 and `_`");
    } else {
      d = of(span, "`" + sign + "` means nothing in an mbnet file").help(instead(sign));
    }
    return more == 0 ? d : d.note(more == 1 ? "there is one more" : "there are " + more + " more");
  }

  private static Diagnostic of(Span span, String fact) {
    return Diagnostic.of(Code.UNEXPECTED_TEXT, span, fact);
  }

  /** How often each character stands in a text that no word or sign has. */
  static Map<String, Integer> count(TokenStream tokens) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).getType() == MbnetLexer.UNKNOWN) {
        counts.merge(tokens.get(i).getText(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String instead(String sign) {
    return switch (sign) {
      case "#" -> "a comment starts with `//`";
      case ";" -> "nothing ends a statement; drop it";
      case "'", "`", "\u201C", "\u201D", "\u2018", "\u2019" ->
          "a word such as `relu6` has no quotes, a string has `\"`";
      case "%" -> "a share is a number: 50 % is `0.5`";
      case "&" -> "conditions are joined by `and`";
      case "|" -> "conditions are joined by `or`; calls follow each other without a sign";
      case "!" -> "write `not`, or `!=` for unequal";
      case "?" -> "a choice of values is `if(condition, a, b)`";
      case "^" -> "powers are written out: `2 * 2`";
      case "\u00D7" -> "times is `*`; a pair of sizes is `[3, 3]`";
      case "\u2212", "\u2013", "\u2014" -> "minus is `-`";
      case "\u2264" -> "write `<=`";
      case "\u2265" -> "write `>=`";
      case "\u2260" -> "write `!=`";
      case "@" -> "nothing is annotated; a doc comment `/** ... */` stands before a network";
      default -> "drop it";
    };
  }
}
