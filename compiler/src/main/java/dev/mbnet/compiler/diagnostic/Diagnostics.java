package dev.mbnet.compiler.diagnostic;

import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Collects what is found wrong with a file and its imports. Not thread-safe. */
public final class Diagnostics {
  private final Set<Diagnostic> all = new LinkedHashSet<>();
  private final Map<SourceFile, NavigableSet<Integer>> unread = new HashMap<>();

  public void add(Diagnostic diagnostic) {
    all.add(diagnostic);
  }

  public void add(Code code, Span span, String message, String help) {
    add(Diagnostic.of(code, span, message).help(help));
  }

  /** That the line at {@code span} could not be read, for a reason that was given already. */
  public void skip(Span span) {
    unread.computeIfAbsent(span.file(), file -> new TreeSet<>()).add(span.line());
  }

  public boolean hasErrors() {
    return all.stream().anyMatch(Diagnostic::isError);
  }

  /**
   * In source order, file by file in the order in which files were first complained about. Where
   * text could not be read or a file is missing, what may only follow from that is left out.
   */
  public List<Diagnostic> sorted() {
    List<String> files = new ArrayList<>();
    for (Diagnostic d : all) {
      if (!files.contains(d.span().file().name())) {
        files.add(d.span().file().name());
      }
    }
    all.stream().filter(d -> d.code().isSyntax()).forEach(d -> skip(d.span()));
    List<Diagnostic> sorted = new ArrayList<>(all);
    if (all.stream().anyMatch(d -> d.code() == Code.IMPORT_FILE)) {
      sorted.removeIf(d -> d.code() == Code.UNKNOWN_CALLEE);
    }
    sorted.removeIf(d -> !d.code().isSyntax() && !stands(d));
    sorted.sort(
        Comparator.<Diagnostic>comparingInt(d -> files.indexOf(d.span().file().name()))
            .thenComparingInt(d -> d.span().start()));
    return places(sorted);
  }

  /** Says once of each file that is not beside the main one where it is. */
  private static List<Diagnostic> places(List<Diagnostic> sorted) {
    Set<SourceFile> said = new HashSet<>();
    return sorted.stream()
        .map(
            d -> {
              SourceFile file = d.span().file();
              boolean first = file.place() != null && said.add(file);
              return first ? d.note("`" + file.name() + "` is in " + file.place()) : d;
            })
        .toList();
  }

  /** Before the first line that could not be read all is certain, after it what a call says. */
  private boolean stands(Diagnostic d) {
    NavigableSet<Integer> lines = unread.getOrDefault(d.span().file(), new TreeSet<>());
    boolean elsewhere = unread.size() > (lines.isEmpty() ? 0 : 1);
    boolean before = lines.isEmpty() || d.span().line() < lines.first();
    return before && !elsewhere && (lines.isEmpty() || !d.code().isOfNetwork())
        || d.code().isLocal() && !lines.contains(d.span().line());
  }
}
