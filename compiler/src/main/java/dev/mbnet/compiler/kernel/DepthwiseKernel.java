package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.number;
import static dev.mbnet.compiler.kernel.Function.row;
import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.Block;
import dev.mbnet.compiler.kernel.Statement.Row;
import dev.mbnet.compiler.kernel.Statement.Scalar;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.Product;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Depthwise convolutions: a window's row at a time, a few pixels side by side share its loads. */
final class DepthwiseKernel {
  private static final Index C = Index.of("c");

  private DepthwiseKernel() {}

  static Kernel of(Step step) {
    Conv conv = (Conv) step.node().op();
    Function walk =
        new Function("", Functions.parameters(rows("x"), conv.activation()), Walks.windows(step));
    return new Kernel(step, List.of(walk, tile(step, conv, step.node().shape())));
  }

  private static Function tile(Step step, Conv conv, Shape out) {
    List<Function.Parameter> parameters = new ArrayList<>();
    parameters.add(rows("x"));
    parameters.add(number("p"));
    parameters.add(rows("w"));
    parameters.add(row("b"));
    parameters.addAll(Functions.parameters(conv.activation()));
    for (int t = 0; t < step.tile().rows(); t++) {
      parameters.add(row("y" + t));
    }
    List<Statement> body = new ArrayList<>();
    int wide = conv.kernel().w();
    int taps = Walks.balanced(wide, step.tile().taps());
    for (int u = 0; u < conv.kernel().h(); u++) {
      for (int v = 0; v < wide; v += taps) {
        body.add(new Block(pass(step, u, v, Math.min(wide, v + taps))));
      }
    }
    body = new ArrayList<>(Walks.alone(body));
    body.addAll(Functions.activate(step.tile().rows(), out.channels(), conv.activation()));
    return new Function("Tile", parameters, body);
  }

  /** Adds the taps {@code [from, to)} of the window's row {@code u}. */
  private static List<Statement> pass(Step step, int u, int from, int to) {
    Conv conv = (Conv) step.node().op();
    Index first = Index.of("p").plus(u * conv.dilation().h() * step.feeds().get(0).rowStep());
    List<Statement> rows = new ArrayList<>();
    List<Statement> body = new ArrayList<>();
    TreeSet<Integer> columns = new TreeSet<>();
    for (int v = from; v < to; v++) {
      rows.add(new Row("w" + v, "w", Index.of(u * conv.kernel().w() + v)));
      body.add(new Scalar("v" + v, new Load("w" + v, C)));
      for (int t = 0; t < step.tile().rows(); t++) {
        columns.add(column(conv, t, v));
      }
    }
    for (int column : columns) {
      rows.add(new Row("x" + column, "x", first.plus(column)));
      body.add(new Scalar("a" + column, new Load("x" + column, C)));
    }
    boolean starts = u == 0 && from == 0;
    for (int t = 0; t < step.tile().rows(); t++) {
      List<Term> terms = new ArrayList<>();
      terms.add(new Load(starts ? "b" : "y" + t, C));
      for (int v = from; v < to; v++) {
        terms.add(new Product(new Read("a" + column(conv, t, v)), new Read("v" + v)));
      }
      body.add(new Scalar("s" + t, Walks.sum(terms)));
    }
    for (int t = 0; t < step.tile().rows(); t++) {
      body.add(new Statement.Store("y" + t, C, new Read("s" + t)));
    }
    int channels = step.node().shape().channels();
    rows.add(Walks.lanes(Index.of(0), Index.of(channels), body));
    return rows;
  }

  /** Where tap {@code v} of the tile's pixel {@code t} lies, from the tile's corner on. */
  private static int column(Conv conv, int t, int v) {
    return t * conv.stride().w() + v * conv.dilation().w();
  }
}
