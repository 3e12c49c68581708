package dev.mbnet.compiler.op;

import java.util.List;

/** {@code dropout}: nothing, at inference. */
public record Dropout(double rate) implements Op {

  public static final Operator OPERATOR =
      new Operator(
          "dropout",
          "Does nothing at inference; it is there to keep a table as it was published.",
          List.of(Parameter.required("rate", Type.number(0, 1), "The share dropped in training.")),
          false,
          (a, inputs) -> Operator.single(new Dropout(a.number("rate"))));

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    return Checked.of(inputs.get(0));
  }

  @Override
  public String describe() {
    return "dropout(" + Value.Num.format(rate) + ")";
  }
}
