package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.number;
import static dev.mbnet.compiler.kernel.Function.row;
import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.Row;
import dev.mbnet.compiler.kernel.Statement.Scalar;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.Product;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Depthwise convolutions: a window's row at a time, a few pixels side by side share its loads. */
final class DepthwiseKernel {
  private static final Index J = Lane.J;

  private final Step step;
  private final Conv conv;
  private final int pixels;
  private final Lane lane;

  private DepthwiseKernel(Step step) {
    this.step = step;
    this.conv = (Conv) step.node().op();
    this.pixels = step.tile().rows();
    this.lane = new Lane(step.node().shape().channels());
  }

  static Kernel of(Step step) {
    DepthwiseKernel kernel = new DepthwiseKernel(step);
    List<Function> functions = new ArrayList<>(List.of(kernel.walk()));
    functions.addAll(kernel.tile());
    return new Kernel(step, functions);
  }

  private Function walk() {
    List<Actual> last = new ArrayList<>();
    last.add(new Actual.Number(Index.of(step.feeds().get(0).rowStep())));
    last.addAll(lane.arguments());
    return new Function(
        "", Functions.parameters(rows("x"), conv.activation()), Walks.windows(step, last));
  }

  /** The function {@code Tile} and behind it what it calls; {@code pitch} is from row to row. */
  private List<Function> tile() {
    List<Function.Parameter> parameters = new ArrayList<>();
    parameters.addAll(List.of(rows("x"), number("p"), rows("w"), row("b")));
    parameters.addAll(Functions.parameters(conv.activation()));
    Pass.each(pixels, t -> parameters.add(row("y" + t)));
    parameters.add(number("pitch"));
    parameters.addAll(lane.parameters());
    Map<String, Function> parts = new LinkedHashMap<>();
    List<Statement> calls = new ArrayList<>();
    int wide = conv.kernel().w();
    int taps = Walks.balanced(wide, step.tile().taps());
    for (int u = 0; u < conv.kernel().h(); u++) {
      for (int v = 0; v < wide; v += taps) {
        int count = Math.min(taps, wide - v);
        String suffix = u + v == 0 ? "Start" : count == taps ? "Add" : "AddLast";
        Function part = parts.computeIfAbsent(suffix, s -> pass(s, count));
        Index at = Index.of("p").plus(Index.of("pitch", u * conv.dilation().h()));
        Index tap = Index.of(u * wide + v);
        calls.add(part.call(Map.of("p", at.plus(v * conv.dilation().w()), "k", tap)));
      }
    }
    List<Function> all = new ArrayList<>(parts.values());
    Functions.activate(pixels, lane, conv.activation(), t -> J, all, calls);
    all.add(0, new Function("Tile", parameters, calls));
    return all;
  }

  /**
   * Adds the products of {@code taps} taps of a window's row, from the matrix's row {@code k} on.
   * The first pass, {@code Start}, adds them to the bias.
   */
  private Function pass(String suffix, int taps) {
    boolean starts = suffix.equals("Start");
    List<Function.Parameter> parameters = new ArrayList<>();
    parameters.addAll(List.of(rows("x"), number("p"), rows("w")));
    parameters.add(starts ? row("b") : number("k"));
    Pass.each(pixels, t -> parameters.add(row("y" + t)));
    parameters.addAll(lane.parameters());
    List<Statement> all = new ArrayList<>();
    List<Statement> body = new ArrayList<>();
    TreeSet<Integer> columns = new TreeSet<>();
    for (int v = 0; v < taps; v++) {
      all.add(new Row("w" + v, "w", starts ? Index.of(v) : Index.of("k").plus(v)));
      body.add(new Scalar("v" + v, new Load("w" + v, J)));
      for (int t = 0; t < pixels; t++) {
        columns.add(column(t, v));
      }
    }
    for (int column : columns) {
      all.add(new Row("x" + column, "x", Index.of("p").plus(column)));
      body.add(new Scalar("a" + column, new Load("x" + column, J)));
    }
    for (int t = 0; t < pixels; t++) {
      List<Term> terms = new ArrayList<>();
      terms.add(new Load(starts ? "b" : "y" + t, J));
      for (int v = 0; v < taps; v++) {
        terms.add(new Product(new Read("a" + column(t, v)), new Read("v" + v)));
      }
      body.add(new Scalar("s" + t, Walks.sum(terms)));
    }
    Pass.each(pixels, t -> body.add(new Statement.Store("y" + t, J, new Read("s" + t))));
    all.addAll(lane.loop(body));
    return new Function(suffix, parameters, all);
  }

  /** Where tap {@code v} of the tile's pixel {@code t} lies, from the tile's corner on. */
  private int column(int t, int v) {
    return t * conv.stride().w() + v * conv.dilation().w();
  }
}
