package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.numbers;

import dev.mbnet.compiler.kernel.Statement.Assign;
import dev.mbnet.compiler.kernel.Statement.LeaveAtZero;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Statement.StoreVector;
import dev.mbnet.compiler.kernel.Statement.Vector;
import dev.mbnet.compiler.kernel.Term.Lanes;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.MultiplyAdd;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.kernel.Term.Spread;
import dev.mbnet.compiler.kernel.Term.Sum;
import dev.mbnet.compiler.plan.Processor;
import java.util.ArrayList;
import java.util.List;

/**
 * The product of one pixel with a panel of a matrix: dense layers and squeezes. Each weight serves
 * one product, so that the product is as fast as the memory. Inputs are therefore split into parts
 * with sums of their own, whose weights pass by side by side: a processor fetches ahead for each
 * stream of addresses by itself, and several bring more at a time.
 *
 * @param vectors of the panel
 * @param parts of the inputs
 */
record PixelTile(int vectors, int parts) {
  /** Below so many inputs a panel's weights are no stream that is worth being split. */
  private static final int FEW = 256;

  static PixelTile of(Processor processor, int vectors) {
    return new PixelTile(vectors, processor.parts(vectors));
  }

  /**
   * Over the channels of the pixel. It takes the pixel, the number of inputs and how many of them
   * are a part, the panel, the bias, the output, and the floats between outputs, which tell whether
   * there is one.
   */
  Function function() {
    List<Statement> body = new ArrayList<>();
    // Warming up counts calls that have no output.
    body.add(new LeaveAtZero("yp"));
    for (int part = 0; part < parts; part++) {
      for (int v = 0; v < vectors; v++) {
        Term bias = new Lanes("w", Index.of("b").plus(Index.of(v).lanes()));
        body.add(new Vector(sum(part, v), part == 0 ? bias : new Spread(new Term.Constant(0))));
      }
    }
    List<Statement> step = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      step.addAll(step(part));
    }
    body.add(new Loop("k", Index.of(0), Index.of("part"), 1, false, step));
    body.add(new Loop("k", Index.of("part", parts), Index.of("inputs"), 1, false, step(0)));
    for (int v = 0; v < vectors; v++) {
      Term sum = new Read(sum(0, v));
      for (int part = 1; part < parts; part++) {
        sum = new Sum(sum, new Read(sum(part, v)));
      }
      Index at = Index.of("y").plus(Index.of(v).lanes());
      body.add(new StoreVector("a", at, sum));
    }
    return new Function(
        "multiply1x" + vectors,
        numbers(MatrixTile.ARRAYS, "x inputs part m b y yp".split(" ")),
        body);
  }

  /** The inputs of a part: none where all of them are so few that parts would not pay. */
  int part(int inputs) {
    return inputs < FEW ? 0 : inputs / parts;
  }

  private List<Statement> step(int part) {
    Index k = Index.of("k").plus(Index.of("part", part));
    Index first = Index.of("m").plus(k.lanes());
    List<Statement> step = new ArrayList<>();
    step.add(new Vector("x" + part, new Spread(new Load("a", Index.of("x").plus(k)))));
    for (int v = 0; v < vectors; v++) {
      Term weights = new Lanes("w", first.plus(Index.of("inputs", v).lanes()));
      Term sum = new Read(sum(part, v));
      step.add(new Assign(sum(part, v), new MultiplyAdd(new Read("x" + part), weights, sum)));
    }
    return step;
  }

  private static String sum(int part, int vector) {
    return "s" + part + "_" + vector;
  }
}
