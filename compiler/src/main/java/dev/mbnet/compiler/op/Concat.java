package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.List;

/** {@code concat}: the channels of tensors of one size, one after another. */
public record Concat() implements Op {

  public static final Operator OPERATOR =
      new Operator(
          "concat",
          "The channels of tensors of one size, one after another.",
          List.of(),
          true,
          (a, inputs) -> Operator.single(new Concat()));

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    Shape first = inputs.get(0);
    long channels = 0;
    for (Shape shape : inputs) {
      if (shape.height() != first.height() || shape.width() != first.width()) {
        return Checked.wrong(
            Code.MISFIT_SHAPES,
            null,
            "`concat` needs equal sizes: " + first + " is here, " + shape + " joins it",
            "bring them to one height and width with a stride, a pool or padding");
      }
      channels += shape.channels();
    }
    if (channels > 1_000_000) {
      return Checked.wrong(
          Code.TOO_LARGE,
          null,
          "`concat` comes to " + channels + " channels; the limit is 1000000",
          null);
    }
    return Checked.of(new Shape(first.height(), first.width(), (int) channels));
  }

  @Override
  public String describe() {
    return "concat";
  }
}
