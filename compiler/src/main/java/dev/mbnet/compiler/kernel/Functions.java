package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.kernel.Term.Constant;
import dev.mbnet.compiler.kernel.Term.Exp;
import dev.mbnet.compiler.kernel.Term.Larger;
import dev.mbnet.compiler.kernel.Term.Negative;
import dev.mbnet.compiler.kernel.Term.Product;
import dev.mbnet.compiler.kernel.Term.Quotient;
import dev.mbnet.compiler.kernel.Term.Smaller;
import dev.mbnet.compiler.kernel.Term.Sum;
import dev.mbnet.compiler.kernel.Term.Tanh;
import dev.mbnet.compiler.op.Activation;
import java.util.ArrayList;
import java.util.List;

/** Activations as terms, and stores through them. */
final class Functions {

  private Functions() {}

  /**
   * Applies an activation to the pixels {@code y0}, {@code y1}, ... of a tile. It has a loop of its
   * own: one with sums is as large as HotSpot vectorises already.
   */
  static List<Statement> activate(int pixels, int channels, Activation activation) {
    if (activation.isNone()) {
      return List.of();
    }
    Index c = Index.of("c");
    List<Statement> lanes = new ArrayList<>();
    for (int t = 0; t < pixels; t++) {
      lanes.addAll(store("y" + t, c, new Term.Load("y" + t, c), activation, "s" + t));
    }
    return List.of(Walks.lanes(Index.of(0), Index.of(channels), lanes));
  }

  /** {@code row[at] = activation(value)}; a value that is used twice gets a name. */
  static List<Statement> store(
      String row, Index at, Term value, Activation activation, String scalar) {
    List<Statement> statements = new ArrayList<>();
    Term x = value;
    if (twice(activation)) {
      statements.add(new Statement.Scalar(scalar, value));
      x = new Term.Read(scalar);
    }
    statements.add(new Statement.Store(row, at, apply(activation, x)));
    return statements;
  }

  private static boolean twice(Activation activation) {
    return switch (activation.kind()) {
      case HSWISH, SWISH, LEAKY -> true;
      default -> false;
    };
  }

  static Term apply(Activation activation, Term x) {
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
    };
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
