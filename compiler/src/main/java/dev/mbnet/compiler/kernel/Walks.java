package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.op.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Loops that every kernel has. */
final class Walks {

  private Walks() {}

  /**
   * Covers {@code count} cells with tiles of {@code size}. Where that leaves a rest, the last tile
   * lies over the one before it and computes a few cells twice.
   */
  static List<Statement> tiles(
      String variable, int count, int size, Function<Index, Statement> tile) {
    if (count == size) {
      return List.of(tile.apply(Index.of(0)));
    }
    List<Statement> all = new ArrayList<>();
    int whole = count / size * size;
    all.add(
        new Loop(
            variable,
            Index.of(0),
            Index.of(whole),
            size,
            false,
            List.of(tile.apply(Index.of(variable)))));
    if (whole < count) {
      all.add(tile.apply(Index.of(count - size)));
    }
    return all;
  }

  /** Runs {@code body} for every pixel of a shape; {@code i} is its row, {@code j} its column. */
  static Statement pixels(Shape shape, List<Statement> body) {
    return loop("i", shape.height(), List.of(loop("j", shape.width(), body)));
  }

  static Statement loop(String variable, int count, List<Statement> body) {
    return new Loop(variable, Index.of(0), Index.of(count), 1, false, body);
  }

  /** Runs a body for every value of a variable below {@code count}; one value needs no loop. */
  static List<Statement> each(String variable, int count, Function<Index, List<Statement>> body) {
    return count == 1
        ? body.apply(Index.of(0))
        : List.of(loop(variable, count, body.apply(Index.of(variable))));
  }

  /** Statements that need no block around them where they are alone. */
  static List<Statement> alone(List<Statement> statements) {
    return statements.size() == 1 && statements.get(0) instanceof Statement.Block block
        ? block.body()
        : statements;
  }

  /** Over channels, all at once. */
  static Statement lanes(int channels, Statement... body) {
    return lanes(Index.of(0), Index.of(channels), List.of(body));
  }

  static Statement lanes(Index from, Index to, List<Statement> body) {
    return new Loop("c", from, to, 1, true, body);
  }

  /** The pass length, at most {@code most}, that splits {@code count} most evenly. */
  static int balanced(int count, int most) {
    int passes = (count + most - 1) / most;
    return (count + passes - 1) / passes;
  }

  static Term sum(List<Term> terms) {
    return terms.stream().reduce(Term.Sum::new).orElseThrow();
  }
}
