package dev.mbnet.compiler.diagnostic;

import dev.mbnet.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing wrong, or doubtful, in a user's file.
 *
 * @param span the user's own text that the message is about
 * @param message the fact, in one line without a full stop; names in backticks
 * @param notes further facts, a line each; then the ways into the blocks the fact was found in
 * @param help what to type instead, or null
 */
public record Diagnostic(Code code, Span span, String message, List<String> notes, String help) {

  public Diagnostic {
    notes = List.copyOf(notes);
  }

  public static Diagnostic of(Code code, Span span, String message) {
    return new Diagnostic(code, span, message, List.of(), null);
  }

  public Diagnostic note(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new Diagnostic(code, span, message, all, help);
  }

  public Diagnostic help(String help) {
    return new Diagnostic(code, span, message, notes, help);
  }

  public boolean isError() {
    return code.severity() == Code.Severity.ERROR;
  }
}
