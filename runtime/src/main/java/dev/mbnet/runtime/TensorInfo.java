package dev.mbnet.runtime;

/**
 * An input or output of a network: one image's floats in the order {@code [h][w][c]}.
 *
 * @param name as the network declares it
 */
public record TensorInfo(String name, int height, int width, int channels) {

  /** The number of floats. */
  public int length() {
    return height * width * channels;
  }

  /** As {@code name 7x7x320}. */
  @Override
  public String toString() {
    return name + " " + height + "x" + width + "x" + channels;
  }
}
