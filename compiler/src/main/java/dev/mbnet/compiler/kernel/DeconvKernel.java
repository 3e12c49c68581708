package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.number;
import static dev.mbnet.compiler.kernel.Function.row;
import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.Divided;
import dev.mbnet.compiler.kernel.Statement.Invoke;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Statement.Row;
import dev.mbnet.compiler.kernel.Statement.Store;
import dev.mbnet.compiler.kernel.Statement.WholeNumber;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.op.Deconv;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Feed;
import dev.mbnet.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Transposed convolutions, from the output's side: of the kernel's rows, a row of the output meets
 * every stride-th one, each at another row of the input; columns alike.
 */
final class DeconvKernel {
  private static final Index C = Index.of("c");

  private final Step step;
  private final Feed feed;
  private final Deconv deconv;
  private final Pads pads;
  private final int perGroup;
  private final Shape out;

  private DeconvKernel(Step step) {
    this.step = step;
    this.feed = step.feeds().get(0);
    this.deconv = (Deconv) step.node().op();
    Shape in = feed.node().shape();
    this.pads = deconv.reach(in);
    this.perGroup = in.channels() / deconv.groups();
    this.out = step.node().shape();
  }

  static Kernel of(Step step) {
    DeconvKernel kernel = new DeconvKernel(step);
    return new Kernel(step, List.of(kernel.walk(), kernel.pixel()));
  }

  /** All pixels of the output, each by the function {@code Tile}. */
  private Function walk() {
    List<Statement> columns = new ArrayList<>();
    meet("j", deconv.crop().left(), deconv.step().w(), deconv.kernel().w(), "q", columns);
    Index first = Index.of("p", feed.rowStep()).plus(Index.of("q"));
    first = first.plus(pads.top() * feed.rowStep() + pads.left());
    Index tap = Index.of("pTap", deconv.kernel().w()).plus(Index.of("qTap"));
    List<Actual> arguments = new ArrayList<>();
    arguments.add(new Actual.Array("x"));
    arguments.add(new Actual.Number(first));
    arguments.add(new Actual.Array("w"));
    arguments.add(new Actual.Number(tap.times(perGroup)));
    arguments.add(new Actual.Number(Index.of("pTaps")));
    arguments.add(new Actual.Number(Index.of("qTaps")));
    arguments.add(new Actual.Array("b"));
    arguments.addAll(Functions.arguments(deconv.activation()));
    arguments.add(new Actual.RowOf("y", Index.of("i", out.width()).plus(Index.of("j"))));
    columns.add(new Invoke("Tile", arguments));
    List<Statement> body = new ArrayList<>();
    meet("i", deconv.crop().top(), deconv.step().h(), deconv.kernel().h(), "p", body);
    body.add(Walks.loop("j", out.width(), columns));
    return new Function(
        "",
        Functions.parameters(rows("x"), deconv.activation()),
        List.of(Walks.loop("i", out.height(), body)));
  }

  /**
   * Names the last row or column of the input that a cell of the output sums, the kernel's first
   * tap that meets it, and how many taps follow in all, each a stride later and a cell earlier.
   */
  private static void meet(
      String cell, int crop, int stride, int kernel, String name, List<Statement> all) {
    Index at = Index.of(cell).plus(crop);
    if (stride == 1) {
      all.add(new WholeNumber(name, at));
      all.add(new WholeNumber(name + "Tap", Index.of(0)));
      all.add(new WholeNumber(name + "Taps", Index.of(kernel)));
      return;
    }
    all.add(new Divided(name, at, stride));
    all.add(new WholeNumber(name + "Tap", at.plus(Index.of(name, -stride))));
    Index left = Index.of(kernel + stride - 1).plus(Index.of(name + "Tap", -1));
    all.add(new Divided(name + "Taps", left, stride));
  }

  /** One pixel, from its bias on; {@code k} is the matrix row of its first tap. */
  private Function pixel() {
    List<Statement> tap = new ArrayList<>();
    int across = deconv.step().w() * perGroup;
    int down = deconv.step().h() * deconv.kernel().w() * perGroup;
    Index at = Index.of("p").plus(Index.of("u", -feed.rowStep())).plus(Index.of("v", -1));
    tap.add(new Row("x0", "x", at));
    Index row = Index.of("k").plus(Index.of("u", down)).plus(Index.of("v", across));
    tap.add(new WholeNumber("r", row));
    int groupOut = out.channels() / deconv.groups();
    tap.addAll(
        Walks.each(
            "g",
            deconv.groups(),
            g -> {
              Index from = g.times(groupOut);
              return new Pass(1, "w", "c", from, from.plus(groupOut))
                  .all(
                      t -> i -> new Load("x" + t, i),
                      perGroup,
                      step.tile().taps(),
                      g.times(perGroup),
                      Index.of("r"));
            }));
    List<Statement> body = new ArrayList<>();
    body.add(Walks.lanes(out.channels(), new Store("y0", C, new Load("b", C))));
    Statement row0 = new Loop("v", Index.of(0), Index.of("columns"), 1, false, tap);
    body.add(new Loop("u", Index.of(0), Index.of("rows"), 1, false, List.of(row0)));
    body.addAll(Functions.activate(1, out.channels(), deconv.activation()));
    List<Function.Parameter> parameters = new ArrayList<>(List.of(rows("x"), number("p")));
    parameters.addAll(List.of(rows("w"), number("k"), number("rows"), number("columns"), row("b")));
    parameters.addAll(Functions.parameters(deconv.activation()));
    parameters.add(row("y0"));
    return new Function("Tile", parameters, body);
  }
}
