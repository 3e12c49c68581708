package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.AtMost;
import dev.mbnet.compiler.kernel.Statement.Divided;
import dev.mbnet.compiler.kernel.Statement.NotNegative;
import dev.mbnet.compiler.kernel.Statement.Row;
import dev.mbnet.compiler.kernel.Statement.Scalar;
import dev.mbnet.compiler.kernel.Statement.Store;
import dev.mbnet.compiler.kernel.Statement.WholeNumber;
import dev.mbnet.compiler.kernel.Term.Constant;
import dev.mbnet.compiler.kernel.Term.Difference;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.Product;
import dev.mbnet.compiler.kernel.Term.Quotient;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.kernel.Term.Sum;
import dev.mbnet.compiler.kernel.Term.Whole;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Upsample;
import dev.mbnet.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures made larger. Where an output's row or column lies in the input is a fraction of whole
 * numbers, so that it is exact.
 */
final class UpsampleKernel {
  private static final Index C = Index.of("c");

  private UpsampleKernel() {}

  static Kernel of(Step step) {
    Upsample op = (Upsample) step.node().op();
    Shape in = step.feeds().get(0).node().shape();
    Shape out = step.node().shape();
    List<Statement> columns = new ArrayList<>(axis(op, "j", in.width(), out.width(), "v", "over"));
    columns.add(new Row("y0", "y", Index.of("i", out.width()).plus(Index.of("j"))));
    columns.add(new Row("x0", "x", Index.of("u", in.width()).plus(Index.of("v"))));
    Term value = new Load("x0", C);
    if (op.linear()) {
      columns.add(new Row("x1", "x", Index.of("u", in.width()).plus(Index.of("v1"))));
      columns.add(new Row("x2", "x", Index.of("u1", in.width()).plus(Index.of("v"))));
      columns.add(new Row("x3", "x", Index.of("u1", in.width()).plus(Index.of("v1"))));
      Scalar above = new Scalar("above", mix(value, new Load("x1", C), "over"));
      Scalar below = new Scalar("below", mix(new Load("x2", C), new Load("x3", C), "over"));
      Term mixed = mix(new Read("above"), new Read("below"), "down");
      columns.add(Walks.lanes(out.channels(), above, below, new Store("y0", C, mixed)));
    } else {
      columns.add(Walks.lanes(out.channels(), new Store("y0", C, value)));
    }
    List<Statement> row = new ArrayList<>(axis(op, "i", in.height(), out.height(), "u", "down"));
    row.add(Walks.loop("j", out.width(), columns));
    Statement all = Walks.loop("i", out.height(), row);
    return new Kernel(step, List.of(new Function("", List.of(rows("x"), rows("y")), List.of(all))));
  }

  private static Term mix(Term near, Term far, String share) {
    return new Sum(near, new Product(new Difference(far, near), new Read(share)));
  }

  /**
   * Names the cell {@code at} that the output's cell {@code i} comes from and, of a mixture, the
   * next one and its share.
   */
  private static List<Statement> axis(
      Upsample op, String i, int from, int to, String at, String share) {
    int times = from;
    int plus = 0;
    int by = to;
    if (op.corners()) {
      times = from - 1;
      by = Math.max(1, to - 1);
    } else if (op.linear()) {
      times = 2 * from;
      plus = from - to;
      by = 2 * to;
    }
    int common = gcd(by, gcd(times, -plus));
    Index scaled = Index.of(i, times / common).plus(plus / common);
    by /= common;
    List<Statement> all = new ArrayList<>();
    if (plus < 0) {
      all.add(new NotNegative(at + "0", scaled));
      scaled = Index.of(at + "0");
    }
    all.add(by == 1 ? new WholeNumber(at, scaled) : new Divided(at, scaled, by));
    if (op.linear()) {
      all.add(new AtMost(at + "1", Index.of(at).plus(1), from - 1));
      Index rest = scaled.plus(Index.of(at, -by));
      all.add(new Scalar(share, new Quotient(new Whole(rest), new Constant(by))));
    }
    return all;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
