package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.diagnostic.Suggestions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The words that begin statements and declarations, each with an example. */
public final class Keywords {
  private static final Map<String, String> EXAMPLES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("network", "network Tiny { ... }"),
              Map.entry("block", "block stem(c) { ... }"),
              Map.entry("import", "import \"blocks.mbnet\""),
              Map.entry("input", "input image: [224, 224, 3]"),
              Map.entry("default", "default act = relu6, pad = same"),
              Map.entry("output", "output logits, features"),
              Map.entry("labels", "labels \"imagenet.txt\""),
              Map.entry("require", "require params <= 3.6M, macs <= 301M"),
              Map.entry("let", "let wide = 2 * c"),
              Map.entry("from", "from stem"),
              Map.entry("if", "if s == 1 { ... } else { ... }"),
              Map.entry("residual", "residual { ... }"),
              Map.entry("shortcut", "residual { ... } shortcut { ... }"),
              Map.entry("parallel", "parallel add { { ... } { ... } }")));

  private Keywords() {}

  public static Set<String> words() {
    return EXAMPLES.keySet();
  }

  /** The word that is most likely meant by one that is none, or null. */
  public static String closest(String word) {
    return EXAMPLES.containsKey(word) ? null : Suggestions.closest(word, EXAMPLES.keySet());
  }

  /** How what begins with {@code word} is written, or null. */
  public static String example(String word) {
    return EXAMPLES.get(word);
  }
}
