package dev.mbnet.compiler.diagnostic;

import dev.mbnet.compiler.source.Span;
import java.util.Collection;

/** Diagnostics as text for people. */
public final class Renderer {
  private static final int WIDEST_LINE = 160;

  private Renderer() {}

  /** All of them, an empty line between two, each ended by a line end. */
  public static String render(Collection<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic d : diagnostics) {
      if (out.length() > 0) {
        out.append('\n');
      }
      out.append(render(d));
    }
    return out.toString();
  }

  /** Position, fact and code; the source line with a caret below; notes and help. */
  public static String render(Diagnostic d) {
    Span span = d.span();
    StringBuilder out = new StringBuilder();
    String severity = d.isError() ? "error" : "warning";
    out.append(span).append(": ").append(severity).append(": ").append(d.message());
    out.append(" [").append(d.code().id()).append("]\n");
    return out.append(details(d)).toString();
  }

  /** What follows the first line of {@link #render(Diagnostic)}, for who says that another way. */
  public static String details(Diagnostic d) {
    Span span = d.span();
    StringBuilder out = new StringBuilder();
    String number = Integer.toString(span.line());
    String gutter = " ".repeat(number.length());
    out.append(number).append(" | ");
    appendExcerpt(out, span, gutter + " | ");
    for (String note : d.notes()) {
      out.append(gutter).append(" = ").append(note).append('\n');
    }
    if (d.help() != null) {
      out.append(gutter).append(" = help: ").append(d.help()).append('\n');
    }
    return out.toString();
  }

  private static void appendExcerpt(StringBuilder out, Span span, String gutter) {
    String line = span.file().lineText(span.line()).replace('\t', ' ');
    int from = Math.min(span.column() - 1, line.codePointCount(0, line.length()));
    int start = line.offsetByCodePoints(0, from);
    int end = Math.min(line.length(), start + Math.max(1, span.end() - span.start()));
    int skip = 0;
    if (line.length() > WIDEST_LINE) {
      skip = Math.max(0, Math.min(start - WIDEST_LINE / 2, line.length() - WIDEST_LINE));
      line = line.substring(skip, skip + WIDEST_LINE);
      from -= skip;
      end = Math.min(end - skip, WIDEST_LINE);
      start -= skip;
    }
    out.append(printable(line)).append('\n');
    int carets = Math.max(1, line.codePointCount(start, Math.max(start, end)));
    out.append(gutter).append(" ".repeat(Math.max(0, from))).append("^".repeat(carets));
    out.append('\n');
  }

  private static String printable(String line) {
    StringBuilder out = new StringBuilder(line.length());
    line.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c));
    return out.toString();
  }
}
