package dev.mbnet.runtime;

import dev.mbnet.runtime.ImageInput.Resize;
import java.util.function.IntFunction;

/**
 * Separable resampling as in Pillow's Resample.c: first the rows, then the columns, with overshoot
 * cut to 0 .. 255 after each, but in float from end to end.
 */
final class Resampler {
  private Resampler() {}

  /**
   * What each output pixel of one direction is made of: {@code weights[i]}, which sum to 1, are for
   * the source pixels from {@code start[i]} on. Neither the starts nor the ends ever step back.
   */
  record Taps(int[] start, float[][] weights) {

    /**
     * The taps of {@code count} pixels that cover the source from {@code from} to {@code from +
     * length}. Pixels outside that box, but inside the source, count as neighbours; outside the
     * source there are none, and the others' weights grow to 1 (for two taps: the edge repeats).
     *
     * @param size pixels of the source
     */
    static Taps of(
        Resize resize, boolean antialias, int size, double from, double length, int count) {
      double scale = length / count;
      double stretch = antialias ? Math.max(1, scale) : 1;
      double support = resize == Resize.BICUBIC ? 2 * stretch : stretch;
      int[] start = new int[count];
      float[][] weights = new float[count][];
      for (int i = 0; i < count; i++) {
        double centre = from + (i + 0.5) * length / count;
        if (resize == Resize.NEAREST) {
          start[i] = Math.min((int) centre, size - 1);
          weights[i] = new float[] {1};
          continue;
        }
        start[i] = Math.max(0, (int) (centre - support + 0.5));
        int end = Math.min(size, (int) (centre + support + 0.5));
        double[] taps = new double[end - start[i]];
        double sum = 0;
        for (int k = 0; k < taps.length; k++) {
          taps[k] = kernel(resize, Math.abs(start[i] + k + 0.5 - centre) / stretch);
          sum += taps[k];
        }
        weights[i] = new float[taps.length];
        for (int k = 0; k < taps.length; k++) {
          weights[i][k] = (float) (taps[k] / sum);
        }
      }
      return new Taps(start, weights);
    }

    /** The kernel at a distance of {@code x} pixels from the centre. */
    private static double kernel(Resize resize, double x) {
      if (resize == Resize.BILINEAR) {
        return Math.max(0, 1 - x);
      }
      return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((2.5 - 0.5 * x) * x - 4) * x + 2 : 0;
    }

    int count() {
      return start.length;
    }

    int end(int i) {
      return start[i] + weights[i].length;
    }
  }

  /**
   * A new {@code [down.count()][across.count()][channels]} of 0 .. 255.
   *
   * @param rows row {@code y} of the source as {@code [w][channels]} of 0 .. 255; asked for in
   *     ascending order, once each and only where a tap is, and no longer used when the next one is
   *     asked for
   */
  static float[] resample(IntFunction<float[]> rows, Taps down, Taps across, int channels) {
    float[] line = new float[across.count() * channels];
    float[] out = new float[down.count() * line.length];
    int first = 0;
    for (int y = down.start[0]; y < down.end(down.count() - 1); y++) {
      while (down.end(first) <= y) {
        first++;
      }
      if (down.start[first] > y) {
        continue;
      }
      resample(rows.apply(y), across, channels, line);
      for (int i = first; i < down.count() && down.start[i] <= y; i++) {
        float weight = down.weights[i][y - down.start[i]];
        for (int j = 0; j < line.length; j++) {
          out[i * line.length + j] += weight * line[j];
        }
      }
    }
    for (int j = 0; j < out.length; j++) {
      out[j] = cut(out[j]);
    }
    return out;
  }

  private static void resample(float[] row, Taps across, int channels, float[] line) {
    for (int i = 0; i < line.length; i++) {
      float[] weights = across.weights[i / channels];
      int from = across.start[i / channels] * channels + i % channels;
      float sum = 0;
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] * row[from + k * channels];
      }
      line[i] = cut(sum);
    }
  }

  private static float cut(float pixel) {
    return Math.max(0, Math.min(255, pixel));
  }
}
