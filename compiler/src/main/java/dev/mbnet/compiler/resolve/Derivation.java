package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Call;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.Parameter;
import dev.mbnet.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the network with a body that another derives from, and the values of its parameters. */
final class Derivation {
  private final Library library;
  private final Reporter reporter;
  private final Evaluator evaluator;

  /** A network with a body and the frame that its body begins with. */
  record Root(NetworkSyntax network, Frame frame) {}

  Derivation(Library library, Reporter reporter) {
    this.library = library;
    this.reporter = reporter;
    this.evaluator = new Evaluator(reporter);
  }

  /** Null where there is none, which is reported. */
  Root root(NetworkSyntax network, Map<String, Value> overrides) {
    Frame frame = Frame.ofNetwork(parameters(network, overrides, network.name().span()));
    NetworkSyntax root = network;
    List<NetworkSyntax> line = new ArrayList<>();
    while (root.base() != null) {
      line.add(root);
      NetworkSyntax base = base(root, line);
      if (base == null) {
        return null;
      }
      frame =
          Frame.ofNetwork(parameters(base, given(root, base, frame), root.base().name().span()));
      root = base;
    }
    return new Root(root, frame);
  }

  private NetworkSyntax base(NetworkSyntax network, List<NetworkSyntax> line) {
    Name name = network.base().name();
    NetworkSyntax base = library.network(name.text());
    if (base == null) {
      reporter.report(
          Code.UNKNOWN_CALLEE,
          name.span(),
          "there is no network `" + name + "`",
          Suggestions.didYouMean(
              name.text(),
              library.networkNames(),
              "networks: " + Suggestions.list(library.networkNames())),
          null);
    } else if (line.contains(base)) {
      Name first = line.get(0).name();
      Name at = base == line.get(0) ? line.get(0).base().name() : name;
      String fact = "network `" + (base == line.get(0) ? first : name) + "` derives from itself";
      String help = "one of them needs a body: `network " + first + " { ... }`";
      reporter.report(Code.RECURSION, at.span(), fact, help, null);
      return null;
    }
    return base;
  }

  private Map<String, Value> given(NetworkSyntax network, NetworkSyntax base, Frame frame) {
    Map<String, Value> given = new LinkedHashMap<>();
    List<String> names = base.parameters().stream().map(p -> p.name().text()).toList();
    for (Call.Argument argument : network.base().arguments()) {
      String name = argument.name() == null ? null : argument.name().text();
      if (name == null || !names.contains(name)) {
        reporter.report(
            Code.UNKNOWN_PARAMETER,
            argument.span(),
            name == null
                ? "a derived network gives its parameters by name"
                : "network `" + base.name() + "` has no parameter `" + name + "`",
            name == null && !names.isEmpty()
                ? "for example `" + names.get(0) + "=" + argument.span().text() + "`"
                : Suggestions.didYouMean(
                    name == null ? "" : name, names, "it has " + Suggestions.list(names)),
            null);
        names.forEach(n -> given.putIfAbsent(n, new Value.Unknown(argument.span())));
      } else {
        given.put(name, evaluator.evaluate(argument.value(), frame));
      }
    }
    return given;
  }

  /** The parameters' values; {@code user} is what makes a network of them. */
  private Map<String, Value> parameters(
      NetworkSyntax network, Map<String, Value> given, Span user) {
    Map<String, Value> values = new HashMap<>();
    for (Parameter parameter : network.parameters()) {
      String name = parameter.name().text();
      Value value = given.get(name);
      if (value == null && parameter.defaultValue() == null) {
        reporter.report(
            Code.MISSING_ARGUMENT,
            user,
            "network `" + network.name() + "` needs a value for `" + name + "`",
            "give it: `" + network.name() + "(" + name + "=...)`",
            null);
        value = new Value.Unknown(parameter.span());
      } else if (value == null) {
        value = evaluator.evaluate(parameter.defaultValue(), Frame.ofNetwork(values));
      }
      if (values.putIfAbsent(name, value) != null) {
        String fact = "there is a parameter `" + name + "` already";
        reporter.report(Code.DUPLICATE_NAME, parameter.span(), fact, "drop one of them", null);
      }
    }
    return values;
  }
}
