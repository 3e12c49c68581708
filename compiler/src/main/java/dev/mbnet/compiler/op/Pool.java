package dev.mbnet.compiler.op;

import java.util.List;

/**
 * {@code maxpool} and {@code avgpool}. A max ignores padding. A mean counts padded zeros unless
 * {@code countPads} is off, as TensorFlow does under {@code same}.
 */
public record Pool(boolean max, Pair kernel, Pair stride, Pads pads, boolean countPads)
    implements Op {

  public static final Operator MAX =
      operator(
          "maxpool",
          true,
          "The largest value of each window; padding is never the largest. Sizes follow `conv`'s"
              + " rule; the channels stay.");
  public static final Operator AVG =
      operator(
          "avgpool",
          false,
          "The mean of each window. Under `pad = same` the divisor is the number of cells inside the"
              + " picture, else it is the window's size. Sizes follow `conv`'s rule; the channels"
              + " stay.");

  private static Operator operator(String name, boolean max, String doc) {
    return new Operator(
        name,
        doc,
        List.of(
            Parameter.required("k", Type.pair(), "The window's size."),
            Parameter.optional(
                "s", Type.pair(), null, "The stride; the window's size unless given."),
            Parameter.optional(
                "pad",
                Padding.TYPE,
                Padding.VALID,
                "How the window is padded; the setting `pad` is not looked at.")),
        false,
        (a, inputs) -> {
          Pair kernel = a.pair("k");
          Pair stride = a.pair("s") == null ? kernel : a.pair("s");
          Padding padding = a.get("pad");
          Checked<Pads> pads = padding.resolve(inputs.get(0), kernel, stride, Pair.ONE);
          if (!pads.isOk()) {
            return Checked.wrong(pads.mistake());
          }
          boolean countPads = padding.kind() != Padding.Kind.SAME;
          return Operator.single(new Pool(max, kernel, stride, pads.value(), countPads));
        });
  }

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    Pads p = pads;
    boolean onlyPadding =
        Math.max(p.top(), p.bottom()) >= kernel.h() || Math.max(p.left(), p.right()) >= kernel.w();
    if (onlyPadding) {
      return Checked.wrong(
          dev.mbnet.compiler.diagnostic.Code.WINDOW_TOO_LARGE,
          "pad",
          "with `pad = "
              + p
              + "` a window of "
              + kernel.h()
              + "x"
              + kernel.w()
              + " can hold nothing but padding",
          "pad by less than the window's size");
    }
    Checked<Pair> size = Padding.slide(inputs.get(0), pads, kernel, stride, Pair.ONE);
    return size.isOk()
        ? Checked.of(new Shape(size.value().h(), size.value().w(), inputs.get(0).channels()))
        : Checked.wrong(size.mistake());
  }

  @Override
  public Pair stride() {
    return stride;
  }

  @Override
  public String describe() {
    String pad = pads.isNone() ? "" : " pad=" + pads + (max || countPads ? "" : " uncounted");
    return (max ? "maxpool" : "avgpool") + " k=" + kernel + " s=" + stride + pad;
  }
}
