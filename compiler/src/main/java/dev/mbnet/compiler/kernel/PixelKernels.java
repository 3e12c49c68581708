package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.row;
import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.Assign;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Statement.Row;
import dev.mbnet.compiler.kernel.Statement.Scalar;
import dev.mbnet.compiler.kernel.Statement.Store;
import dev.mbnet.compiler.kernel.Term.Constant;
import dev.mbnet.compiler.kernel.Term.Difference;
import dev.mbnet.compiler.kernel.Term.Exp;
import dev.mbnet.compiler.kernel.Term.Larger;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.Product;
import dev.mbnet.compiler.kernel.Term.Quotient;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.kernel.Term.Sum;
import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Merge;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** What happens to each pixel by itself. */
final class PixelKernels {
  private static final Index C = Index.of("c");
  private static final Index P = Index.of("p");

  private PixelKernels() {}

  static Kernel activate(Step step) {
    Activation activation = ((Activate) step.node().op()).activation();
    return unary(step, activation, Functions.store("y0", C, new Load("x0", C), activation, "s"));
  }

  static Kernel copy(Step step) {
    return unary(step, Activation.NONE, List.of(new Store("y0", C, new Load("x0", C))));
  }

  private static Kernel unary(Step step, Activation activation, List<Statement> lanes) {
    Shape out = step.node().shape();
    List<Statement> body = new ArrayList<>();
    body.add(new Row("x0", "x", P));
    body.add(new Row("y0", "y", P));
    body.add(Walks.lanes(Index.of(0), Index.of(out.channels()), lanes));
    List<Function.Parameter> parameters = new ArrayList<>(List.of(rows("x")));
    parameters.addAll(Functions.parameters(activation));
    parameters.add(rows("y"));
    return kernel(step, parameters, Walks.loop("p", out.pixels(), body));
  }

  /** Every pixel with the only row of the layer's matrix, and its bias. */
  static Kernel batchNorm(Step step) {
    Term scaled = new Product(new Load("x0", C), new Load("w0", C));
    Store store = new Store("y0", C, new Sum(scaled, new Load("b", C)));
    Shape out = step.node().shape();
    List<Statement> body = new ArrayList<>();
    body.add(new Row("x0", "x", P));
    body.add(new Row("y0", "y", P));
    body.add(new Row("w0", "w", Index.of(0)));
    body.add(Walks.lanes(out.channels(), store));
    return kernel(
        step,
        List.of(rows("x"), rows("w"), row("b"), rows("y")),
        Walks.loop("p", out.pixels(), body));
  }

  static Kernel merge(Step step) {
    Merge merge = (Merge) step.node().op();
    Shape out = step.node().shape();
    List<Function.Parameter> parameters = new ArrayList<>();
    List<Statement> body = new ArrayList<>();
    Term value = null;
    for (int i = 0; i < step.feeds().size(); i++) {
      Shape in = step.feeds().get(i).node().shape();
      parameters.add(rows("x" + i));
      body.add(new Row("r" + i, "x" + i, in.isVector() ? Index.of(0) : P));
      Term next = new Load("r" + i, C);
      boolean add = merge.kind() == Merge.Kind.ADD;
      value = value == null ? next : add ? new Sum(value, next) : new Product(value, next);
    }
    parameters.addAll(Functions.parameters(merge.activation()));
    parameters.add(rows("y"));
    body.add(new Row("y0", "y", P));
    body.add(
        Walks.lanes(
            Index.of(0),
            Index.of(out.channels()),
            Functions.store("y0", C, value, merge.activation(), "s")));
    return kernel(step, parameters, Walks.loop("p", out.pixels(), body));
  }

  static Kernel concat(Step step) {
    Shape out = step.node().shape();
    List<Function.Parameter> parameters = new ArrayList<>();
    List<Statement> body = new ArrayList<>();
    body.add(new Row("y0", "y", P));
    int before = 0;
    for (int i = 0; i < step.feeds().size(); i++) {
      int channels = step.feeds().get(i).node().shape().channels();
      parameters.add(rows("x" + i));
      body.add(new Row("r" + i, "x" + i, P));
      body.add(Walks.lanes(channels, new Store("y0", C.plus(before), new Load("r" + i, C))));
      before += channels;
    }
    parameters.add(rows("y"));
    return kernel(step, parameters, Walks.loop("p", out.pixels(), body));
  }

  static Kernel flatten(Step step) {
    Shape in = step.feeds().get(0).node().shape();
    List<Statement> body = new ArrayList<>();
    body.add(new Row("x0", "x", P));
    Index at = Index.of("p", in.channels()).plus(C);
    Store store = new Store("y0", at, new Load("x0", C));
    body.add(Walks.lanes(in.channels(), store));
    return new Kernel(
        step,
        List.of(
            new Function(
                "",
                List.of(rows("x"), rows("y")),
                List.of(new Row("y0", "y", Index.of(0)), Walks.loop("p", in.pixels(), body)))));
  }

  static Kernel softmax(Step step) {
    Shape out = step.node().shape();
    Index end = Index.of(out.channels());
    Term x = new Load("x0", C);
    Term y = new Load("y0", C);
    List<Statement> body = new ArrayList<>();
    body.add(new Row("x0", "x", P));
    body.add(new Row("y0", "y", P));
    body.add(new Scalar("largest", new Load("x0", Index.of(0))));
    body.add(
        new Loop(
            "c",
            Index.of(1),
            end,
            1,
            false,
            List.of(new Assign("largest", new Larger(new Read("largest"), x)))));
    Term shifted = new Difference(x, new Read("largest"));
    body.add(new Scalar("sum", new Constant(0)));
    body.add(
        Walks.loop(
            "c",
            out.channels(),
            List.of(
                new Store("y0", C, new Exp(shifted)),
                new Assign("sum", new Sum(new Read("sum"), y)))));
    body.add(new Scalar("scale", new Quotient(new Constant(1), new Read("sum"))));
    body.add(Walks.lanes(out.channels(), new Store("y0", C, new Product(y, new Read("scale")))));
    return kernel(step, List.of(rows("x"), rows("y")), Walks.loop("p", out.pixels(), body));
  }

  private static Kernel kernel(Step step, List<Function.Parameter> parameters, Statement body) {
    return new Kernel(step, List.of(new Function("", parameters, List.of(body))));
  }
}
