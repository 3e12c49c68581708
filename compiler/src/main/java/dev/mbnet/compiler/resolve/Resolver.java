package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.source.Texts;
import dev.mbnet.compiler.syntax.Expression;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import dev.mbnet.compiler.syntax.Parser;
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
   *     must have them
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
    List<NetworkSyntax> wanted =
        named.stream().filter(network -> lacking(network, settings).isEmpty()).toList();
    if (only != null && wanted.isEmpty() && !named.isEmpty()) {
      reportLacking(named.get(0), settings, diagnostics);
    } else if (named.isEmpty() && !diagnostics.hasErrors()) {
      reportNone(file, only, diagnostics);
    }
    List<ResolvedNetwork> resolved = new ArrayList<>();
    Map<NetworkSyntax, List<Diagnostic>> found = new LinkedHashMap<>();
    for (NetworkSyntax network : wanted) {
      Diagnostics own = new Diagnostics();
      Reporter reporter = new Reporter(own);
      reporter.enter(network);
      Map<String, Value> overrides = overrides(network, settings, own);
      ResolvedNetwork result =
          new NetworkResolver(library, neighbours, reporter).resolve(network, overrides);
      if (result != null && !own.hasErrors()) {
        resolved.add(result);
      }
      found.put(network, own.sorted());
    }
    report(found, diagnostics);
    return resolved;
  }

  /** The parameters of a network that have no value: a family, of which others derive. */
  private static List<String> lacking(NetworkSyntax network, List<String> settings) {
    return network.parameters().stream()
        .filter(parameter -> parameter.defaultValue() == null)
        .map(parameter -> parameter.name().text())
        .filter(name -> settings.stream().noneMatch(setting -> setting.startsWith(name + "=")))
        .toList();
  }

  private static void reportLacking(
      NetworkSyntax network, List<String> settings, Diagnostics diagnostics) {
    List<String> lacking = lacking(network, settings);
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

  private static Map<String, Value> overrides(
      NetworkSyntax network, List<String> settings, Diagnostics diagnostics) {
    Map<String, Value> values = new LinkedHashMap<>();
    List<String> names = network.parameters().stream().map(p -> p.name().text()).toList();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      String name = equals < 0 ? setting : setting.substring(0, equals);
      String text = equals < 0 ? "" : setting.substring(equals + 1);
      SourceFile source = new SourceFile("--set " + name, text);
      Span whole = new Span(source, 0, text.length());
      if (name.isBlank() || text.isBlank()) {
        String fact = "`--set " + setting + "` has no " + (name.isBlank() ? "name" : "value");
        diagnostics.add(Code.WRONG_TYPE, whole, fact, "`--set name=value`");
        continue;
      }
      if (!names.contains(name)) {
        diagnostics.add(
            Code.UNKNOWN_PARAMETER,
            whole,
            "network `" + network.name() + "` has no parameter `" + name + "`",
            Suggestions.didYouMean(name, names, "it has " + Suggestions.list(names)));
        continue;
      }
      Expression value = Parser.parseValue(source, diagnostics);
      if (value == null) {
        continue;
      }
      Reporter reporter = new Reporter(diagnostics);
      reporter.enter(network);
      values.put(name, new Evaluator(reporter).evaluate(value, Frame.ofNetwork(Map.of())));
    }
    return values;
  }
}
