package dev.mbnet.compiler.op;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An elementwise function.
 *
 * @param slope of {@code leaky} below 0 and of {@code hsigmoid} around 0; 0 for the others
 * @param shared whether the trained slope of {@code prelu} is one for all channels; false for the
 *     others
 * @param layer whose trained slopes these are where another one applies them; else null
 */
public record Activation(Kind kind, double slope, boolean shared, String layer) {

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
    GELU("x * (1 + erf(x / sqrt(2))) / 2"),
    LEAKY("x where x >= 0, else slope * x; the slope is 0.01 unless given"),
    PRELU(
        "x where x >= 0, else slope * x; slopes are trained, one for each channel, or a single one"
            + " with `shared`, which is what PyTorch's `nn.PReLU()` has");

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

  public static final Activation NONE = of(Kind.NONE);

  public static final Type<Activation> TYPE =
      new Type<>("an activation such as `relu6`, or `none`", Activation::convert);

  public boolean isNone() {
    return kind == Kind.NONE;
  }

  /** The function of that kind with its usual slope. */
  public static Activation of(Kind kind) {
    return new Activation(kind, kind.initialSlope(), false, null);
  }

  /** Whether it has weights: its slopes. */
  public boolean isTrained() {
    return kind == Kind.PRELU;
  }

  /** The same for another layer to apply, with the slopes of the one of that name. */
  public Activation withSlopesOf(String layer) {
    return new Activation(kind, slope, shared, isTrained() ? layer : null);
  }

  /** What the function is trained with on so many channels; {@code name} is its layer's. */
  List<Weight> weights(String name, int channels) {
    return isTrained()
        ? List.of(new Weight(name + ".weight", List.of(shared ? 1 : channels), true))
        : List.of();
  }

  /** What it brings along to the layer that applies it. */
  List<Weight> weights(int channels) {
    return weights(layer, channels);
  }

  /** What a call of that kind takes. */
  static List<Parameter> parameters(Kind kind) {
    if (kind == Kind.PRELU) {
      String doc = "One slope for all channels.";
      return List.of(Parameter.optional("shared", Type.SWITCH, false, doc));
    }
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
    if (kind == Kind.PRELU) {
      return new Activation(kind, 0, arguments.<Boolean>get("shared"), null);
    }
    return kind.hasSlope()
        ? new Activation(kind, arguments.number("slope"), false, null)
        : of(kind);
  }

  @Override
  public String toString() {
    if (shared) {
      return kind.word() + "(shared)";
    }
    boolean usual = slope == kind.initialSlope();
    return usual ? kind.word() : kind.word() + "(slope=" + slope + ")";
  }
}
