package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Term.Constant;
import dev.mbnet.compiler.kernel.Term.Difference;
import dev.mbnet.compiler.kernel.Term.Exp;
import dev.mbnet.compiler.kernel.Term.Larger;
import dev.mbnet.compiler.kernel.Term.Negative;
import dev.mbnet.compiler.kernel.Term.Product;
import dev.mbnet.compiler.kernel.Term.Quotient;
import dev.mbnet.compiler.kernel.Term.Smaller;
import dev.mbnet.compiler.kernel.Term.Sum;
import dev.mbnet.compiler.kernel.Term.Tanh;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.plan.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Activations as terms, and stores through them. */
final class Functions {

  /** The row of an activation's trained slopes. */
  private static final String SLOPES = "slopes";

  private static final float GELU_SCALE = (float) (0.3275911 / Math.sqrt(2));

  /** Half of the polynomial's coefficients, the highest power first. */
  private static final float[] GELU = {
    0.5f * 1.061405429f,
    0.5f * -1.453152027f,
    0.5f * 1.421413741f,
    0.5f * -0.284496736f,
    0.5f * 0.254829592f
  };

  private Functions() {}

  /**
   * Applies an activation to the pixels {@code y0}, {@code y1}, ... of a tile. It has a loop of its
   * own: one with sums is as large as HotSpot vectorises already. Where that takes an exponential,
   * each pixel has one, in the runtime: HotSpot does not vectorise it for several pixels at once.
   */
  static List<Statement> activate(int pixels, int channels, Activation activation) {
    if (activation.isNone()) {
      return List.of();
    }
    if (isProvided(activation)) {
      return provided(pixels, "c", Index.of(channels), activation);
    }
    List<Statement> body = lanes(pixels, "c", activation, t -> Index.of("c"));
    return List.of(Walks.lanes(Index.of(0), Index.of(channels), body));
  }

  /**
   * The same in a function that layers share.
   *
   * @param channel which one's slope serves a row
   * @param functions to which the function is added
   * @param calls to which the call of it is added
   */
  static void activate(
      int rows,
      Lane lane,
      Activation activation,
      IntFunction<Index> channel,
      List<Function> functions,
      List<Statement> calls) {
    if (activation.isNone()) {
      return;
    }
    if (isProvided(activation)) {
      calls.addAll(provided(rows, Lane.VARIABLE, lane.end(), activation));
      return;
    }
    List<Function.Parameter> parameters = new ArrayList<>(parameters(activation));
    boolean ofRow = !channel.apply(0).equals(Lane.J);
    if (activation.isTrained() && ofRow) {
      parameters.add(Function.number("o"));
    }
    Pass.each(rows, t -> parameters.add(Function.row("y" + t)));
    parameters.addAll(lane.parameters());
    List<Statement> body = lane.loop(lanes(rows, Lane.VARIABLE, activation, channel));
    Function function = new Function("Activate", parameters, body);
    functions.add(function);
    calls.add(function.call(Map.of()));
  }

  private static List<Statement> provided(
      int rows, String lane, Index count, Activation activation) {
    List<Statement> calls = new ArrayList<>();
    for (int t = 0; t < rows; t++) {
      String y = "y" + t;
      Index at = Index.of(lane);
      List<Statement> one = store(y, at, new Term.Load(y, at), activation, "s" + t);
      Statement loop = new Loop(lane, Index.of(0), count, 1, true, one);
      calls.add(new Statement.Provided(activation.kind().word(), y, count, loop));
    }
    return calls;
  }

  private static List<Statement> lanes(
      int rows, String lane, Activation activation, IntFunction<Index> channel) {
    List<Statement> all = new ArrayList<>();
    for (int t = 0; t < rows; t++) {
      String y = "y" + t;
      Index at = Index.of(lane);
      Term slope = new Term.Load(SLOPES, channel.apply(t));
      all.addAll(store(y, at, new Term.Load(y, at), activation, "s" + t, slope));
    }
    return all;
  }

  /** A layer's input: pixels, or the network's input as the caller gives it. */
  static Function.Parameter input(Feed feed) {
    return feed.isFlat() ? Function.row("x") : Function.rows("x");
  }

  /** What the function over all of a layer's output takes: its input, weights and output. */
  static List<Function.Parameter> parameters(Function.Parameter input, Activation activation) {
    List<Function.Parameter> all = new ArrayList<>();
    all.addAll(List.of(input, Function.rows("w"), Function.row("b")));
    all.addAll(parameters(activation));
    all.add(Function.rows("y"));
    return all;
  }

