package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Mistake;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.prelude.Prelude;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import dev.mbnet.compiler.syntax.Statement;
import java.util.List;

/** Puts mistakes found inside blocks on the line of the network that led there. */
final class Reporter {
  private final Diagnostics diagnostics;
  private NetworkSyntax network;

  Reporter(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** From here on, spans inside {@code network} are the user's own. */
  void enter(NetworkSyntax network) {
    this.network = network;
  }

  boolean hasErrors() {
    return diagnostics.hasErrors();
  }

  /** That no layer so far is labelled {@code name}, with the one that is most likely meant. */
  void unknownLabel(String name, Span at, Frame frame) {
    List<String> known = frame.labels.keySet().stream().map(Frame::written).sorted().toList();
    String inside =
        known.stream().filter(label -> label.endsWith("." + name)).findFirst().orElse(null);
    String labels = Suggestions.list(frame.writtenLabels());
    boolean later = frame.site == null && isLabel(name);
    String help =
        later
            ? "`" + name + "` comes after this; labels so far: " + labels
            : inside != null
                ? "did you mean `" + inside + "`?"
                : Suggestions.didYouMean(name, known, "labels so far: " + labels);
    String fact = "no layer is labelled `" + name + "` " + (later ? "yet" : "here");
    report(Code.UNKNOWN_LABEL, at, fact, help, frame.site);
  }

  private boolean isLabel(String name) {
    return network.body() != null
        && network.body().stream()
            .map(Statement::label)
            .anyMatch(label -> label != null && label.text().equals(name));
  }

  void report(Mistake mistake, Span at, Site site) {
    Diagnostic d = Diagnostic.of(mistake.code(), at, mistake.message()).help(mistake.help());
    for (String note : mistake.notes()) {
      d = d.note(note);
    }
    report(d, site);
  }

  /** What is wrong with the value that {@code name} was given; a name nobody knows has a guess. */
  void reportValue(String name, Mistake m, Value value, Frame frame) {
    String help = m.help();
    if (help == null && m.code() == Code.UNKNOWN_NAME && value instanceof Value.Word word) {
      List<String> names = frame.variables.keySet().stream().sorted().toList();
      String here = names.isEmpty() ? null : "names here: " + Suggestions.list(names);
      help = Suggestions.didYouMean(word.text(), names, here);
    }
    String message = "`" + name + "` " + m.message();
    report(new Mistake(m.code(), null, message, m.notes(), help), value.span(), frame.site);
  }

  void report(Code code, Span at, String message, String help, Site site) {
    report(Diagnostic.of(code, at, message).help(help), site);
  }

  void report(Diagnostic d, Site site) {
    Span at = d.span();
    boolean shapes = d.code().id().startsWith("MB3");
    boolean own = !Prelude.owns(at.file()) && at.file().place() == null;
    if (site == null || !shapes && own) {
      diagnostics.add(d);
      return;
    }
    if (isInNetwork(at)) {
      diagnostics.add(d);
      return;
    }
    Span line = site.outermost().call().span();
    Diagnostic moved = new Diagnostic(d.code(), line, d.message(), d.notes(), d.help());
    String way = "in `" + site.block().name() + "`";
    for (Site outer = site.outer(); outer != null; outer = outer.outer()) {
      way = way + ", called by `" + outer.block().name() + "`";
    }
    String text = at.file().lineText(at.line()).strip();
    String in = at.file().place() == null ? "" : " in " + at.file().place();
    diagnostics.add(moved.note(way + ", " + at + in + ": `" + text + "`"));
  }

  private boolean isInNetwork(Span at) {
    Span own = network.span();
    return at.file() == own.file() && at.start() >= own.start() && at.end() <= own.end();
  }
}
