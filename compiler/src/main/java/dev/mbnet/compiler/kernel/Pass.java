package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.kernel.Statement.Block;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Statement.Row;
import dev.mbnet.compiler.kernel.Statement.Scalar;
import dev.mbnet.compiler.kernel.Statement.Store;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.Product;
import dev.mbnet.compiler.kernel.Term.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Adds products of scalars with the rows of a matrix to a few rows of sums, {@code y0}, {@code y1},
 * ... Each pass over the sums takes a few scalars of each, so that a load of a matrix row serves
 * all sums, and a load and store of a sum all scalars.
 *
 * @param sums how many rows of sums there are
 * @param matrix whose rows are multiplied
 * @param lane the variable of the innermost loop, which runs from {@code from} to {@code to}
 */
record Pass(int sums, String matrix, String lane, Index from, Index to) {

  /** Where a pass finds the scalars of a row of sums. */
  interface Scalars {
    Function<Index, Term> of(int sum);
  }

  /**
   * Adds {@code length} scalars from {@code offset} on, at most {@code most} at once.
   *
   * @param row the first one's row of the matrix
   */
  List<Statement> all(Scalars scalars, int length, int most, Index offset, Index row) {
    int taps = Walks.balanced(length, most);
    int rest = length % taps;
    int whole = length - rest;
    List<Statement> all = new ArrayList<>();
    Index i = Index.of("i");
    if (whole == taps) {
      all.add(new Block(one(scalars, offset, row, taps)));
    } else {
      List<Statement> body = one(scalars, offset.plus(i), row.plus(i), taps);
      all.add(new Loop("i", Index.of(0), Index.of(whole), taps, false, body));
    }
    if (rest > 0) {
      all.add(new Block(one(scalars, offset.plus(whole), row.plus(whole), rest)));
    }
    return Walks.alone(all);
  }

  private List<Statement> one(Scalars scalars, Index offset, Index row, int taps) {
    List<Statement> all = heads(scalars, offset, row, taps);
    List<Statement> body = body(taps, t -> new Load("y" + t, Index.of(lane)));
    all.add(new Loop(lane, from, to, 1, true, body));
    return all;
  }

  /** Names the scalars and the rows of the matrix. */
  List<Statement> heads(Scalars scalars, Index offset, Index row, int taps) {
    List<Statement> all = new ArrayList<>();
    each(
        sums,
        t ->
            each(taps, i -> all.add(new Scalar("a" + t + i, scalars.of(t).apply(offset.plus(i))))));
    each(taps, i -> all.add(new Row(matrix + i, matrix, row.plus(i))));
    return all;
  }

  /** The innermost loop's body; {@code start} is what the products are added to. */
  List<Statement> body(int taps, IntFunction<Term> start) {
    Index at = Index.of(lane);
    List<Statement> body = new ArrayList<>();
    each(taps, i -> body.add(new Scalar("v" + i, new Load(matrix + i, at))));
    each(
        sums,
        t -> {
          List<Term> terms = new ArrayList<>();
          terms.add(start.apply(t));
          each(taps, i -> terms.add(new Product(new Read("a" + t + i), new Read("v" + i))));
          body.add(new Scalar("s" + t, Walks.sum(terms)));
        });
    each(sums, t -> body.add(new Store("y" + t, at, new Read("s" + t))));
    return body;
  }

  static void each(int count, IntConsumer action) {
    for (int i = 0; i < count; i++) {
      action.accept(i);
    }
  }
}
