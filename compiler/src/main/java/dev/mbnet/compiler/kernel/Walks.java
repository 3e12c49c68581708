package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.Invoke;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Step;
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
      String variable, int count, int size, Function<Index, List<Statement>> tile) {
    if (count == size) {
      return tile.apply(Index.of(0));
    }
    List<Statement> all = new ArrayList<>();
    int whole = count / size * size;
    all.add(
        new Loop(
            variable, Index.of(0), Index.of(whole), size, false, tile.apply(Index.of(variable))));
    if (whole < count) {
      all.addAll(tile.apply(Index.of(count - size)));
    }
    return all;
  }

  /**
   * Calls the function {@code Tile} for all of a convolution's output, a row at a time. It takes
   * the input, the corner of its first pixel's window, matrix and bias, its output pixels and what
   * is given as {@code last}.
   */
  static List<Statement> windows(Step step, List<Actual> last) {
    Conv conv = (Conv) step.node().op();
    Shape out = step.node().shape();
    int pixels = step.tile().rows();
    int down = conv.stride().h() * step.feeds().get(0).rowStep();
    Function<Index, List<Statement>> call =
        first -> {
          List<Actual> arguments = new ArrayList<>();
          arguments.add(new Actual.Array("x"));
          arguments.add(
              new Actual.Number(Index.of("i", down).plus(first.times(conv.stride().w()))));
          arguments.add(new Actual.Array("w"));
          arguments.add(new Actual.Array("b"));
          arguments.addAll(Functions.arguments(conv.activation()));
          Index pixel = Index.of("i", out.width()).plus(first);
          for (int t = 0; t < pixels; t++) {
            arguments.add(new Actual.RowOf("y", pixel.plus(t)));
          }
          arguments.addAll(last);
          return List.of(new Invoke("Tile", arguments));
        };
    return List.of(loop("i", out.height(), tiles("j", out.width(), pixels, call)));
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
