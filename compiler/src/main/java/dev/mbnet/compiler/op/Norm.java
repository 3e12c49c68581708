package dev.mbnet.compiler.op;

import java.util.List;

/**
 * The norm that follows a convolution.
 *
 * @param eps what is added to the variance; NaN for no norm
 */
public record Norm(double eps) {
  public static final Norm NONE = new Norm(Double.NaN);

  public static final Type<Norm> TYPE = new Type<>("`bn(eps=...)` or `none`", Norm::convert);

  static final List<Choice> CHOICES =
      List.of(
          new Choice(
              "bn(eps=...)",
              "Batch norm. Its epsilon must be given, for code bases differ: 1e-5 in PyTorch and"
                  + " torchvision's MobileNetV2, 1e-3 in Keras, TensorFlow and torchvision's"
                  + " MobileNetV3."),
          new Choice("none", "No norm; the convolution then has a bias."));

  private static final List<Parameter> ARGUMENTS =
      List.of(Parameter.required("eps", Type.positive(), "Added to the variance."));

  public boolean isNone() {
    return Double.isNaN(eps);
  }

  private static Checked<Norm> convert(Value value) {
    if (value instanceof Value.CallValue call && call.name().equals("bn")) {
      Checked<Arguments> arguments = Arguments.ofCallValue(call, ARGUMENTS);
      return arguments.isOk()
          ? Checked.of(new Norm(arguments.value().number("eps")))
          : Checked.wrong(arguments.mistake());
    }
    if ("none".equals(Type.wordOf(value))) {
      return Checked.of(NONE);
    }
    if ("bn".equals(Type.wordOf(value))) {
      return Checked.wrong(
          dev.mbnet.compiler.diagnostic.Code.MISSING_ARGUMENT,
          null,
          "needs the epsilon of `bn`: code bases differ, and it changes the results",
          "`bn(eps=1e-5)` is PyTorch's and torchvision's, `bn(eps=1e-3)` is Keras's");
    }
    if (Type.wordOf(value) != null) {
      return Type.unknownWord(Type.wordOf(value), List.of("bn", "none"));
    }
    Checked<Norm> wrong = Type.mismatch("`bn(eps=...)` or `none`", value);
    return value instanceof Value.Bool
        ? Checked.wrong(
            wrong.mistake().code(), null, wrong.mistake().message(), "`norm=none` is off")
        : wrong;
  }

  @Override
  public String toString() {
    return isNone() ? "none" : "bn(eps=" + eps + ")";
  }
}
