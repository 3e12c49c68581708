package dev.mbnet.compiler.source;

import java.util.List;
import java.util.Optional;

/** Finds the texts that files name, since the compiler reads none itself. */
@FunctionalInterface
public interface Texts {

  /** The text at a path from the main file's folder. */
  Optional<String> beside(String path);

  /** The names of the files in a folder, given by its path from the main file's; for guesses. */
  default List<String> list(String folder) {
    return List.of();
  }

  /** The jars and folders to look in after that, in order, as messages call them. */
  default List<String> places() {
    return List.of();
  }

  /** What one of the places holds at a path, which has no {@code ..}. */
  default Lookup in(String place, String path) {
    return Lookup.NOTHING;
  }

  /**
   * What was found.
   *
   * @param text null where there is none
   * @param refusal why a text that is there is not taken, to follow its name in a message, or null
   */
  record Lookup(String text, String refusal) {
    public static final Lookup NOTHING = new Lookup(null, null);

    public static Lookup of(String text) {
      return new Lookup(text, null);
    }

    public static Lookup refused(String why) {
      return new Lookup(null, why);
    }

    public boolean isNothing() {
      return text == null && refusal == null;
    }
  }
}
