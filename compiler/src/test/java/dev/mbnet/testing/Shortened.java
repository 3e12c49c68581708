package dev.mbnet.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Examples too long to be written out: a comment {@code // ... 200,000 lines like the one above}
 * stands for so many copies of the line before it.
 */
public final class Shortened {
  private static final Pattern LINES =
      Pattern.compile("(?m)^(.*\\n) *// \\.\\.\\. ([0-9,]+) lines like the one above\\n");

  private Shortened() {}

  /** The whole text. */
  public static String expand(String text) {
    return LINES
        .matcher(text)
        .replaceAll(
            found -> {
              int copies = Integer.parseInt(found.group(2).replace(",", ""));
              return Matcher.quoteReplacement(found.group(1).repeat(1 + copies));
            });
  }
}
