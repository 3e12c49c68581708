package dev.mbnet.compiler.op;

import java.util.Arrays;
import java.util.List;

/** An activation as a layer of its own. */
public record Activate(Activation activation) implements Op {

  /** One operator for each kind. */
  public static final List<Operator> OPERATORS =
      Arrays.stream(Activation.Kind.values())
          .filter(kind -> kind != Activation.Kind.NONE)
          .map(
              kind ->
                  new Operator(
                      kind.word(),
                      "The activation " + kind.formula() + ".",
                      Activation.parameters(kind),
                      false,
                      (a, inputs) -> Operator.single(new Activate(Activation.of(kind, a)))))
          .toList();

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    return Checked.of(inputs.get(0));
  }

  @Override
  public List<Weight> weights(String name, List<Shape> inputs) {
    return activation.weights(name, inputs.get(0).channels());
  }

  @Override
  public String describe() {
    return activation.toString();
  }
}
