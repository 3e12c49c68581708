package dev.mbnet.compiler.op;

import java.util.List;

/** {@code softmax} over the channels of each pixel. */
public record Softmax() implements Op {

  public static final Operator OPERATOR =
      new Operator(
          "softmax",
          "The exponentials of each pixel's channels, divided by their sum. The shape stays.",
          List.of(),
          false,
          (a, inputs) -> Operator.single(new Softmax()));

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    return Checked.of(inputs.get(0));
  }

  @Override
  public String describe() {
    return "softmax";
  }
}
