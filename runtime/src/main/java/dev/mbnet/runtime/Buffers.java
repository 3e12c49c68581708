package dev.mbnet.runtime;

import java.util.Arrays;

/**
 * Working memory of generated sessions. A tensor {@code [h][w][c]} is an array of pixels, row by
 * row, and a pixel an array of at least {@code c} floats. Padding costs nothing: a padded view is
 * another array of the same pixels, with one shared border pixel around them.
 */
public final class Buffers {

  private Buffers() {}

  /** {@code count} pixels of {@code length} floats, all zero. */
  public static float[][] pixels(int count, int length) {
    return new float[count][length];
  }

  /** A border pixel of {@code length} floats of one value, which nobody may write. */
  public static float[] border(int length, float value) {
    float[] border = new float[length];
    Arrays.fill(border, value);
    return border;
  }

  /**
   * A view of {@code height * width} pixels with {@code border} around them.
   *
   * @param pixels at least as many pixels, of which the first are viewed
   */
  public static float[][] padded(
      float[][] pixels,
      int height,
      int width,
      int top,
      int bottom,
      int left,
      int right,
      float[] border) {
    int wide = left + width + right;
    float[][] view = new float[(top + height + bottom) * wide][];
    Arrays.fill(view, border);
    for (int y = 0; y < height; y++) {
      System.arraycopy(pixels, y * width, view, (top + y) * wide + left, width);
    }
    return view;
  }

  /** Copies a flat {@code [h][w][c]} array into the middle of a flat one that is zero around. */
  public static void copyPadded(
      float[] from, int height, int width, int channels, int top, int left, int right, float[] to) {
    int wide = (left + width + right) * channels;
    for (int y = 0; y < height; y++) {
      int at = (top + y) * wide + left * channels;
      System.arraycopy(from, y * width * channels, to, at, width * channels);
    }
  }

  /** Copies a flat {@code [h][w][c]} array to pixels. */
  public static void scatter(float[] from, int channels, float[][] pixels) {
    for (int at = 0, p = 0; at < from.length; at += channels, p++) {
      System.arraycopy(from, at, pixels[p], 0, channels);
    }
  }

  /** Copies pixels to a flat {@code [h][w][c]} array, which it fills. */
  public static void gather(float[][] pixels, int channels, float[] to) {
    for (int at = 0, p = 0; at < to.length; at += channels, p++) {
      System.arraycopy(pixels[p], 0, to, at, channels);
    }
  }
}
