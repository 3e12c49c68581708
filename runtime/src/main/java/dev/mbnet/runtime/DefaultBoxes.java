package dev.mbnet.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The default boxes of a single-shot detector (SSD, Liu et al. 2016, 2.2), with torchvision's sizes
 * and order, and what a network's outputs make of them. Immutable; for all threads.
 *
 * <p>Each pixel of an output has a box of its scale {@code s}, one of the geometric mean of {@code
 * s} and the next scale, and for each ratio {@code r} one of {@code s * sqrt(r)} by {@code s /
 * sqrt(r)} and the same on its side, all about the pixel's centre. No box is wider or higher than
 * the input.
 *
 * <pre>{@code
 * DefaultBoxes defaults = DefaultBoxes.ssdlite(network.outputs().subList(6, 12));
 * session.run(picture);
 * List<float[]> scores = IntStream.range(0, 6).mapToObj(session::output).toList();
 * List<float[]> offsets = IntStream.range(6, 12).mapToObj(session::output).toList();
 * List<Detection> found = defaults.detect(scores, offsets, Limits.SSDLITE);
 * }</pre>
 */
public final class DefaultBoxes {
  /** Networks tell ten times the offsets of centres, five times those of sizes. */
  private static final double CENTRE = 10;

  private static final double SIZE = 5;

  /** The logarithm of the largest factor by which a default box grows. */
  private static final double LARGEST = Math.log(1000.0 / 16);

  private final List<TensorInfo> outputs;
  private final int perPixel;

  /** For each box the centre's x and y, the width and the height, in shares of the input's. */
  private final double[][] boxes;

  /**
   * Which detections are told.
   *
   * @param probability the least, exclusive, from 0 to 1
   * @param overlap the most of two boxes of one class, from 0 to 1; see {@link Detection#suppress}
   * @param candidates of each class before the suppression, at most; at least 1
   * @param detections after it, at most; at least 1
   */
  public record Limits(float probability, float overlap, int candidates, int detections) {
    /** torchvision's for SSDLite320: nearly everything, for curves; people want some 0.5. */
    public static final Limits SSDLITE = new Limits(0.001f, 0.55f, 300, 300);

    /**
     * Limits.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Limits {
      if (!(probability >= 0 && probability <= 1 && overlap >= 0 && overlap <= 1)) {
        throw new IllegalArgumentException(
            "probability and overlap are 0 to 1, not " + probability + " and " + overlap);
      }
      if (candidates < 1 || detections < 1) {
        throw new IllegalArgumentException(
            "at least 1 candidate and 1 detection, not " + candidates + " and " + detections);
      }
    }
  }

  private DefaultBoxes(List<TensorInfo> outputs, int perPixel, double[][] boxes) {
    this.outputs = outputs;
    this.perPixel = perPixel;
    this.boxes = boxes;
  }

  /**
   * Those of torchvision's SSDLite320: scales from 0.2 to 0.95, ratios 2 and 3, six at each pixel.
   *
   * @param outputs the network's for boxes; see {@link #of}
   */
  public static DefaultBoxes ssdlite(List<TensorInfo> outputs) {
    return of(outputs, 0.2, 0.95, 2, 3);
  }

  /**
   * Default boxes of evenly spaced scales.
   *
   * @param outputs the network's for boxes, each {@code [h][w][boxes][4]}, from fine to coarse
   * @param first scale of the first output, a share of the input's sides above 0 and at most 1
   * @param last scale of the last output, not less; if there is one output, its next scale
   * @param ratios of the longer side to the shorter one, each above 0
   * @throws IllegalArgumentException if there is no output, a number is out of range, or an output
   *     has other channels than four for each box
   */
  public static DefaultBoxes of(
      List<TensorInfo> outputs, double first, double last, double... ratios) {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("default boxes take at least one output");
    }
    if (!(0 < first && first <= last && last <= 1)) {
      throw new IllegalArgumentException(
          "scales rise from above 0 to at most 1, not from " + first + " to " + last);
    }
    for (double ratio : ratios) {
      if (!(ratio > 0 && ratio < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a ratio is a number above 0, not " + ratio);
      }
    }
    int perPixel = 2 + 2 * ratios.length;
    List<double[]> all = new ArrayList<>();
    int steps = outputs.size() - 1;
    for (int k = 0; k <= steps; k++) {
      TensorInfo output = outputs.get(k);
      if (output.channels() != 4 * perPixel) {
        throw new IllegalArgumentException(
            "the output " + output + " has to have " + 4 * perPixel + " channels, four a box");
      }
      double scale = steps == 0 ? first : first + (last - first) * k / steps;
      double next = steps == 0 ? last : k == steps ? 1 : first + (last - first) * (k + 1) / steps;
      double[][] sizes = sizes(scale, Math.sqrt(scale * next), ratios);
      for (int y = 0; y < output.height(); y++) {
        for (int x = 0; x < output.width(); x++) {
          for (double[] size : sizes) {
            double centreX = (x + 0.5) / output.width();
            double centreY = (y + 0.5) / output.height();
            all.add(new double[] {centreX, centreY, size[0], size[1]});
          }
        }
      }
    }
    return new DefaultBoxes(List.copyOf(outputs), perPixel, all.toArray(double[][]::new));
  }

