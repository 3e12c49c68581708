package dev.mbnet.compiler.codegen;

import dev.mbnet.compiler.ir.Node;
import dev.mbnet.runtime.Session;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Java's names for the nodes of a network. */
final class Names {
  /** What {@link Chunks} calls parts of the session's methods. */
  private static final Pattern PART = Pattern.compile("(execute|allocate)\\d+");

  /** What a layer's functions add to its name, and what functions are called that layers share. */
  private static final Pattern FUNCTION =
      Pattern.compile(
          ".*(Tile|Start|Add|Activate|Rows|Panels|Finish|Pair)|(multiply|depthwise)\\d.*[^_]");

  private final Map<Node, String> methods = new HashMap<>();
  private final Set<String> taken =
      new HashSet<>(Set.of("load", "loadresource", "of", "declare", "yield"));

  Names() {
    // A method of the session's own class hides one of that name around it.
    for (Class<?> type : List.of(Session.class, Object.class)) {
      for (Method method : type.getDeclaredMethods()) {
        taken.add(method.getName().toLowerCase(Locale.ROOT));
      }
    }
  }

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
    // Constants ignore a method's case.
    while (!SourceVersion.isName(name)
        || PART.matcher(name).matches()
        || FUNCTION.matcher(name).matches()
        || !taken.add(name.toLowerCase(Locale.ROOT))) {
      name += "_";
    }
    return name;
  }
}
