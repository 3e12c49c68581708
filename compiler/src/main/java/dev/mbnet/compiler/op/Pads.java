package dev.mbnet.compiler.op;

/** Rows and columns added around an input. */
public record Pads(int top, int bottom, int left, int right) {
  public static final Pads NONE = new Pads(0, 0, 0, 0);

  public boolean isNone() {
    return equals(NONE);
  }

  @Override
  public String toString() {
    return "[" + top + ", " + bottom + ", " + left + ", " + right + "]";
  }
}
