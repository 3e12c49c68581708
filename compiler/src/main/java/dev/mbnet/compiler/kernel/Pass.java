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
   * Adds {@code length} scalars from {@code offset} on, at most {@code most} at once. What is left
   * over by whole passes starts the sums, else ends them.
   *
   * @param row the first one's row of the matrix
   * @param start what each row of sums starts from; null if it has been started
   */
  List<Statement> all(
      Scalars scalars, int length, int most, Index offset, Index row, IntFunction<Term> start) {
    return all(scalars, length, most, offset, row, start, null);
  }

  /**
   * The same for all lengths that leave the same over.
   *
   * @param end names the length; null where it is a constant
   */
  List<Statement> all(
      Scalars scalars,
      int length,
      int most,
      Index offset,
      Index row,
      IntFunction<Term> start,
      String end) {
    int taps = Walks.balanced(length, most);
    int rest = length % taps;
    List<Statement> all = new ArrayList<>();
    int first = 0;
    if (start != null) {
      first = started(length, taps);
      all.add(new Block(one(scalars, offset, row, first, start)));
    }
    int whole = (length - first) / taps * taps;
    Index i = Index.of("i");
    if (whole == taps) {
      all.add(new Block(one(scalars, offset.plus(first), row.plus(first), taps, null)));
    } else if (whole > 0) {
      List<Statement> body = one(scalars, offset.plus(i), row.plus(i), taps, null);
      Index to = end == null ? Index.of(first + whole) : Index.of(end);
      all.add(new Loop("i", Index.of(first), to, taps, false, body));
    }
    if (start == null && rest > 0) {
      all.add(new Block(one(scalars, offset.plus(whole), row.plus(whole), rest, null)));
    }
    return Walks.alone(all);
  }

  /** Whether sums of so many products take a loop behind the pass that starts them. */
  static boolean loops(int length, int most) {
    int taps = Walks.balanced(length, most);
    return length > taps + started(length, taps);
  }

  /** How many scalars the pass takes that starts the sums. */
  private static int started(int length, int taps) {
    return length % taps == 0 ? taps : length % taps;
  }

  private List<Statement> one(
      Scalars scalars, Index offset, Index row, int taps, IntFunction<Term> start) {
    Index at = Index.of(lane);
    List<Statement> all = new ArrayList<>();
    each(
        sums,
        t ->
            each(taps, i -> all.add(new Scalar("a" + t + i, scalars.of(t).apply(offset.plus(i))))));
    each(taps, i -> all.add(new Row(matrix + i, matrix, row.plus(i))));
    List<Statement> body = new ArrayList<>();
    each(taps, i -> body.add(new Scalar("v" + i, new Load(matrix + i, at))));
    each(
        sums,
        t -> {
          List<Term> terms = new ArrayList<>();
          terms.add(start == null ? new Load("y" + t, at) : start.apply(t));
          each(taps, i -> terms.add(new Product(new Read("a" + t + i), new Read("v" + i))));
          body.add(new Scalar("s" + t, Walks.sum(terms)));
        });
    each(sums, t -> body.add(new Store("y" + t, at, new Read("s" + t))));
    all.add(new Loop(lane, from, to, 1, true, body));
    return all;
  }

  static void each(int count, IntConsumer action) {
    for (int i = 0; i < count; i++) {
      action.accept(i);
    }
  }
}
