package dev.mbnet.compiler.codegen;

import dev.mbnet.compiler.ir.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Java's names for the nodes of a network. */
final class Names {
  private final Map<Node, String> methods = new HashMap<>();
  private final Set<String> taken = new HashSet<>(Set.of("load", "loadResource", "of", "declare"));

  /** {@code stage3.1.depthwise} is {@code stage3_1_depthwise}; unlabelled stages get their call. */
  String method(Node node) {
    return methods.computeIfAbsent(node, this::choose);
  }

  /** The constant for a node's place among the weights. */
  String constant(Node node) {
    return method(node).toUpperCase(Locale.ROOT);
  }

  private String choose(Node node) {
    String name = node.name().replace('.', '_');
    if (Character.isDigit(name.charAt(0))) {
      String call = node.stage().call().text();
      int end = 0;
      while (end < call.length() && Character.isJavaIdentifierPart(call.charAt(end))) {
        end++;
      }
      name = call.substring(0, end) + name;
    }
    // Tile methods add to a method's name, constants ignore its case.
    while (!SourceVersion.isName(name) || !taken.add(name.toLowerCase(Locale.ROOT))) {
      name += "_";
    }
    return name;
  }
}
