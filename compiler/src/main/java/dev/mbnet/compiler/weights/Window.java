package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.op.Padding;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;
import java.util.List;

/**
 * How a convolution moves over its input. A dense layer is a convolution with {@link #PLAIN}.
 *
 * @param groups 0 for as many as the input's channels make with the depth of the weights
 * @param pads with what an operation before it pads
 * @param auto what is padded besides, to the size that the input then has
 */
record Window(Pair stride, Pair dilation, int groups, Pads pads, Auto auto) {
  static final Window PLAIN = new Window(Pair.ONE, Pair.ONE, 1, Pads.NONE, Auto.NONE);

  /** Padding by the input's size; {@code UPPER} has the odd cell at the end, as TensorFlow has. */
  enum Auto {
    NONE,
    SAME_UPPER,
    SAME_LOWER
  }

  /**
   * This window over an input of known size: groups and all its padding said in numbers.
   *
   * @param depth the channels that the weights of a group read
   */
  Window over(Shape in, Pair kernel, int depth) {
    int groups = this.groups == 0 ? in.channels() / Math.max(1, depth) : this.groups;
    if (auto == Auto.NONE) {
      return new Window(stride, dilation, groups, pads, auto);
    }
    Shape padded =
        new Shape(
            in.height() + pads.top() + pads.bottom(),
            in.width() + pads.left() + pads.right(),
            in.channels());
    Padding same = new Padding(Padding.Kind.SAME, null);
    Pads more = same.resolve(padded, kernel, stride, dilation).value();
    if (auto == Auto.SAME_LOWER) {
      more = new Pads(more.bottom(), more.top(), more.right(), more.left());
    }
    return new Window(stride, dilation, groups, sum(pads, more), Auto.NONE);
  }

  /** Whether numbers are {@code count} sizes, none too large for a picture. */
  static boolean isSound(List<Long> numbers, int count, long least) {
    return numbers.size() == count && numbers.stream().allMatch(n -> n >= least && n < 1 << 24);
  }

  /** Two sizes, down and across. */
  static Pair pair(List<Long> sizes) {
    return new Pair(sizes.get(0).intValue(), sizes.get(1).intValue());
  }

  static Pads sum(Pads a, Pads b) {
    return new Pads(
        a.top() + b.top(), a.bottom() + b.bottom(), a.left() + b.left(), a.right() + b.right());
  }
}
