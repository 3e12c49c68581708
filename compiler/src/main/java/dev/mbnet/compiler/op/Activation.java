package dev.mbnet.compiler.op;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An elementwise function.
 *
 * @param slope of {@code leaky} below 0 and of {@code hsigmoid} around 0; 0 for the others
 */
public record Activation(Kind kind, double slope) {

  /** The functions, with x as the input. */
  public enum Kind {
    NONE("x"),
    RELU("max(x, 0)"),
    RELU6("min(max(x, 0), 6)"),
    HSWISH("x * min(max(x + 3, 0), 6) / 6"),
    SWISH("x * sigmoid(x)"),
    SIGMOID("1 / (1 + exp(-x))"),
    HSIGMOID("min(max(slope * x + 0.5, 0), 1); the slope is 1/6 unless given"),
    TANH("tanh(x)"),
    LEAKY("x where x >= 0, else slope * x; the slope is 0.01 unless given");

    private final String formula;

    Kind(String formula) {
      this.formula = formula;
    }

    public String formula() {
      return formula;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the function has a {@code slope}. */
    public boolean hasSlope() {
      return this == HSIGMOID || this == LEAKY;
    }

    private double initialSlope() {
      return this == HSIGMOID ? 1.0 / 6 : this == LEAKY ? 0.01 : 0;
    }
  }

  public static final Activation NONE = new Activation(Kind.NONE, 0);

  public static final Type<Activation> TYPE =
      new Type<>("an activation such as `relu6`, or `none`", Activation::convert);

  public boolean isNone() {
    return kind == Kind.NONE;
  }

  /** The function of that kind with its usual slope. */
  public static Activation of(Kind kind) {
    return new Activation(kind, kind.initialSlope());
  }

  /** What a call of that kind takes. */
  static List<Parameter> parameters(Kind kind) {
    return kind.hasSlope()
        ? List.of(
            Parameter.optional(
                "slope", Type.number(0, 1), kind.initialSlope(), "The slope of the line."))
        : List.of();
  }

  private static Checked<Activation> convert(Value value) {
    List<String> words = Arrays.stream(Kind.values()).map(Kind::word).toList();
    String word = value instanceof Value.CallValue call ? call.name() : Type.wordOf(value);
    if (word == null) {
      return Type.mismatch(TYPE.what(), value);
    }
    if (!words.contains(word)) {
      return Type.unknownWord(word, words);
    }
    Kind kind = Kind.values()[words.indexOf(word)];
    if (value instanceof Value.CallValue call) {
      Checked<Arguments> arguments = Arguments.ofCallValue(call, parameters(kind));
      if (!arguments.isOk()) {
        return Checked.wrong(arguments.mistake());
      }
      return Checked.of(of(kind, arguments.value()));
    }
    return Checked.of(of(kind));
  }

  static Activation of(Kind kind, Arguments arguments) {
    return kind.hasSlope() ? new Activation(kind, arguments.number("slope")) : of(kind);
  }

  @Override
  public String toString() {
    boolean usual = slope == kind.initialSlope();
    return usual ? kind.word() : kind.word() + "(slope=" + slope + ")";
  }
}
