package dev.mbnet.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What users can read about goals and their parameters, in the plugin's descriptor. */
class DescriptorTest {
  /** Elements of their own that no user property can be, with the type of each. */
  private static final Map<String, String> STRUCTURED = Map.of("weights.weights", "java.util.List");

  private static final List<Element> GOALS = new ArrayList<>();

  @BeforeAll
  static void read() throws Exception {
    try (InputStream in = DescriptorTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      if (in == null) {
        throw new IOException("there is no descriptor; Maven makes it after compiling");
      }
      Element plugin =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
      GOALS.addAll(children(child(plugin, "mojos")));
    }
  }

  @Test
  void theGoals() {
    TreeSet<String> names = new TreeSet<>();
    GOALS.forEach(goal -> names.add(text(goal, "goal")));
    assertEquals(
        "[generate, generate-test, help, import, random-weights, summary, verify, weights]",
        names.toString());
  }

  @Test
  void everyGoalAndParameterIsDescribed() {
    List<String> silent = new ArrayList<>();
    for (Element goal : GOALS) {
      String name = text(goal, "goal");
      if (text(goal, "description").isBlank()) {
        silent.add(name);
      }
      for (Element parameter : parameters(goal)) {
        if (text(parameter, "description").isBlank()) {
          silent.add(name + "." + text(parameter, "name"));
        }
      }
    }
    assertEquals(List.of(), silent);
  }

  /** The goal {@code help} is Maven's own, with Maven's names. */
  @Test
  void everyParameterHasAUserPropertyOfThePlugins() {
    List<String> other = new ArrayList<>();
    for (Element goal : GOALS) {
      String name = text(goal, "goal");
      for (Element parameter : name.equals("help") ? List.<Element>of() : parameters(goal)) {
        String key = name + "." + text(parameter, "name");
        String property = text(child(goal, "configuration"), text(parameter, "name"));
        boolean structured = text(parameter, "type").equals(STRUCTURED.get(key));
        if (!structured && !property.matches("\\$\\{mbnet\\.[a-zA-Z0-9]+}")) {
          other.add(key + ": " + property);
        }
      }
    }
    assertEquals(List.of(), other);
  }

  /** Those that users can give; the rest are Maven's to fill in. */
  private static List<Element> parameters(Element goal) {
    return children(child(goal, "parameters")).stream()
        .filter(parameter -> text(parameter, "editable").equals("true"))
        .toList();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  private static Element child(Element parent, String name) {
    return children(parent).stream()
        .filter(child -> child.getTagName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Of a child, of which there may be none. */
  private static String text(Element parent, String name) {
    Element child = child(parent, name);
    return child == null ? "" : child.getTextContent();
  }
}
