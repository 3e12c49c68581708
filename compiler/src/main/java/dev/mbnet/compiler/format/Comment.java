package dev.mbnet.compiler.format;

import java.util.ArrayList;
import java.util.List;

/**
 * A comment and how it stood.
 *
 * @param ownLine whether a line end lies before it
 * @param endsLine whether a line end follows it
 * @param blankBefore whether an empty line lies before it
 */
record Comment(String text, boolean ownLine, boolean endsLine, boolean blankBefore) {

  boolean isDoc() {
    return text.startsWith("/**");
  }

  boolean isLine() {
    return text.startsWith("//");
  }

  /**
   * The comment's lines as they look at an indent: those that begin with an asterisk stand under
   * the first one's, others stay where they are.
   */
  List<String> lines(int indent) {
    List<String> lines = text.replace("\t", "  ").lines().map(String::stripTrailing).toList();
    boolean stars = lines.stream().skip(1).allMatch(line -> line.strip().startsWith("*"));
    String space = " ".repeat(indent);
    List<String> moved = new ArrayList<>();
    for (String line : lines) {
      boolean first = moved.isEmpty();
      moved.add(first ? space + line : stars ? space + " " + line.strip() : line);
    }
    return moved;
  }
}
