package dev.mbnet.compiler.op;

import java.util.List;

/** {@code (x - mean) / sqrt(variance + eps) * weight + bias}, channel by channel. */
public record BatchNorm(double eps) implements Op {

  public static final Operator OPERATOR =
      new Operator(
          "bn",
          "A batch norm on its own; `norm = bn(eps=...)` puts one after every convolution. The shape"
              + " stays.",
          List.of(Parameter.required("eps", Type.positive(), "Added to the variance.")),
          false,
          (a, inputs) -> Operator.single(new BatchNorm(a.number("eps"))));

  static List<Weight> weights(String name, int channels) {
    List<Integer> dims = List.of(channels);
    return List.of(
        new Weight(name + ".weight", dims, true),
        new Weight(name + ".bias", dims, true),
        new Weight(name + ".running_mean", dims, false),
        new Weight(name + ".running_var", dims, false));
  }

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    return Checked.of(inputs.get(0));
  }

  @Override
  public List<Weight> weights(String name, List<Shape> inputs) {
    return weights(name, inputs.get(0).channels());
  }

  @Override
  public String describe() {
    return "bn(eps=" + eps + ")";
  }
}
