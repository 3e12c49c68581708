package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.weights.FileLayers.Flow;
import dev.mbnet.compiler.weights.LayerMaker.Parameters;
import java.util.List;

/** What TensorFlow's formats have in common: channels come last, and how weights lie. */
final class TfLayouts {

  /** The order of the axes of a convolution's weights. */
  enum Layout {
    H_W_IN_OUT("[h, w, in, out]", List.of(3, 2, 0, 1)),
    H_W_IN_TIMES("[h, w, in, times]", List.of(2, 3, 0, 1)),
    OUT_H_W_IN("[out, h, w, in]", List.of(0, 3, 1, 2)),
    ONE_H_W_OUT("[1, h, w, out]", List.of(3, 0, 1, 2)),
    /** Of a transposed convolution. */
    H_W_OUT_IN("[h, w, out, in]", List.of(3, 2, 0, 1)),
    /** Of a transposed convolution, too. */
    OUT_H_W_FROM("[out, h, w, in]", List.of(3, 0, 1, 2));

    private final String axes;
    private final List<Integer> perm;

    Layout(String axes, List<Integer> perm) {
      this.axes = axes;
      this.perm = perm;
    }

    boolean isDepthwise() {
      return this == H_W_IN_TIMES || this == ONE_H_W_OUT;
    }
  }

  /**
   * How a convolution moves, unchecked.
   *
   * @param strides down and across
   * @param dilations down and across
   * @param padding {@code SAME}, {@code VALID} or {@code EXPLICIT}
   * @param sides of {@code EXPLICIT}
   */
  record Slide(List<Long> strides, List<Long> dilations, String padding, Pads sides) {
    static final Slide PLAIN = new Slide(List.of(1L, 1L), List.of(1L, 1L), "SAME", Pads.NONE);
  }

  private final LayerMaker maker;

  TfLayouts(LayerMaker maker) {
    this.maker = maker;
  }

  /** A convolution; null, and a problem, if it is none. */
  FileLayer convolution(
      Operation operation, Layout layout, Slide slide, Parameters read, Flow input) {
    List<Integer> dims = read.weight().dims();
    if (dims.size() != 4 || layout == Layout.ONE_H_W_OUT && dims.get(0) != 1) {
      return maker.wrong(operation, "has weights " + dims + ", not " + layout.axes);
    }
    Window window = window(operation, slide, input);
    if (window == null) {
      return null;
    }
    Tensor turned = read.weight().transposed(layout.perm);
    if (layout.isDepthwise()) {
      List<Integer> axes = turned.dims();
      int out = axes.get(0) * axes.get(1);
      turned = turned.reshaped(List.of(out, 1, axes.get(2), axes.get(3)));
    }
    return maker.convolution(operation, window, turned, read.bias(), input);
  }

  /** Groups follow from the channels: TensorFlow says nothing else of them. */
  private Window window(Operation operation, Slide slide, Flow input) {
    boolean known = List.of("SAME", "VALID", "EXPLICIT").contains(slide.padding);
    if (!known
        || !Window.isSound(slide.strides, 2, 1)
        || !Window.isSound(slide.dilations, 2, 1)
        || slide.sides == null) {
      maker.wrong(
          operation,
          "has strides "
              + slide.strides
              + ", dilations "
              + slide.dilations
              + " and padding "
              + Quote.quoted(slide.padding)
              + ", which make no window over a picture");
      return null;
    }
    if (input.pads() == null) {
      maker.wrong(
          operation, "reads a pad of something other than a fixed number of zero rows and columns");
      return null;
    }
    return new Window(
        Window.pair(slide.strides),
        Window.pair(slide.dilations),
        0,
        Window.sum(input.pads(), slide.sides),
        slide.padding.equals("SAME") ? Window.Auto.SAME_UPPER : Window.Auto.NONE);
  }

  /**
   * A transposed convolution; null, and a problem, if it is none.
   *
   * @param size the output's height and width; null if they are the usual ones
   */
  FileLayer deconvolution(
      Operation operation,
      Layout layout,
      Slide slide,
      List<Long> size,
      Parameters read,
      Flow input) {
    List<Integer> dims = read.weight().dims();
    if (dims.size() != 4) {
      return maker.wrong(operation, "has weights " + dims + ", not " + layout.axes);
    }
    // What is padded before it is no part of it: its own padding cuts off.
    Window window = window(operation, slide, input.moved(input.order(), -1));
    if (window == null) {
      return null;
    }
    Tensor turned = read.weight().transposed(layout.perm);
    Pair stride = window.stride();
    boolean same = slide.padding.equals("SAME");
    boolean whole = size == null || size.get(0) % stride.h() == 0 && size.get(1) % stride.w() == 0;
    if (same && !whole || !window.dilation().isOne() || slide.padding.equals("EXPLICIT")) {
      return maker.wrong(
          operation,
          "has dilations, padding of its own or a size that is not a multiple of its strides, which"
              + " are not read");
    }
    int[] high = cut(same, turned.dims().get(2), stride.h(), size == null ? -1 : size.get(0));
    int[] wide = cut(same, turned.dims().get(3), stride.w(), size == null ? -1 : size.get(1));
    Pads crop = new Pads(high[0], high[1], wide[0], wide[1]);
    Window cut = new Window(stride, Pair.ONE, 1, crop, Window.Auto.NONE);
    return maker.deconvolution(operation, cut, turned, read.bias(), input);
  }

  /** What is cut off before and after a side of {@code size}, which is -1 if it is the usual. */
  private static int[] cut(boolean same, int kernel, int stride, long size) {
    int over = kernel - stride;
    if (!same) {
      return new int[] {
        0, size < 0 ? Math.min(over, 0) : (int) -Math.floorMod(size - kernel, stride)
      };
    }
    int before = Math.max(over, 0) / 2;
    return new int[] {before, over - before};
  }

  /** A stored tensor that, added to a layer's output, is its bias; else null. */
  static Tensor bias(Stored stored, String name, FileLayer layer) {
    int channels = layer.channels();
    if (name.isEmpty() || !stored.has(name)) {
      return null;
    }
    List<Integer> dims = stored.dims(name);
    boolean fits =
        !dims.isEmpty()
            && dims.size() <= 4
            && dims.get(dims.size() - 1) == channels
            && Tensor.elements(dims) == channels;
    Tensor bias = fits ? stored.floats(name) : null;
    return bias == null ? null : bias.reshaped(List.of(channels));
  }

  /**
   * The zeros around a picture.
   *
   * @param sides before and after each of the axes n, h, w, c; null if they are unknown
   * @return null if it is not zeros around a picture
   */
  static Pads pads(List<Long> sides, Flow input) {
    if (sides == null || input.pads() == null || !Window.isSound(sides, 8, 0)) {
      return null;
    }
    return sides.get(0) + sides.get(1) + sides.get(6) + sides.get(7) == 0
        ? Window.sum(input.pads(), pads(sides.subList(2, 6)))
        : null;
  }

  /** Top, bottom, left and right. */
  static Pads pads(List<Long> sides) {
    return new Pads(
        sides.get(0).intValue(),
        sides.get(1).intValue(),
        sides.get(2).intValue(),
        sides.get(3).intValue());
  }
}