  /** What a function that applies an activation takes behind the bias. */
  static List<Function.Parameter> parameters(Activation activation) {
    return activation.isTrained() ? List.of(Function.row(SLOPES)) : List.of();
  }

  /** The same as another function hands it on. */
  static List<Statement.Actual> arguments(Activation activation) {
    return activation.isTrained() ? List.of(new Statement.Actual.Array(SLOPES)) : List.of();
  }

  /** {@code row[at] = activation(value)}; a value that is used twice gets a name. */
  static List<Statement> store(
      String row, Index at, Term value, Activation activation, String scalar) {
    return store(row, at, value, activation, scalar, new Term.Load(SLOPES, at));
  }

  private static List<Statement> store(
      String row, Index at, Term value, Activation activation, String scalar, Term slope) {
    if (activation.kind() == Activation.Kind.GELU) {
      return gelu(row, at, value, scalar);
    }
    List<Statement> statements = new ArrayList<>();
    Term x = value;
    if (twice(activation)) {
      statements.add(new Statement.Scalar(scalar, value));
      x = new Term.Read(scalar);
    }
    boolean trained = activation.isTrained();
    Term y = trained ? prelu(x, slope) : apply(activation, x);
    statements.add(new Statement.Store(row, at, y));
    return statements;
  }

  private static boolean isProvided(Activation activation) {
    return switch (activation.kind()) {
      case SWISH, SIGMOID -> true;
      default -> false;
    };
  }

  private static boolean twice(Activation activation) {
    return switch (activation.kind()) {
      case HSWISH, SWISH, LEAKY, PRELU -> true;
      default -> false;
    };
  }

  private static Term apply(Activation activation, Term x) {
    Constant slope = new Constant((float) activation.slope());
    return switch (activation.kind()) {
      case NONE -> x;
      case RELU -> new Larger(x, new Constant(0));
      case RELU6 -> clamp(x, 6);
      case HSWISH ->
          new Product(x, new Product(clamp(plus(x, 3), 6), new Constant((float) (1.0 / 6))));
      case SWISH -> new Quotient(x, onePlusExpOfMinus(x));
      case SIGMOID -> new Quotient(new Constant(1), onePlusExpOfMinus(x));
      case HSIGMOID -> clamp(plus(new Product(slope, x), 0.5f), 1);
      case TANH -> new Tanh(x);
      case LEAKY -> new Larger(x, new Product(slope, x));
      case GELU, PRELU ->
          throw new IllegalArgumentException(activation + " takes more than a term");
    };
  }

  /** Each x below 0 times its slope. */
  private static Term prelu(Term x, Term slope) {
    Constant zero = new Constant(0);
    return new Sum(new Larger(x, zero), new Product(slope, new Smaller(x, zero)));
  }

  /**
   * {@code max(x, 0) - |x| * p(t) * exp(-x * x / 2) / 2} with {@code t = 1 / (1 + 0.3275911 * |x| /
   * sqrt(2))}, which is within {@code 1e-7 * |x|} of the exact value (Abramowitz and Stegun 1964,
   * 7.1.26, for erf).
   */
  private static List<Statement> gelu(String row, Index at, Term value, String scalar) {
    Term x = new Term.Read(scalar);
    Term t = new Term.Read(scalar + "t");
    Term polynomial = new Constant(GELU[0]);
    for (int i = 1; i < GELU.length; i++) {
      Term before = new Product(polynomial, t);
      Constant next = new Constant(Math.abs(GELU[i]));
      polynomial = GELU[i] < 0 ? new Difference(before, next) : new Sum(before, next);
    }
    Term size = new Term.Read(scalar + "a");
    Term power = new Product(new Product(x, x), new Constant(-0.5f));
    Term tail = new Product(new Product(new Product(size, t), polynomial), new Exp(power));
    return List.of(
        new Statement.Scalar(scalar, value),
        new Statement.Scalar(scalar + "a", new Larger(x, new Negative(x))),
        new Statement.Scalar(
            scalar + "t",
            new Quotient(
                new Constant(1),
                new Sum(new Constant(1), new Product(size, new Constant(GELU_SCALE))))),
        new Statement.Store(row, at, new Difference(new Larger(x, new Constant(0)), tail)));
  }

  private static Term clamp(Term x, float most) {
    return new Smaller(new Larger(x, new Constant(0)), new Constant(most));
  }

  private static Term plus(Term x, float constant) {
    return new Sum(x, new Constant(constant));
  }

  private static Term onePlusExpOfMinus(Term x) {
    return new Sum(new Constant(1), new Exp(new Negative(x)));
  }
}
