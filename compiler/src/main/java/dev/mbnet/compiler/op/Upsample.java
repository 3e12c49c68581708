package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.List;

/**
 * {@code upsample}: a picture at a larger size.
 *
 * @param size of the output, at least the input's
 * @param linear whether neighbours are mixed; else the nearest one is taken
 * @param corners whether the centres of the corner pixels stay where they are, rather than the
 *     edges of the picture
 */
public record Upsample(Pair size, boolean linear, boolean corners) implements Op {

  private static final Type<Pair> FACTOR = new Type<>(Type.pair().what(), Upsample::factor);

  public static final Operator OPERATOR =
      new Operator(
          "upsample",
          "The picture at a larger size: `by` a factor, or `to` a size or that of an earlier layer,"
              + " `upsample(to=low)`. `nearest` repeats pixels: row `i` is row `floor(i * from / to)`."
              + " `bilinear` mixes four: the rows' centres are `(i + 0.5) * from / to - 0.5`, and"
              + " what lies outside of the picture is its edge, as PyTorch's `align_corners=False`"
              + " and TensorFlow have it; with `corners` they are `i * (from - 1) / (to - 1)`, as"
              + " with `align_corners=True`. The channels stay.",
          List.of(
              Parameter.optional("by", FACTOR, null, "The factor; `by` or `to` is given."),
              Parameter.optional("to", Type.size(), null, "The size, `[height, width]`."),
              Parameter.optional(
                  "mode",
                  Type.word(List.of("nearest", "bilinear")),
                  "nearest",
                  "Whether neighbours are mixed."),
              Parameter.optional(
                  "corners",
                  Type.SWITCH,
                  null,
                  "Of `bilinear`: the corners' centres stay. Off unless given.")),
          false,
          Upsample::bind);

  private static Checked<Pair> factor(Value value) {
    Checked<Pair> factor = Type.pair().of(value);
    String to = value instanceof Value.Tensor ? value.show() : "[height, width]";
    boolean size = value instanceof Value.Tensor || value instanceof Value.Num;
    return factor.isOk() || !size
        ? factor
        : Checked.wrong(
            factor.mistake().code(),
            null,
            factor.mistake().message(),
            "`to=" + to + "` gives the size itself");
  }

  private static Checked<List<Operator.Part>> bind(Arguments a, List<Shape> inputs) {
    Shape in = inputs.get(0);
    Pair by = a.pair("by");
    Pair to = a.pair("to");
    if (by == null && to == null) {
      return Checked.wrong(
          Code.MISSING_ARGUMENT,
          null,
          "`upsample` needs `by` or `to`",
          "`upsample(by=2)` doubles the size, `upsample(to=low)` takes that of the layer `low`");
    }
    if (by != null && to != null) {
      return Checked.wrong(
          Code.TOO_MANY_ARGUMENTS, "by", "`upsample` takes `by` or `to`, not both", "drop one");
    }
    boolean linear = a.<String>get("mode").equals("bilinear");
    Boolean corners = a.get("corners");
    if (corners != null && !linear) {
      return Checked.wrong(
          Code.OUT_OF_RANGE,
          "corners",
          "`corners` says where `bilinear` takes its neighbours; `nearest` has none",
          "add `mode=bilinear`, or drop `corners`");
    }
    if (by != null) {
      long high = (long) in.height() * by.h();
      long wide = (long) in.width() * by.w();
      if (Math.max(high, wide) > 1_000_000) {
        return Checked.wrong(
            Code.TOO_LARGE,
            "by",
            "`by = " + by + "` makes " + high + "x" + wide + " pixels; the limit is 1000000 a side",
            null);
      }
      to = new Pair((int) high, (int) wide);
    }
    return Operator.single(new Upsample(to, linear, corners != null && corners));
  }

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    Shape in = inputs.get(0);
    if (size.h() < in.height() || size.w() < in.width()) {
      return Checked.wrong(
          Code.MISFIT_SHAPES,
          "to",
          "`upsample` cannot shrink: "
              + in
              + " comes in, "
              + size.h()
              + "x"
              + size.w()
              + " is asked for",
          "`avgpool`, `maxpool` or a stride shrinks a picture");
    }
    if (isTooFine(in.height(), size.h()) || isTooFine(in.width(), size.w())) {
      return Checked.wrong(
          Code.TOO_LARGE,
          "to",
          "from " + in + " to " + size.h() + "x" + size.w() + " takes fractions of too many digits",
          "the two heights, and the two widths, may multiply to 1000000000, or one divides the other");
    }
    return Checked.of(new Shape(size.h(), size.w(), in.channels()));
  }

  /** Whether the whole numbers that places are computed from leave an int. */
  private boolean isTooFine(int from, int to) {
    boolean whole = to % from == 0 && !corners;
    return !whole && (long) from * to > 1_000_000_000;
  }

  @Override
  public String describe() {
    String to = " to=[" + size.h() + ", " + size.w() + "]";
    return "upsample" + to + (linear ? " bilinear" : "") + (corners ? " corners" : "");
  }
}
