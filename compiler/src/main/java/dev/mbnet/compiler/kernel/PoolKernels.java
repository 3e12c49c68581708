package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.Row;
import dev.mbnet.compiler.kernel.Statement.Scalar;
import dev.mbnet.compiler.kernel.Statement.Store;
import dev.mbnet.compiler.kernel.Statement.WholeNumber;
import dev.mbnet.compiler.kernel.Term.Constant;
import dev.mbnet.compiler.kernel.Term.Inside;
import dev.mbnet.compiler.kernel.Term.Larger;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.Product;
import dev.mbnet.compiler.kernel.Term.Quotient;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.kernel.Term.Sum;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pool;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Feed;
import dev.mbnet.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Largest values and means, of windows and of whole tensors. */
final class PoolKernels {
  private static final Index C = Index.of("c");

  private PoolKernels() {}

  static Kernel window(Step step) {
    Pool pool = (Pool) step.node().op();
    Feed feed = step.feeds().get(0);
    Shape out = step.node().shape();
    Index corner = Index.of("i", pool.stride().h() * feed.rowStep());
    Index first = corner.plus(Index.of("j", pool.stride().w()));
    List<Statement> body = new ArrayList<>();
    body.add(new Row("y0", "y", Index.of("i", out.width()).plus(Index.of("j"))));
    body.add(new WholeNumber("p", first));
    Term start = new Constant(pool.max() ? Float.NEGATIVE_INFINITY : 0);
    body.add(Walks.lanes(out.channels(), new Store("y0", C, start)));
    Term y = new Load("y0", C);
    Term x = new Load("x0", C);
    Store merge = new Store("y0", C, pool.max() ? new Larger(y, x) : new Sum(y, x));
    body.addAll(
        Walks.each(
            "u",
            pool.kernel().h(),
            u ->
                Walks.each(
                    "v",
                    pool.kernel().w(),
                    v -> {
                      Index tap = Index.of("p").plus(u.times(feed.rowStep())).plus(v);
                      Row row = new Row("x0", "x", tap);
                      return List.of(row, Walks.lanes(out.channels(), merge));
                    })));
    if (!pool.max()) {
      body.add(new Scalar("scale", new Quotient(new Constant(1), count(pool, feed))));
      Term mean = new Product(y, new Read("scale"));
      body.add(Walks.lanes(out.channels(), new Store("y0", C, mean)));
    }
    return new Kernel(
        step,
        List.of(new Function("", List.of(rows("x"), rows("y")), List.of(Walks.pixels(out, body)))));
  }

  /** The number of cells that a mean is over. */
  private static Term count(Pool pool, Feed feed) {
    if (pool.countPads()) {
      return new Constant(pool.kernel().h() * pool.kernel().w());
    }
    Pads pads = pool.pads();
    Shape in = feed.node().shape();
    Index top = Index.of("i", pool.stride().h()).plus(-pads.top());
    Index left = Index.of("j", pool.stride().w()).plus(-pads.left());
    return new Product(
        new Inside(top, pool.kernel().h(), in.height()),
        new Inside(left, pool.kernel().w(), in.width()));
  }

  static Kernel global(Step step) {
    Shape in = step.feeds().get(0).node().shape();
    Term y = new Load("y0", C);
    List<Statement> body = new ArrayList<>();
    body.add(new Row("y0", "y", Index.of(0)));
    body.add(Walks.lanes(in.channels(), new Store("y0", C, new Constant(0))));
    Store add = new Store("y0", C, new Sum(y, new Load("x0", C)));
    body.add(
        Walks.loop(
            "p",
            in.pixels(),
            List.of(new Row("x0", "x", Index.of("p")), Walks.lanes(in.channels(), add))));
    Term mean = new Product(y, new Constant((float) (1.0 / in.pixels())));
    body.add(Walks.lanes(in.channels(), new Store("y0", C, mean)));
    return new Kernel(step, List.of(new Function("", List.of(rows("x"), rows("y")), body)));
  }
}
