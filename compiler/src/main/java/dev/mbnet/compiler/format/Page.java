package dev.mbnet.compiler.format;

import java.util.ArrayList;
import java.util.List;

/** Lines being written, and the comments behind them. */
final class Page {
  /** The longest a line should be. */
  static final int WIDTH = 100;

  private static final class Line {
    private final String text;
    private String comment = "";
    private boolean joined;

    Line(String text) {
      this.text = text;
    }

    /** Whether its comment stands in a column, one begun by a line above or a new one. */
    boolean continues(boolean begun) {
      return !text.strip().equals("}") && (!comment.isEmpty() || begun && joined);
    }
  }

  private final List<Line> lines = new ArrayList<>();

  void line(String text) {
    lines.add(new Line(text.stripTrailing()));
  }

  void blank() {
    lines.add(new Line(""));
  }

  int size() {
    return lines.size();
  }

  /** Puts a comment behind the last line. */
  void trail(String comment) {
    Line last = lines.get(lines.size() - 1);
    last.comment += (last.comment.isEmpty() ? "" : " ") + comment;
  }

  /** From the line {@code from} on, a line without a comment does not end a common column. */
  void join(int from) {
    lines.subList(from, lines.size()).forEach(line -> line.joined = true);
  }

  /** All lines, comments of consecutive lines in a common column but for those behind a brace. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); ) {
      int end = i;
      int column = 0;
      while (end < lines.size() && lines.get(end).continues(end > i)) {
        Line line = lines.get(end++);
        column = line.comment.isEmpty() ? column : Math.max(column, line.text.length() + 2);
      }
      for (end = Math.max(end, i + 1); i < end; i++) {
        Line line = lines.get(i);
        int space = line.comment.isEmpty() ? 0 : Math.max(2, column - line.text.length());
        text.append(line.text).append(" ".repeat(space)).append(line.comment).append('\n');
      }
    }
    return text.toString();
  }
}
