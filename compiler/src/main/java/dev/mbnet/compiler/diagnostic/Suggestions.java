package dev.mbnet.compiler.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Finds the name that a user most likely meant. */
public final class Suggestions {

  /** What PyTorch, Keras and model tables call things. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("stride", "s"),
          Map.entry("strides", "s"),
          Map.entry("kernel", "k"),
          Map.entry("kernel_size", "k"),
          Map.entry("filters", "c"),
          Map.entry("channels", "c"),
          Map.entry("out_channels", "c"),
          Map.entry("groups", "g"),
          Map.entry("dilation", "d"),
          Map.entry("padding", "pad"),
          Map.entry("activation", "act"),
          Map.entry("repeats", "n"),
          Map.entry("r", "n"),
          Map.entry("expand_ratio", "t"),
          Map.entry("linear", "dense"),
          Map.entry("fc", "dense"),
          Map.entry("batchnorm", "bn"));

  private Suggestions() {}

  /**
   * The candidate that is {@code name} elsewhere, or within two typing mistakes of it (one for
   * short names), or null.
   */
  public static String closest(String name, Collection<String> candidates) {
    String other = ELSEWHERE.get(name.toLowerCase(Locale.ROOT));
    if (other != null && candidates.contains(other)) {
      return other;
    }
    String best = null;
    int limit = name.length() <= 4 ? 1 : 2;
    for (String candidate : candidates) {
      int distance =
          distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT), limit);
      boolean likelier = best == null || distance < limit || candidate.length() == name.length();
      if (distance <= limit && candidate.length() > distance && likelier) {
        limit = distance;
        best = candidate;
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
