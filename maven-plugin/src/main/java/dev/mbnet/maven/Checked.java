package dev.mbnet.maven;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.Texts;
import dev.mbnet.files.DiskTexts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All models of a module, read and checked.
 *
 * @param networks of each model, in order; none of a model with mistakes
 * @param reads what the models named
 * @param mistakes a line for each model with some, as {@code 3 errors in mobile.mbnet}
 */
record Checked(
    Map<Model, List<ResolvedNetwork>> networks, List<TextRead> reads, List<String> mistakes) {

  /** All models, of which none has a mistake. */
  static Checked of(Request request, Messages messages) throws IOException, Mistake {
    Checked checked = of(request, request.models(), messages);
    checked.throwMistakes();
    return checked;
  }

  /** Those models, right or wrong. */
  static Checked of(Request request, List<Model> models, Messages messages)
      throws IOException, Mistake {
    Checked checked = new Checked(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    Settings settings = new Settings(request.parameters());
    models.forEach(model -> messages.clear(model.file()));
    Set<String> said = new HashSet<>();
    Consumer<Diagnostic> once =
        d -> {
          if (said.add(Messages.text(d))) {
            messages.say(d);
          }
        };
    for (Model model : models) {
      List<String> own = request.parameters().isEmpty() ? List.of() : settings.of(model.syntax());
      checked.add(model, own, request, once);
    }
    settings.checkUsed(request.others());
    return checked;
  }

  /** What is wrong with a file that several import is for {@code once} as often as it is met. */
  private void add(Model model, List<String> settings, Request request, Consumer<Diagnostic> once)
      throws IOException {
    Texts texts = TextRead.noting(model.file(), request.dependencies(), reads::add);
    Compiler.Checked found = model.check(settings, texts);
    if (!found.diagnostics().isEmpty()) {
      Texts again = new DiskTexts(model.file(), request.dependencies());
      model.explain(null, settings, again).diagnostics().forEach(once);
    }
    int errors = found.errors().size();
    int warnings = found.diagnostics().size() - errors;
    networks.put(model, errors > 0 ? List.of() : found.networks());
    if (errors > 0) {
      mistakes.add(Messages.count(errors, "error") + " in " + model.name());
    } else if (warnings > 0 && request.fatalWarnings()) {
      mistakes.add(
          Messages.count(warnings, "warning")
              + " in "
              + model.name()
              + ", as bad as errors with `fatalWarnings`");
    }
  }

  /** Ends the goal if there are mistakes, all of which have been said. */
  void throwMistakes() throws Mistake {
    if (!mistakes.isEmpty()) {
      throw new Mistake(String.join(", ", mistakes));
    }
  }
}
