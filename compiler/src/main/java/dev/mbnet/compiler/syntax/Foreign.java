package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.grammar.MbnetLexer;
import java.util.List;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;

/**
 * Tells texts that are no mbnet files at all, of which one thing is to be said and not a hundred.
 */
final class Foreign {

  /** A language and what its texts have. */
  private record Kind(String name, Pattern sign) {
    static Kind of(String name, String sign) {
      return new Kind(name, Pattern.compile(sign, Pattern.MULTILINE));
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.of("no text at all", "[\\x00-\\x08\\x0E-\\x1F]"),
          Kind.of("Python", "^\\s*(import \\w|from [\\w.]+ import|class \\w+.*:|def \\w+\\()"),
          Kind.of("a darknet cfg", "^\\[(net|network|convolutional)\\]"),
          Kind.of("JSON", "\\A\\s*[\\[{]\\s*[\"\\[{]"),
          Kind.of("XML", "\\A\\s*<"),
          Kind.of("a Caffe prototxt", "^layers? *\\{"),
          Kind.of("a table in Markdown", "\\A\\s*\\|"),
          Kind.of("a list of timm's stages", "^\\W*(ds|ir|er|cn)_r\\d+_"),
          Kind.of("YAML", "^ *[\\w-]+:( |$)"));

  private Foreign() {}

  /** What to say of a text that no network, block or import begins; null for others. */
  static Diagnostic explain(List<Token> tokens, Offsets offsets) {
    Token first = null;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean begins = i == 0 || tokens.get(i - 1).getLine() < token.getLine();
      if (begins && opens(token, tokens.get(Math.min(i + 1, tokens.size() - 1)))) {
        return null;
      }
      first = first == null && token.getChannel() == Token.DEFAULT_CHANNEL ? token : first;
    }
    String text = offsets.file().text();
    String head = text.substring(0, Math.min(text.length(), 10_000));
    for (Kind kind : KINDS) {
      if (first != null && first.getType() != Token.EOF && kind.sign().matcher(head).find()) {
        boolean binary = kind == KINDS.get(0);
        Span at = binary ? new Span(offsets.file(), 0, 0) : offsets.span(first, first);
        return Diagnostic.of(
                Code.UNEXPECTED_TEXT, at, "this is no mbnet file; it looks like " + kind.name())
            .help(
                binary
                    ? "is this the right file?"
                    : "an mbnet file has `network Name { ... }`; `mbnet reference` explains it");
      }
    }
    return null;
  }

  private static boolean opens(Token token, Token next) {
    return switch (token.getType()) {
      case MbnetLexer.NETWORK, MbnetLexer.BLOCK -> true;
      case MbnetLexer.IMPORT -> next.getType() == MbnetLexer.STRING;
      default -> false;
    };
  }
}
