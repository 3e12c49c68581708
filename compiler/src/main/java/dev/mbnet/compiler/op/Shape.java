package dev.mbnet.compiler.op;

/** The sizes of one image's tensor, in the order {@code [h][w][c]}. */
public record Shape(int height, int width, int channels) {

  public long elements() {
    return (long) height * width * channels;
  }

  public int pixels() {
    return height * width;
  }

  /** Whether it is a single pixel, as {@code gap} and {@code flatten} leave it. */
  public boolean isVector() {
    return height == 1 && width == 1;
  }

  @Override
  public String toString() {
    return height + "x" + width + "x" + channels;
  }
}