  private static double[][] sizes(double scale, double mean, double[] ratios) {
    double[][] sizes = new double[2 + 2 * ratios.length][];
    sizes[0] = new double[] {scale, scale};
    sizes[1] = new double[] {mean, mean};
    for (int i = 0; i < ratios.length; i++) {
      double wide = Math.min(1, scale * Math.sqrt(ratios[i]));
      double high = Math.min(1, scale / Math.sqrt(ratios[i]));
      sizes[2 + 2 * i] = new double[] {wide, high};
      sizes[3 + 2 * i] = new double[] {high, wide};
    }
    return sizes;
  }

  /** The number of boxes of all outputs. */
  public int count() {
    return boxes.length;
  }

  /**
   * A default box: its centre's x and y, its width and its height, in shares of the input's.
   *
   * @param i by output, then row, column and size
   * @return a new array
   */
  public double[] box(int i) {
    return boxes[i].clone();
  }

  /**
   * What a network found. A box's classes go through a softmax; the first is the background, which
   * is never told. Boxes are cut to the input; those that are not numbers are left out.
   *
   * @param scores for each output {@code [h][w][boxes][classes]}, before the softmax; only read
   * @param offsets for each output {@code [h][w][boxes][4]}; only read
   * @return a new list, the most probable first
   * @throws IllegalArgumentException if there are not as many arrays as outputs, or a length is
   *     wrong
   */
  public List<Detection> detect(List<float[]> scores, List<float[]> offsets, Limits limits) {
    int classes = classes(scores, offsets);
    List<List<Detection>> candidates = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      candidates.add(new ArrayList<>());
    }
    double[] probabilities = new double[classes];
    int box = 0;
    for (int k = 0; k < outputs.size(); k++) {
      int boxesHere = offsets.get(k).length / 4;
      for (int i = 0; i < boxesHere; i++, box++) {
        Prediction.softmax(scores.get(k), i * classes, probabilities);
        for (int c = 1; c < classes; c++) {
          if (probabilities[c] > limits.probability) {
            add(candidates.get(c), c, probabilities[c], boxes[box], offsets.get(k), 4 * i);
          }
        }
      }
    }
    List<Detection> best = new ArrayList<>();
    for (List<Detection> ofClass : candidates) {
      ofClass.sort(Comparator.comparingDouble(Detection::probability).reversed());
      int most = Math.min(limits.candidates, ofClass.size());
      best.addAll(Detection.suppress(ofClass.subList(0, most), limits.overlap));
    }
    best.sort(Comparator.comparingDouble(Detection::probability).reversed());
    return List.copyOf(best.subList(0, Math.min(limits.detections, best.size())));
  }

  /** The number of classes, once all lengths are right. */
  private int classes(List<float[]> scores, List<float[]> offsets) {
    int count = outputs.size();
    if (scores.size() != count || offsets.size() != count) {
      throw new IllegalArgumentException(
          "%d outputs take as many arrays of scores and of offsets, not %d and %d"
              .formatted(count, scores.size(), offsets.size()));
    }
    int pixels = outputs.get(0).height() * outputs.get(0).width();
    int classes = Math.max(1, scores.get(0).length / (pixels * perPixel));
    for (int k = 0; k < count; k++) {
      TensorInfo output = outputs.get(k);
      int boxesHere = output.height() * output.width() * perPixel;
      checkLength("offsets", output, 4 * boxesHere, offsets.get(k));
      checkLength("scores of " + classes + " classes", output, classes * boxesHere, scores.get(k));
    }
    return classes;
  }

  private static void checkLength(String what, TensorInfo output, int length, float[] floats) {
    if (floats.length != length) {
      throw new IllegalArgumentException(
          "%s beside the output %s are %d floats, not %d"
              .formatted(what, output, length, floats.length));
    }
  }

  private static void add(
      List<Detection> found, int index, double probability, double[] box, float[] offsets, int at) {
    double x = box[0] + offsets[at] / CENTRE * box[2];
    double y = box[1] + offsets[at + 1] / CENTRE * box[3];
    double width = box[2] * Math.exp(Math.min(LARGEST, offsets[at + 2] / SIZE));
    double height = box[3] * Math.exp(Math.min(LARGEST, offsets[at + 3] / SIZE));
    float left = cut(x - width / 2);
    float top = cut(y - height / 2);
    float right = cut(x + width / 2);
    float bottom = cut(y + height / 2);
    if (left <= right && top <= bottom) {
      found.add(new Detection(index, (float) probability, left, top, right, bottom));
    }
  }

  private static float cut(double place) {
    return (float) Math.max(0, Math.min(1, place));
  }
}
