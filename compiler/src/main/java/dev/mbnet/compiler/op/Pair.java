package dev.mbnet.compiler.op;

/** A size along height and along width. */
public record Pair(int h, int w) {
  public static final Pair ONE = new Pair(1, 1);

  public boolean isOne() {
    return h == 1 && w == 1;
  }

  @Override
  public String toString() {
    return h == w ? Integer.toString(h) : "[" + h + ", " + w + "]";
  }
}
