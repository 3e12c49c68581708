package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.ArrayList;
import java.util.List;

/** A fully connected layer on a single pixel. */
public record Dense(int channels, boolean bias, Activation activation) implements Op {

  public static final Operator OPERATOR =
      new Operator(
          "dense",
          "A fully connected layer from 1x1 to 1x1xc; `gap` or `flatten` goes before it. The settings"
              + " `width`, `norm` and `act` do not apply to it.",
          List.of(
              Parameter.required("c", Type.whole(1), "Output channels."),
              Parameter.optional("bias", Type.SWITCH, true, "Whether there is a bias."),
              Parameter.optional("act", Activation.TYPE, Activation.NONE, "The activation.")),
          false,
          (a, inputs) -> {
            List<Operator.Part> parts = new ArrayList<>();
            Dense dense = new Dense(a.whole("c"), a.get("bias"), Activation.NONE);
            parts.add(new Operator.Part("", dense));
            Activation activation = a.get("act");
            if (!activation.isNone()) {
              parts.add(new Operator.Part(".act", new Activate(activation)));
            }
            return Checked.of(parts);
          });

  public Dense with(Activation activation) {
    return new Dense(channels, bias, activation);
  }

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    if (!inputs.get(0).isVector()) {
      return Checked.wrong(
          Code.NOT_A_VECTOR,
          null,
          "`dense` works on a 1x1 tensor; " + inputs.get(0) + " comes in",
          "put `gap` (the mean over the picture) or `flatten` before it");
    }
    return Checked.of(new Shape(1, 1, channels));
  }

  @Override
  public List<Weight> weights(String name, List<Shape> inputs) {
    List<Weight> all = new ArrayList<>();
    all.add(new Weight(name + ".weight", List.of(channels, inputs.get(0).channels()), true));
    if (bias) {
      all.add(new Weight(name + ".bias", List.of(channels), true));
    }
    all.addAll(activation.weights(channels));
    return all;
  }

  @Override
  public long macs(List<Shape> inputs, Shape output) {
    return (long) inputs.get(0).channels() * channels;
  }

  @Override
  public String describe() {
    String act = activation.isNone() ? "" : " act=" + activation;
    return "dense" + (bias ? " bias" : "") + act;
  }
}
