package dev.mbnet.compiler.op;

import java.util.List;

/** {@code gap}: the mean over height and width. */
public record GlobalPool() implements Op {

  public static final Operator OPERATOR =
      new Operator(
          "gap",
          "The mean over height and width; leaves 1x1 and the channels.",
          List.of(),
          false,
          (a, inputs) -> Operator.single(new GlobalPool()));

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    return Checked.of(new Shape(1, 1, inputs.get(0).channels()));
  }

  @Override
  public String describe() {
    return "gap";
  }
}
