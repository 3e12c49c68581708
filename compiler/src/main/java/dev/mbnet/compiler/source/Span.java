package dev.mbnet.compiler.source;

/** The characters {@code [start, end)} of a file. */
public record Span(SourceFile file, int start, int end) {

  public int line() {
    return file.line(start);
  }

  public int column() {
    return file.column(start);
  }

  public String text() {
    return file.text().substring(start, end);
  }

  /** From the start of this span to the end of {@code last}. */
  public Span to(Span last) {
    return new Span(file, start, Math.max(end, last.end));
  }

  /** As {@code name:line:column}. */
  @Override
  public String toString() {
    return file.name() + ":" + line() + ":" + column();
  }
}
