package dev.mbnet.compiler.source;

import java.util.Arrays;

/** The text of one {@code .mbnet} file under the name that diagnostics call it by. Immutable. */
public final class SourceFile {
  private final String name;
  private final String text;
  private final String place;
  private final int[] lineStarts;

  /** A file of the user's own. */
  public SourceFile(String name, String text) {
    this(name, text, null);
  }

  /**
   * A file whose {@code text} loses a byte order mark at its start.
   *
   * @param place the jar or folder of the path that it was found in, or null
   */
  public SourceFile(String name, String text, String place) {
    this.name = name;
    this.place = place;
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.lineStarts = lineStarts(this.text);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** The jar or folder of the path that it was found in; null for a user's own. */
  public String place() {
    return place;
  }

  /** The 1-based line that holds the character at {@code offset}. */
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The 1-based column, in code points, of the character at {@code offset}. */
  public int column(int offset) {
    int start = lineStarts[line(offset) - 1];
    return text.codePointCount(start, Math.min(offset, text.length())) + 1;
  }

  /** The text of the 1-based {@code line}, without its line end. */
  public String lineText(int line) {
    int start = lineStarts[line - 1];
    int end = line < lineStarts.length ? lineStarts[line] : text.length();
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(start, end);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean crlf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || c == '\r' && !crlf) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
