package dev.mbnet.compiler.format;

import java.util.ArrayList;
import java.util.List;

/** A declaration, a statement, a setting of an input or a branch of {@code parallel}. */
record Item(Kind kind, List<Part> parts) {

  /** What an item is, as far as the layout asks. */
  enum Kind {
    IMPORT,
    /** {@code network X = Y(...)}. */
    DERIVED,
    NETWORK_OR_BLOCK,
    INPUT,
    SETTING,
    FROM,
    IF,
    /** Any other statement that starts with a word of the grammar. */
    PHRASE,
    CALL,
    /** {@code residual} or {@code parallel}. */
    STACKS,
    BRANCH
  }

  /**
   * Words and the body behind them.
   *
   * @param body null if the item ends with words
   */
  record Part(List<Word> words, Body body) {}

  /** Items between braces; for a whole file {@code open} is null. */
  record Body(Word open, List<Item> items, Word close) {

    /** Whether no comment stands between the braces. */
    boolean isQuiet() {
      return !close.hasComments()
          && items.stream().allMatch(i -> !i.first().hasComments() && i.isQuiet());
    }

    /** Whether it is written on one line that nothing forbids to keep. */
    boolean isFlat() {
      return isQuiet() && (items.isEmpty() || open.line() == close.line());
    }
  }

  Word first() {
    Part part = parts.get(0);
    return part.words().isEmpty() ? part.body().open() : part.words().get(0);
  }

  /** The line it ends on. */
  int lastLine() {
    Part part = parts.get(parts.size() - 1);
    return part.body() == null
        ? part.words().get(part.words().size() - 1).line()
        : part.body().close().line();
  }

  boolean isLayer() {
    return kind == Kind.CALL || kind == Kind.STACKS;
  }

  /** Whether it is a declaration that has no body. */
  boolean isShort() {
    return kind == Kind.IMPORT || kind == Kind.DERIVED;
  }

  /** The label of a layer, or an empty string. */
  String label() {
    List<Word> words = parts.get(0).words();
    boolean labelled =
        isLayer()
            && words.size() > 2
            && words.get(1).is(":")
            && !words.get(1).hasComments()
            && !words.get(2).hasComments();
    return labelled ? words.get(0).text() : "";
  }

  /** The first part's words without the label. */
  List<Word> head() {
    List<Word> words = parts.get(0).words();
    return label().isEmpty() ? words : words.subList(2, words.size());
  }

  /** Whether no comment stands inside; those before the first word stand outside. */
  boolean isQuiet() {
    List<Word> inside = new ArrayList<>();
    for (Part part : parts) {
      inside.addAll(part.words());
      if (part.body() != null) {
        inside.add(part.body().open());
      }
    }
    return inside.stream().skip(1).noneMatch(Word::hasComments)
        && parts.stream().allMatch(part -> part.body() == null || part.body().isQuiet());
  }
}
