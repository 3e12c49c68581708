package dev.mbnet.runtime;

import java.util.Arrays;

/**
 * Working memory of generated sessions. A tensor {@code [h][w][c]} is an array of pixels, row by
 * row, and a pixel an array of at least {@code c} floats. Padding costs nothing: a padded view is
 * another array of the same pixels, with one shared border pixel around them. Planes are the other
 * way round: an array of channels, and a channel an array of at least as many floats as pixels.
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

  /**
   * Turns {@code count} pixels to planes {@code [channel][pixel]}.
   *
   * @param first the first pixel
   * @param apart pixels from each to the next
   * @param plane where the planes begin
   * @param at the place of the first pixel in each plane
   */
  public static void toPlanes(
      float[][] pixels,
      int first,
      int apart,
      int count,
      int channels,
      float[][] planes,
      int plane,
      int at) {
    int p = 0;
    for (; p < count - 3; p += 4) {
      float[] x0 = pixels[first + p * apart];
      float[] x1 = pixels[first + (p + 1) * apart];
      float[] x2 = pixels[first + (p + 2) * apart];
      float[] x3 = pixels[first + (p + 3) * apart];
      for (int c = 0; c < channels; c++) {
        float[] y = planes[plane + c];
        y[at + p] = x0[c];
        y[at + p + 1] = x1[c];
        y[at + p + 2] = x2[c];
        y[at + p + 3] = x3[c];
      }
    }
    for (; p < count; p++) {
      float[] x = pixels[first + p * apart];
      for (int c = 0; c < channels; c++) {
        planes[plane + c][at + p] = x[c];
      }
    }
  }

  /**
   * Turns {@code length} floats of each of {@code count} pixels to planes.
   *
   * @param x a flat {@code [h][w][c]} array
   * @param first the first pixel's first float
   * @param apart floats from each pixel to the next
   * @param plane where the planes begin
   * @param at the place of the first pixel in each plane
   */
  public static void toPlanes(
      float[] x, int first, int apart, int count, int length, float[][] planes, int plane, int at) {
    for (int c = 0; c < length; c++) {
      float[] y = planes[plane + c];
      for (int p = 0; p < count; p++) {
        y[at + p] = x[first + p * apart + c];
      }
    }
  }

  /** Turns planes {@code [channel][pixel]} to pixels {@code first}, ... */
  public static void toPixels(
      float[][] planes, int count, int channels, float[][] pixels, int first) {
    int p = 0;
    for (; p < count - 3; p += 4) {
      float[] y0 = pixels[first + p];
      float[] y1 = pixels[first + p + 1];
      float[] y2 = pixels[first + p + 2];
      float[] y3 = pixels[first + p + 3];
      for (int c = 0; c < channels; c++) {
        float[] plane = planes[c];
        y0[c] = plane[p];
        y1[c] = plane[p + 1];
        y2[c] = plane[p + 2];
        y3[c] = plane[p + 3];
      }
    }
    for (; p < count; p++) {
      float[] y = pixels[first + p];
      for (int c = 0; c < channels; c++) {
        y[c] = planes[c][p];
      }
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
