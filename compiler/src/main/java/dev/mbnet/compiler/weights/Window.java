package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.op.Padding;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;

/**
 * How a convolution moves over its input. A dense layer is a convolution with {@link #PLAIN}.
 *
 * @param pads with what an operation before it pads
 * @param auto what is padded besides, to the size that the input then has
 */
record Window(Pair stride, Pair dilation, int groups, Pads pads, Auto auto) {
  static final Window PLAIN = new Window(Pair.ONE, Pair.ONE, 1, Pads.NONE, Auto.NONE);

  /** The values of ONNX's {@code auto_pad} that pad; {@code UPPER} has the odd cell at the end. */
  enum Auto {
    NONE,
    SAME_UPPER,
    SAME_LOWER
  }

  /** This window over an input of known size: all its padding said in numbers. */
  Window over(Shape in, Pair kernel) {
    if (auto == Auto.NONE) {
      return this;
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

  static Pads sum(Pads a, Pads b) {
    return new Pads(
        a.top() + b.top(), a.bottom() + b.bottom(), a.left() + b.left(), a.right() + b.right());
  }
}
