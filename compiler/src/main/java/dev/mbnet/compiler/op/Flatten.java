package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.List;

/** {@code flatten}: all elements, in the order {@code [h][w][c]}, as the channels of one pixel. */
public record Flatten() implements Op {

  public static final Operator OPERATOR =
      new Operator(
          "flatten",
          "All elements, in the order `[h][w][c]`, as the channels of one pixel. PyTorch's order is"
              + " `[c][h][w]`: the inputs of a dense layer trained there have to be reordered.",
          List.of(),
          false,
          (a, inputs) -> Operator.single(new Flatten()));

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    long elements = inputs.get(0).elements();
    if (elements > 1_000_000) {
      return Checked.wrong(
          Code.TOO_LARGE,
          null,
          "`flatten` of " + inputs.get(0) + " leaves " + elements + " channels",
          "pool it first; the limit is 1000000");
    }
    return Checked.of(new Shape(1, 1, (int) elements));
  }

  @Override
  public String describe() {
    return "flatten";
  }
}
