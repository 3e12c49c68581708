package dev.mbnet.runtime;

import static java.util.Objects.requireNonNull;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * How a network wants its pictures: turns a {@link BufferedImage} of any size and type into the
 * {@code [height][width][channels]} floats of its input.
 *
 * <pre>{@code
 * ImageInput.of(48, 192, Color.BGR)
 *     .resize(Resize.BILINEAR, false)
 *     .fit(Fit.HEIGHT)
 *     .normalise(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
 * }</pre>
 *
 * <p>Pixels are sRGB, 8 bits a channel, put over white where they are transparent. From there on
 * everything is float: Pillow rounds to 8 bits after each direction of a resize and we don't, so
 * its pixels differ from ours by a step or two of 255. A picture that needs no resize keeps its
 * exact pixels.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param height rows of the input, at least 1
 * @param width columns of the input, at least 1
 * @param color the channels and their order
 * @param resize the kernel that makes the input's pixels from the picture's
 * @param antialias whether the kernel widens where the picture shrinks, as in Pillow; without it
 *     every pixel is made from its nearest neighbours only, as in OpenCV and TensorFlow
 * @param fit which part of the picture goes where
 * @param fraction for {@link Fit#CROP} the part of each side that is kept, above 0 and at most 1
 * @param mean subtracted from {@code pixel / 255}; finite, a value a channel in the order of {@code
 *     color}
 * @param std divides what is left then; finite and not 0, a value a channel likewise
 */
public record ImageInput(
    int height,
    int width,
    Color color,
    Resize resize,
    boolean antialias,
    Fit fit,
    double fraction,
    List<Double> mean,
    List<Double> std) {

  /** The channels of the input. */
  public enum Color {
    /** Red, green, blue. */
    RGB(3),
    /** Blue, green, red: what OpenCV reads. */
    BGR(3),
    /** BT.601 luma, {@code 0.299 R + 0.587 G + 0.114 B}. */
    GRAY(1);

    private final int channels;

    Color(int channels) {
      this.channels = channels;
    }

    /** How many floats a pixel takes. */
    public int channels() {
      return channels;
    }
  }

  /** The resampling kernel. Pixel {@code i} has its centre at {@code i + 0.5}. */
  public enum Resize {
    /** The source pixel that holds the centre, the later one on a border; antialiased or not. */
    NEAREST,
    /** Linear between the centres of two pixels a direction. */
    BILINEAR,
    /** Cubic with a = -0.5 as in Pillow and TensorFlow (OpenCV has -0.75); overshoot is cut. */
    BICUBIC
  }

  /** Which part of the picture goes where in the input. */
  public enum Fit {
    /** The whole picture to the whole input, whatever the aspect. */
    STRETCH,
    /**
     * The centre of the picture to the whole input: the largest rectangle of the input's aspect,
     * its sides multiplied by {@link #fraction}. It may begin between pixels. 0.875 is
     * torchvision's "resize to 256, crop 224".
     */
    CROP,
    /** The whole picture, its aspect kept up to whole pixels, in the middle; 0 around it. */
    PAD,
    /**
     * The whole w x h picture at the left, as high as the input and {@code ceil(height * w / h)}
     * wide; 0 to the right. A longer one is squeezed to the input's width. PaddleOCR's way with
     * lines of text.
     */
    HEIGHT
  }

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a value is outside its range, or the input has more than
   *     2^31-1 floats
   */
  public ImageInput {
    requireNonNull(resize, "resize");
    requireNonNull(fit, "fit");
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    check(height >= 1, "height is %d; it must be at least 1", height);
    check(width >= 1, "width is %d; it must be at least 1", width);
    check(
        (long) height * width <= Integer.MAX_VALUE / color.channels,
        "%dx%dx%d is more than the 2147483647 floats an array can hold",
        height,
        width,
        color.channels);
    check(
        fraction > 0 && fraction <= 1,
        "fraction is %s; it must be above 0 and at most 1",
        fraction);
    checkSize("mean", mean, color);
    checkSize("std", std, color);
    for (int c = 0; c < color.channels; c++) {
      check(Double.isFinite(mean.get(c)), "mean[%d] is %s; it must be finite", c, mean.get(c));
      check(
          Double.isFinite(std.get(c)) && std.get(c) != 0,
          "std[%d] is %s; it must be finite and not 0",
          c,
          std.get(c));
    }
  }

  /** An antialiased bilinear stretch to {@code pixel / 255}: mean 0 and std 1. */
  public static ImageInput of(int height, int width, Color color) {
    return new ImageInput(
        height,
        width,
        color,
        Resize.BILINEAR,
        true,
        Fit.STRETCH,
        1,
        Collections.nCopies(color.channels, 0.0),
        Collections.nCopies(color.channels, 1.0));
  }

  /** The same with another kernel. */
  public ImageInput resize(Resize resize, boolean antialias) {
    return new ImageInput(height, width, color, resize, antialias, fit, fraction, mean, std);
  }

  /** The same with another fit; {@link Fit#CROP} gets all of the largest rectangle. */
  public ImageInput fit(Fit fit) {
    return new ImageInput(height, width, color, resize, antialias, fit, 1, mean, std);
  }

  /** The same with {@link Fit#CROP} and this fraction, above 0 and at most 1. */
  public ImageInput crop(double fraction) {
    return new ImageInput(height, width, color, resize, antialias, Fit.CROP, fraction, mean, std);
  }

  /** The same with other means and standard deviations, a value a channel. */
  public ImageInput normalise(List<Double> mean, List<Double> std) {
    return new ImageInput(height, width, color, resize, antialias, fit, fraction, mean, std);
  }

  /** The floats of the input: {@code height * width * channels}. */
  public int length() {
    return height * width * color.channels;
  }

  /**
   * Writes the picture as {@code [height][width][channels]}: {@code (pixel / 255 - mean) / std}
   * with pixels of 0 .. 255, and exactly 0 where the fit leaves room.
   *
   * @param picture of any size and type; only read
   * @param into the caller's; every element is overwritten
   * @throws IllegalArgumentException if {@code into} does not have {@link #length()} elements
   */
  public void read(BufferedImage picture, float[] into) {
    check(
        into.length == length(),
        "the array has %d floats; %dx%dx%d needs %d",
        into.length,
        height,
        width,
        color.channels,
        length());
    Placement place = place(picture.getWidth(), picture.getHeight());
    float[] pixels =
        Resampler.resample(
            rows(picture),
            taps(picture.getHeight(), place.boxTop, place.boxHeight, place.height),
            taps(picture.getWidth(), place.boxLeft, place.boxWidth, place.width),
            color.channels);

    Arrays.fill(into, 0);
    int line = place.width * color.channels;
    for (int c = 0; c < color.channels; c++) {
      double mean = this.mean.get(c);
      double std = this.std.get(c);
      for (int y = 0; y < place.height; y++) {
        int to = ((place.top + y) * width + place.left) * color.channels;
        for (int i = c; i < line; i += color.channels) {
          into[to + i] = (float) ((pixels[y * line + i] / 255.0 - mean) / std);
        }
      }
    }
  }

  /** A box of the picture, in its pixels, and the rectangle of the input it is resampled to. */
  private record Placement(
      double boxLeft,
      double boxTop,
      double boxWidth,
      double boxHeight,
      int left,
      int top,
      int width,
      int height) {}

  private Placement place(int w, int h) {
    return switch (fit) {
      case STRETCH -> new Placement(0, 0, w, h, 0, 0, width, height);
      case CROP -> {
        double boxWidth = fraction * Math.min(w, (double) h * width / height);
        double boxHeight = fraction * Math.min(h, (double) w * height / width);
        yield new Placement(
            (w - boxWidth) / 2, (h - boxHeight) / 2, boxWidth, boxHeight, 0, 0, width, height);
      }
      case PAD -> {
        double scale = Math.min((double) width / w, (double) height / h);
        int fitWidth = Math.max(1, (int) Math.round(w * scale));
        int fitHeight = Math.max(1, (int) Math.round(h * scale));
        yield new Placement(
            0, 0, w, h, (width - fitWidth) / 2, (height - fitHeight) / 2, fitWidth, fitHeight);
      }
      case HEIGHT -> {
        long fitWidth = ((long) height * w + h - 1) / h;
        yield new Placement(0, 0, w, h, 0, 0, (int) Math.min(fitWidth, width), height);
      }
    };
  }

  private Resampler.Taps taps(int size, double from, double length, int count) {
    return Resampler.Taps.of(resize, antialias, size, from, length, count);
  }

  /** The picture's rows, {@code [w][c]} of 0 .. 255, in an array that is used again. */
  private IntFunction<float[]> rows(BufferedImage picture) {
    int[] argb = new int[picture.getWidth()];
    float[] row = new float[argb.length * color.channels];
    return y -> {
      readArgb(picture, y, argb);
      for (int x = 0; x < argb.length; x++) {
        int alpha = argb[x] >>> 24;
        float r = overWhite(argb[x] >> 16 & 255, alpha);
        float g = overWhite(argb[x] >> 8 & 255, alpha);
        float b = overWhite(argb[x] & 255, alpha);
        if (color == Color.GRAY) {
          row[x] = (299 * r + 587 * g + 114 * b) / 1000;
        } else {
          row[3 * x] = color == Color.RGB ? r : b;
          row[3 * x + 1] = g;
          row[3 * x + 2] = color == Color.RGB ? b : r;
        }
      }
      return row;
    };
  }

  private static float overWhite(int value, int alpha) {
    return (value * alpha + 255 * (255 - alpha)) / 255f;
  }

  private static void readArgb(BufferedImage picture, int y, int[] argb) {
    picture.getRGB(0, y, argb.length, 1, argb, 0, argb.length);
    ColorModel model = picture.getColorModel();
    int bits = model.getComponentSize(0);
    if (model.getColorSpace().getType() == ColorSpace.TYPE_GRAY && bits >= 8 && bits <= 16) {
      // Java takes gray samples for linear light: getRGB makes 188 of a gray PNG's 128.
      for (int x = 0; x < argb.length; x++) {
        int gray = picture.getRaster().getSample(x, y, 0) >> bits - 8;
        argb[x] = argb[x] & 0xff000000 | gray * 0x010101;
      }
    }
  }

  private static void checkSize(String name, List<Double> values, Color color) {
    check(
        values.size() == color.channels,
        "%s has %d values; %s needs %d",
        name,
        values.size(),
        color,
        color.channels);
  }

  private static void check(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }
}
