package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.List;

/**
 * How a channel count that was multiplied by a width becomes whole.
 *
 * @param divisor of {@code divisible}; 0 for {@code floor}, -1 for {@code none}
 * @param limit the share of the count below which {@code divisible} goes one step up: 0.9 in the
 *     MobileNets ("10 % rule"), 0 in EfficientNetV2
 */
public record Rounding(int divisor, double limit) {
  public static final Rounding NONE = new Rounding(-1, 0);
  public static final Rounding FLOOR = new Rounding(0, 0);

  public static final Type<Rounding> TYPE =
      new Type<>("`divisible(8)`, `divisible(8, limit=0)`, `floor` or `none`", Rounding::convert);

  static final List<Choice> CHOICES =
      List.of(
          new Choice(
              "divisible(8)",
              "The nearest multiple of 8, halves up, at least 8, and one step more where that would"
                  + " lose over 10 %: 12 becomes 16, 18 becomes 24. Any divisor can be given."),
          new Choice("divisible(8, limit=0)", "Without the 10 % rule (EfficientNetV2)."),
          new Choice("floor", "The whole part (MobileNetV1 in Keras)."),
          new Choice("none", "A count that is not whole is a mistake."));

  private static final List<Parameter> DIVISIBLE =
      List.of(
          Parameter.required("by", Type.whole(1), "What the count is a multiple of."),
          Parameter.optional("limit", Type.number(0, 1), 0.9, "The least share that is kept."));

  /** The whole count for {@code channels}. */
  public Checked<Integer> apply(double channels) {
    double rounded = channels;
    if (divisor > 0) {
      rounded = divisible(channels, divisor, limit);
    } else if (divisor == 0) {
      rounded = Math.floor(channels);
    } else if (Math.abs(channels - Math.rint(channels)) > 1e-6) {
      return Checked.wrong(
          Code.NOT_WHOLE,
          "c",
          "comes to " + Value.Num.format(channels) + " channels, which is not a whole number",
          "write a whole number, or say how to round: `rounding = divisible(8)` or `rounding = floor`");
    } else {
      rounded = Math.rint(channels);
    }
    if (rounded < 1) {
      return Checked.wrong(
          Code.NO_CHANNELS,
          "c",
          "comes to " + Value.Num.format(channels) + ", which leaves 0 channels",
          "a layer needs at least 1 channel; raise `width` or `c`");
    }
    if (rounded > 1_000_000) {
      return Checked.wrong(
          Code.TOO_LARGE,
          "c",
          "comes to " + Value.Num.format(rounded) + " channels; the limit is 1000000",
          null);
    }
    return Checked.of((int) rounded);
  }

  /**
   * The multiple of {@code by} nearest to {@code value}, halves up, at least {@code by}, and one
   * more where it would fall below {@code limit * value} (make_divisible of slim and torchvision).
   */
  public static double divisible(double value, int by, double limit) {
    double rounded = Math.max(by, Math.floor((long) (value + by / 2.0) / by) * by);
    return rounded < limit * value ? rounded + by : rounded;
  }

  @Override
  public String toString() {
    if (divisor <= 0) {
      return divisor == 0 ? "floor" : "none";
    }
    return "divisible(" + divisor + (limit == 0.9 ? "" : ", limit=" + limit) + ")";
  }

  private static Checked<Rounding> convert(Value value) {
    if (value instanceof Value.CallValue call && call.name().equals("divisible")) {
      Checked<Arguments> arguments = Arguments.ofCallValue(call, DIVISIBLE);
      return arguments.isOk()
          ? Checked.of(
              new Rounding(arguments.value().whole("by"), arguments.value().number("limit")))
          : Checked.wrong(arguments.mistake());
    }
    String word = Type.wordOf(value);
    if (word == null) {
      Checked<Rounding> wrong = Type.mismatch(TYPE.what(), value);
      return value instanceof Value.Num n
          ? Checked.wrong(
              wrong.mistake().code(),
              null,
              wrong.mistake().message(),
              "`divisible(" + n.show() + ")` rounds to multiples of " + n.show())
          : wrong;
    }
    return switch (word) {
      case "floor" -> Checked.of(FLOOR);
      case "none" -> Checked.of(NONE);
      case "divisible" ->
          Checked.wrong(
              Code.MISSING_ARGUMENT, null, "needs the divisor", "`divisible(8)` is the usual one");
      default -> Type.unknownWord(word, List.of("divisible", "floor", "none"));
    };
  }
}
