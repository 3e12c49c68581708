package dev.mbnet.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * A window over a picture, as arguments: {@code k}, {@code s} and {@code d} are {@code {height,
 * width}}, {@code pad} is as written.
 */
public record Window(int[] k, int[] s, int[] d, String pad) {
  private static final int[][] KERNELS = {
    {1, 1}, {2, 2}, {3, 3}, {5, 5}, {7, 7}, {3, 5}, {2, 1}, {1, 4}
  };
  private static final int[][] STRIDES = {{1, 1}, {2, 2}, {3, 3}, {2, 1}, {1, 2}};
  private static final int[][] DILATIONS = {{1, 1}, {2, 2}, {1, 3}};
  private static final List<String> PADS =
      List.of("same", "symmetric", "valid", "[0, 1, 0, 1]", "[2, 1, 0, 3]");

  /** Every combination that fits a picture of that size. */
  public static List<Window> over(int height, int width) {
    List<Window> all = new ArrayList<>();
    for (int[] k : KERNELS) {
      for (int[] s : STRIDES) {
        for (int[] d : DILATIONS) {
          for (String pad : PADS) {
            Window window = new Window(k, s, d, pad);
            if (window.fits(height, width)) {
              all.add(window);
            }
          }
        }
      }
    }
    return all;
  }

  private boolean fits(int height, int width) {
    boolean even = k[0] % 2 == 0 || k[1] % 2 == 0;
    if (pad.equals("symmetric") && even) {
      return false;
    }
    int[] pads = pads(height, width);
    return (k[0] - 1) * d[0] < height + pads[0] + pads[1]
        && (k[1] - 1) * d[1] < width + pads[2] + pads[3];
  }

  /** Whether it is a pool's: no dilation, and no window holds nothing but padding. */
  public boolean isPool(int height, int width) {
    int[] pads = pads(height, width);
    return d[0] * d[1] == 1
        && Math.max(pads[0], pads[1]) < k[0]
        && Math.max(pads[2], pads[3]) < k[1];
  }

  /** Top, bottom, left and right. */
  public int[] pads(int height, int width) {
    int h = (k[0] - 1) * d[0];
    int w = (k[1] - 1) * d[1];
    return switch (pad) {
      case "valid" -> new int[4];
      case "symmetric" -> new int[] {h / 2, h / 2, w / 2, w / 2};
      case "same" -> {
        int high = Math.max(0, (height - 1) / s[0] * s[0] + h + 1 - height);
        int wide = Math.max(0, (width - 1) / s[1] * s[1] + w + 1 - width);
        yield new int[] {high / 2, high - high / 2, wide / 2, wide - wide / 2};
      }
      case "[0, 1, 0, 1]" -> new int[] {0, 1, 0, 1};
      default -> new int[] {2, 1, 0, 3};
    };
  }

  /** The arguments of a convolution. */
  @Override
  public String toString() {
    return poolArguments() + (d[0] * d[1] == 1 ? "" : ", d=" + pair(d));
  }

  public String poolArguments() {
    return "k=" + pair(k) + ", s=" + pair(s) + ", pad=" + pad;
  }

  private static String pair(int[] pair) {
    return pair[0] == pair[1] ? Integer.toString(pair[0]) : "[" + pair[0] + ", " + pair[1] + "]";
  }
}
