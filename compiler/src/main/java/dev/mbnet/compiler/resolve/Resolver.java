package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.source.Texts;
import dev.mbnet.compiler.syntax.Expression;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From a file's syntax to its networks. */
public final class Resolver {

  private Resolver() {}

  /**
   * Resolves the networks of a file.
   *
   * @param texts finds what {@code import} and {@code labels} name
   * @param only the network to resolve, or null for all
   * @param settings parameters to override, as {@code name=value}; each network that is resolved
   *     must have them; or as {@code Network.name=value}
   * @return the networks without a mistake, in source order
   */
  public static List<ResolvedNetwork> resolve(
      FileSyntax file, Texts texts, String only, List<String> settings, Diagnostics diagnostics) {
    Neighbours neighbours = new Neighbours(file.file(), texts);
    Library library = new Library(file, neighbours, diagnostics);
    List<NetworkSyntax> named =
        file.networks().stream()
            .filter(network -> only == null || network.name().text().equals(only))
            .toList();
    List<ParameterValue> given = settings.stream().map(ParameterValue::of).toList();
    given.forEach(value -> value.checkNetwork(named, diagnostics));
    List<NetworkSyntax> wanted =
        named.stream().filter(network -> lacking(network, given).isEmpty()).toList();
    if (only != null && wanted.isEmpty() && !named.isEmpty()) {
      reportLacking(named.get(0), given, diagnostics);
    } else if (named.isEmpty() && !diagnostics.hasErrors()) {
      reportNone(file, only, diagnostics);
    }
    List<ResolvedNetwork> resolved = new ArrayList<>();
    Map<NetworkSyntax, List<Diagnostic>> found = new LinkedHashMap<>();
    for (NetworkSyntax network : wanted) {
      Diagnostics own = new Diagnostics();
      Reporter reporter = new Reporter(own);
      reporter.enter(network);
      Map<String, Value> values = values(network, given, own);
      ResolvedNetwork result =
          new NetworkResolver(library, neighbours, reporter).resolve(network, values);
      if (result != null && !own.hasErrors()) {
        resolved.add(result);
      }
      found.put(network, own.sorted());
    }
    report(found, diagnostics);
    return resolved;
  }

  /** The parameters of a network that have no value: a family, of which others derive. */
  private static List<String> lacking(NetworkSyntax network, List<ParameterValue> given) {
    return network.parameters().stream()
        .filter(parameter -> parameter.defaultValue() == null)
        .map(parameter -> parameter.name().text())
        .filter(
            name -> given.stream().noneMatch(value -> value.isFor(network) && value.gives(name)))
        .toList();
  }

  private static void reportLacking(
      NetworkSyntax network, List<ParameterValue> given, Diagnostics diagnostics) {
    List<String> lacking = lacking(network, given);
    String values = String.join("=..., ", lacking) + "=...";
    diagnostics.add(
        Code.MISSING_ARGUMENT,
        network.name().span(),
        "network `" + network.name() + "` has no value for " + Suggestions.list(lacking),
        "give it: `--set "
            + lacking.get(0)
            + "=...`; or derive a network: `network Mine = "
            + network.name()
            + "("
            + values
            + ")`");
  }

  /** A file of blocks is there for others to import, and needs no network. */
  private static void reportNone(FileSyntax file, String only, Diagnostics diagnostics) {
    List<String> names = file.networks().stream().map(n -> n.name().text()).toList();
    Span start = new Span(file.file(), 0, 0);
    if (only != null) {
      String help = Suggestions.didYouMean(only, names, "networks: " + Suggestions.list(names));
      diagnostics.add(Code.NO_NETWORK, start, "the file has no network `" + only + "`", help);
    } else if (file.blocks().isEmpty()) {
      String help =
          file.imports().isEmpty()
              ? "write one: `network Tiny { input image: [32, 32, 3] gap }`"
              : "an import lends names and makes no class; derive one: `network Mine = Theirs`";
      diagnostics.add(Code.NO_NETWORK, start, "the file has no network", help);
    }
  }

  /** What holds of a network with a body is not said again of those that derive from it. */
  private static void report(Map<NetworkSyntax, List<Diagnostic>> found, Diagnostics diagnostics) {
    Set<Diagnostic> said = new HashSet<>();
    for (boolean derived : new boolean[] {false, true}) {
      found.forEach(
          (network, list) -> {
            for (Diagnostic d : list) {
              if ((network.base() != null) == derived && said.add(d)) {
                String note = "in network `" + network.name() + "`";
                diagnostics.add(isInherited(d, network) ? d.note(note) : d);
              }
            }
          });
    }
  }

  private static boolean isInherited(Diagnostic d, NetworkSyntax network) {
    Span own = network.span();
    boolean inside =
        d.span().file() == own.file()
            && d.span().start() >= own.start()
            && d.span().end() <= own.end();
    return network.base() != null && !inside;
  }

  private static Map<String, Value> values(
      NetworkSyntax network, List<ParameterValue> given, Diagnostics diagnostics) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (ParameterValue one : given) {
      Expression value = one.isFor(network) ? one.value(network, diagnostics) : null;
      if (value != null) {
        Reporter reporter = new Reporter(diagnostics);
        reporter.enter(network);
        Frame frame = Frame.ofNetwork(Map.of());
        values.put(one.parameter(), new Evaluator(reporter).evaluate(value, frame));
      }
    }
    return values;
  }
}
