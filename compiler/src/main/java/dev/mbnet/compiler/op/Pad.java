package dev.mbnet.compiler.op;

import java.util.List;

/** {@code pad}: zeros around the picture. */
public record Pad(Pads pads) implements Op {

  public static final Operator OPERATOR =
      new Operator(
          "pad",
          "Zeros around the picture, which grows by them.",
          List.of(Parameter.required("sides", Type.FOUR_SIDES, "[top, bottom, left, right].")),
          false,
          (a, inputs) -> {
            List<Integer> v = a.get("sides");
            return Operator.single(new Pad(new Pads(v.get(0), v.get(1), v.get(2), v.get(3))));
          });

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    Shape in = inputs.get(0);
    return Checked.of(
        new Shape(
            in.height() + pads.top() + pads.bottom(),
            in.width() + pads.left() + pads.right(),
            in.channels()));
  }

  @Override
  public String describe() {
    return "pad " + pads;
  }
}
