package dev.mbnet.compiler;

import java.util.List;

/**
 * The kinds of code that a network becomes. Plain code is always among them: it answers where
 * vectors cannot.
 *
 * @param vector whether there is a second class, which computes with vectors
 */
public record Backends(boolean vector) {
  /** Plain code alone. */
  public static final Backends PLAIN = new Backends(false);

  /** Plain code, and beside it code with vectors. */
  public static final Backends PLAIN_AND_VECTOR = new Backends(true);

  /**
   * Reads {@code plain} and {@code vector}, in any order, with commas between them.
   *
   * @throws IllegalArgumentException if a word is none of the two; its message is for the user
   */
  public static Backends parse(String words) {
    boolean vector = false;
    for (String word : List.of(words.split(",", -1))) {
      switch (word.strip()) {
        case "plain" -> {}
        case "vector" -> vector = true;
        default ->
            throw new IllegalArgumentException(
                "there is no backend `" + word.strip() + "`; give `plain` or `plain,vector`");
      }
    }
    return vector ? PLAIN_AND_VECTOR : PLAIN;
  }
}
