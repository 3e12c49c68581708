package dev.mbnet.compiler.codegen;

/** An author's words inside Java's comments. */
final class Text {
  private static final int LONGEST = 76;

  private Text() {}

  /** A statement on one line; a label it does not show is put before it. */
  static String comment(String path, String statement) {
    String line = statement.strip().replaceAll("\\s+", " ").replace('\\', '/');
    String shown =
        Character.isDigit(path.charAt(0)) || line.startsWith(path) ? line : path + ": " + line;
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 3) + "...";
  }

  /** Text that means itself in Javadoc. */
  static String javadoc(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("\\", "&#92;")
        .replace("*/", "*&#47;")
        .replace("{", "&#123;")
        .replace("}", "&#125;");
  }
}
