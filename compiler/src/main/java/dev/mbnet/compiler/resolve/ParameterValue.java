package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Expression;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import dev.mbnet.compiler.syntax.Parser;
import java.util.List;

/**
 * A parameter's value from outside the file.
 *
 * @param text as the user gave it: {@code name=value} or {@code Network.name=value}
 * @param network whose parameter it is, or null for all
 * @param source the value, under the name that messages call it by
 */
record ParameterValue(String text, String network, String parameter, SourceFile source) {

  static ParameterValue of(String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? text : text.substring(0, equals);
    int dot = key.indexOf('.');
    return new ParameterValue(
        text,
        dot < 0 ? null : key.substring(0, dot),
        key.substring(dot + 1),
        new SourceFile("--set " + key, equals < 0 ? "" : text.substring(equals + 1)));
  }

  boolean isFor(NetworkSyntax syntax) {
    return network == null || network.equals(syntax.name().text());
  }

  boolean gives(String name) {
    return parameter.equals(name) && text.contains("=");
  }

  /** Reports a network that is none of those named. */
  void checkNetwork(List<NetworkSyntax> networks, Diagnostics diagnostics) {
    if (network != null && !networks.isEmpty() && networks.stream().noneMatch(this::isFor)) {
      List<String> names = networks.stream().map(n -> n.name().text()).toList();
      diagnostics.add(
          Code.UNKNOWN_PARAMETER,
          whole(),
          "`--set " + text + "` names a network `" + network + "`, which is not compiled",
          Suggestions.didYouMean(network, names, "networks: " + Suggestions.list(names)));
    }
  }

  /** The value's syntax, or null where something is wrong with it. */
  Expression value(NetworkSyntax syntax, Diagnostics diagnostics) {
    if (parameter.isBlank() || source.text().isBlank()) {
      String fact = "`--set " + text + "` has no " + (parameter.isBlank() ? "name" : "value");
      diagnostics.add(Code.WRONG_TYPE, whole(), fact, "`--set name=value`");
      return null;
    }
    List<String> names = syntax.parameters().stream().map(p -> p.name().text()).toList();
    if (!names.contains(parameter)) {
      diagnostics.add(
          Code.UNKNOWN_PARAMETER,
          whole(),
          "network `" + syntax.name() + "` has no parameter `" + parameter + "`",
          Suggestions.didYouMean(parameter, names, "it has " + Suggestions.list(names)));
      return null;
    }
    return Parser.parseValue(source, diagnostics);
  }

  private Span whole() {
    return new Span(source, 0, source.text().length());
  }
}
