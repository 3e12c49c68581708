package dev.mbnet.compiler.weights;

import java.util.regex.Pattern;

/** Names out of files, made fit to be shown. */
final class Quote {
  private static final int LONGEST = 120;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private Quote() {}

  /** {@code name} on one line, safe to print and cut to a readable length. */
  static String plain(String name) {
    String shown = name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...";
    return UNPRINTABLE
        .matcher(shown)
        .replaceAll(c -> String.format("\\\\u{%x}", c.group().codePointAt(0)));
  }

  /** The same in backticks. */
  static String quoted(String name) {
    return "`" + plain(name) + "`";
  }
}
