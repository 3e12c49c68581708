package dev.mbnet.compiler.diagnostic;

import java.util.Collection;
import java.util.Locale;

/** Finds the name that a user most likely meant. */
public final class Suggestions {

  private Suggestions() {}

  /** The candidate within two typing mistakes (one for short names) of {@code name}, or null. */
  public static String closest(String name, Collection<String> candidates) {
    String best = null;
    int limit = name.length() <= 4 ? 1 : 2;
    for (String candidate : candidates) {
      int distance =
          distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT), limit);
      if (distance <= limit && candidate.length() > distance) {
        limit = distance - (distance == 0 ? 0 : 1);
        best = candidate;
        if (distance <= 1) {
          break;
        }
      }
    }
    return best;
  }

  /** As {@code did you mean `closest`?}, or the fallback where nothing is close. */
  public static String didYouMean(String name, Collection<String> candidates, String fallback) {
    String closest = closest(name, candidates);
    return closest == null ? fallback : "did you mean `" + closest + "`?";
  }

  /** Names in backticks, separated by spaces. */
  public static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : "`" + String.join("` `", names) + "`";
  }

  /** Damerau-Levenshtein (adjacent swaps count once); anything over {@code limit} is limit + 1. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swap =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swap) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
