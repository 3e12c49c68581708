package dev.mbnet.samples.textdetection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * From how probably each pixel is text to boxes around lines, in PaddleOCR's way and with the
 * settings that it documents. Lines are found shrunk (Liao et al. 2020, section 3.4): each is
 * enlarged by its area, times a ratio, by its perimeter.
 */
final class TextLines {
  /** {@code det_db_thresh}: pixels above are text. */
  private static final float THRESHOLD = 0.3f;

  /**
   * {@code det_db_box_thresh}: the least mean probability of a line, over its own pixels rather
   * than its box, as {@code det_db_score_mode=slow} has it for lines that are curved.
   */
  private static final double BOX_THRESHOLD = 0.6;

  /** {@code det_db_unclip_ratio}. */
  private static final double RATIO = 1.5;

  /** Pixels; what is thinner is no text. */
  private static final double LEAST_SIDE = 3;

  private final float[] text;
  private final int height;
  private final int width;

  private TextLines(float[] text, int height, int width) {
    this.text = text;
    this.height = height;
    this.width = width;
  }

  /**
   * Boxes in pixels of the map, from top to bottom.
   *
   * @param text probabilities in the order {@code [h][w]}, 0 to 1
   */
  static List<Box> find(float[] text, int height, int width) {
    return new TextLines(text, height, width).find();
  }

  private List<Box> find() {
    List<Box> lines = new ArrayList<>();
    boolean[] seen = new boolean[text.length];
    for (int i = 0; i < text.length; i++) {
      if (text[i] <= THRESHOLD || seen[i]) {
        continue;
      }
      List<Integer> pixels = component(i, seen);
      double score = pixels.stream().mapToDouble(pixel -> text[pixel]).average().getAsDouble();
      Box core = Enclosure.of(pixels.stream().map(this::centre).toList(), score).read();
      double across = core.across().length();
      double down = core.down().length();
      if (Math.min(across, down) >= LEAST_SIDE && score >= BOX_THRESHOLD) {
        lines.add(core.enlarged(RATIO * across * down / (2 * (across + down))));
      }
    }
    lines.sort(Comparator.comparingDouble(line -> line.centre().y()));
    return lines;
  }

  private Vec centre(int pixel) {
    return new Vec(pixel % width + 0.5, pixel / width + 0.5);
  }

  /** The pixels of text that are reached from one, over sides and corners. */
  private List<Integer> component(int first, boolean[] seen) {
    List<Integer> pixels = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    seen[first] = true;
    open.push(first);
    while (!open.isEmpty()) {
      int pixel = open.pop();
      pixels.add(pixel);
      int x = pixel % width;
      int y = pixel / width;
      for (int j = Math.max(y - 1, 0); j <= Math.min(y + 1, height - 1); j++) {
        for (int i = Math.max(x - 1, 0); i <= Math.min(x + 1, width - 1); i++) {
          int next = j * width + i;
          if (text[next] > THRESHOLD && !seen[next]) {
            seen[next] = true;
            open.push(next);
          }
        }
      }
    }
    return pixels;
  }
}
