package dev.mbnet.compiler.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where a space stands between the words of one item. */
final class Spacing {
  private static final Set<String> NEVER_AFTER = Set.of("(", "[", "...", ".");
  private static final Set<String> NEVER_BEFORE = Set.of(",", ")", "]", ":", ".");
  private static final Set<String> OPERATOR_WORDS = Set.of("and", "or", "not", "else");

  private Spacing() {}

  /** The item's words, each with the space before it; the first of all gets none. */
  static List<String> spaced(Item item, List<Word> words) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean space = i > 0 && isSpaced(item, words, i);
      texts.add((space ? " " : "") + words.get(i).text());
    }
    return texts;
  }

  static String join(Item item, List<Word> words) {
    return String.join("", spaced(item, words));
  }

  private static boolean isSpaced(Item item, List<Word> words, int i) {
    Word word = words.get(i);
    Word before = words.get(i - 1);
    if (NEVER_AFTER.contains(before.text()) || NEVER_BEFORE.contains(word.text())) {
      return false;
    } else if (word.is("=") || before.is("=")) {
      return !item.isLayer();
    } else if (before.is("-") && isUnary(item, words, i - 1)) {
      return false;
    }
    return !(word.is("(") || word.is("[")) || !isCallee(item, words, i - 1);
  }

  /** Whether a bracket behind the word belongs to it, as in {@code conv(...)}. */
  private static boolean isCallee(Item item, List<Word> words, int i) {
    Word word = words.get(i);
    boolean opening = i == 0 && isOpening(item, word) || i == 1 && words.get(0).is("else");
    return word.isName() && !opening && !OPERATOR_WORDS.contains(word.text());
  }

  /** Whether it is the word of the grammar that an item starts with. */
  private static boolean isOpening(Item item, Word word) {
    return word == item.first() && !item.isLayer() && item.kind() != Item.Kind.SETTING;
  }

  private static boolean isUnary(Item item, List<Word> words, int i) {
    if (i == 0) {
      return true;
    }
    Word before = words.get(i - 1);
    boolean value = before.is(")") || before.is("]") || before.text().startsWith("\"");
    boolean number = Character.isDigit(before.text().charAt(0));
    boolean name =
        before.isName()
            && !OPERATOR_WORDS.contains(before.text())
            && !(i == 1 && isOpening(item, before))
            && !(i == 2 && words.get(0).is("else"));
    return !value && !number && !name;
  }
}
