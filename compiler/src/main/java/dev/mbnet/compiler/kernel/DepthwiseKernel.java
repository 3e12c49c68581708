package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.number;
import static dev.mbnet.compiler.kernel.Function.row;
import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.Block;
import dev.mbnet.compiler.kernel.Statement.Invoke;
import dev.mbnet.compiler.kernel.Statement.Row;
import dev.mbnet.compiler.kernel.Statement.Scalar;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.Product;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.kernel.Term.Sum;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Feed;
import dev.mbnet.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Depthwise convolutions: a window's row at a time, a few pixels side by side share its loads. */
final class DepthwiseKernel {
  private static final Index C = Index.of("c");

  private DepthwiseKernel() {}

  static Kernel of(Step step) {
    Conv conv = (Conv) step.node().op();
    Feed feed = step.feeds().get(0);
    Shape out = step.node().shape();
    int pixels = step.tile().pixels();
    List<Statement> across =
        Walks.tiles(
            "j",
            out.width(),
            pixels,
            first -> {
              List<Actual> arguments = new ArrayList<>();
              arguments.add(new Actual.Array("x"));
              Index corner = Index.of("i", conv.stride().h() * feed.rowStep());
              arguments.add(new Actual.Number(corner.plus(first.times(conv.stride().w()))));
              arguments.add(new Actual.Array("w"));
              arguments.add(new Actual.Array("b"));
              Index pixel = Index.of("i", out.width()).plus(first);
              for (int t = 0; t < pixels; t++) {
                arguments.add(new Actual.RowOf("y", pixel.plus(t)));
              }
              return new Invoke("Tile", arguments);
            });
    Function walk =
        new Function(
            "",
            List.of(rows("x"), rows("w"), row("b"), rows("y")),
            List.of(Walks.loop("i", out.height(), across)));
    return new Kernel(step, List.of(walk, tile(conv, feed, out, pixels)));
  }

  private static Function tile(Conv conv, Feed feed, Shape out, int pixels) {
    List<Function.Parameter> parameters = new ArrayList<>();
    parameters.add(rows("x"));
    parameters.add(number("p"));
    parameters.add(rows("w"));
    parameters.add(row("b"));
    for (int t = 0; t < pixels; t++) {
      parameters.add(row("y" + t));
    }
    List<Statement> body = new ArrayList<>();
    for (int u = 0; u < conv.kernel().h(); u++) {
      boolean ends = u == conv.kernel().h() - 1;
      Activation activation = ends ? conv.activation() : Activation.NONE;
      body.add(new Block(windowRow(conv, feed, out.channels(), pixels, u, activation)));
    }
    return new Function("Tile", parameters, body);
  }

  private static List<Statement> windowRow(
      Conv conv, Feed feed, int channels, int pixels, int u, Activation activation) {
    int wide = conv.kernel().w();
    Index first = Index.of("p").plus(u * conv.dilation().h() * feed.rowStep());
    List<Statement> rows = new ArrayList<>();
    List<Statement> body = new ArrayList<>();
    TreeMap<Integer, String> columns = new TreeMap<>();
    for (int v = 0; v < wide; v++) {
      for (int t = 0; t < pixels; t++) {
        int column = t * conv.stride().w() + v * conv.dilation().w();
        columns.put(column, "x" + column);
      }
    }
    columns.forEach((column, name) -> rows.add(new Row(name, "x", first.plus(column))));
    for (int v = 0; v < wide; v++) {
      rows.add(new Row("w" + v, "w", Index.of(u * wide + v)));
      body.add(new Scalar("v" + v, new Load("w" + v, C)));
    }
    columns.forEach((column, name) -> body.add(new Scalar("a" + column, new Load(name, C))));
    for (int t = 0; t < pixels; t++) {
      List<Term> products = new ArrayList<>();
      for (int v = 0; v < wide; v++) {
        int column = t * conv.stride().w() + v * conv.dilation().w();
        products.add(new Product(new Read("a" + column), new Read("v" + v)));
      }
      Term start = new Load(u == 0 ? "b" : "y" + t, C);
      body.add(new Scalar("s" + t, new Sum(start, Walks.sum(products))));
    }
    for (int t = 0; t < pixels; t++) {
      body.add(new Statement.Store("y" + t, C, Functions.apply(activation, new Read("s" + t))));
    }
    rows.add(Walks.lanes(Index.of(0), Index.of(channels), body));
    return rows;
  }
}
