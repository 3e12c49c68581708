package dev.mbnet.compiler.diagnostic;

import dev.mbnet.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is found wrong with a file and its imports. Not thread-safe. */
public final class Diagnostics {
  private final Set<Diagnostic> all = new LinkedHashSet<>();

  public void add(Diagnostic diagnostic) {
    all.add(diagnostic);
  }

  public void add(Code code, Span span, String message, String help) {
    add(Diagnostic.of(code, span, message).help(help));
  }

  public boolean hasErrors() {
    return all.stream().anyMatch(Diagnostic::isError);
  }

  /** In source order, file by file in the order in which files were first complained about. */
  public List<Diagnostic> sorted() {
    List<String> files = new ArrayList<>();
    for (Diagnostic d : all) {
      if (!files.contains(d.span().file().name())) {
        files.add(d.span().file().name());
      }
    }
    List<Diagnostic> sorted = new ArrayList<>(all);
    sorted.sort(
        Comparator.<Diagnostic>comparingInt(d -> files.indexOf(d.span().file().name()))
            .thenComparingInt(d -> d.span().start()));
    return sorted;
  }
}
