package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.numbers;
import static dev.mbnet.compiler.kernel.Function.row;

import dev.mbnet.compiler.kernel.Statement.Assign;
import dev.mbnet.compiler.kernel.Statement.Fence;
import dev.mbnet.compiler.kernel.Statement.Increase;
import dev.mbnet.compiler.kernel.Statement.LeaveAtZero;
import dev.mbnet.compiler.kernel.Statement.NextPiece;
import dev.mbnet.compiler.kernel.Statement.PanelRows;
import dev.mbnet.compiler.kernel.Statement.StoreVector;
import dev.mbnet.compiler.kernel.Statement.Vector;
import dev.mbnet.compiler.kernel.Statement.WhereOrdered;
import dev.mbnet.compiler.kernel.Statement.WholeNumber;
import dev.mbnet.compiler.kernel.Term.Lanes;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.MultiplyAdd;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.kernel.Term.Spread;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.Processor.Fences;
import dev.mbnet.compiler.plan.RegisterTile;
import java.util.ArrayList;
import java.util.List;

/**
 * The product of a few pixels with a panel of a matrix. All sums stay in registers while the inputs
 * pass by: each step loads the panel's vectors once and spreads one input of each pixel. Sums begin
 * with the bias; the activation is left to whoever knows when a row is complete.
 */
final class MatrixTile {
  static final List<Function.Parameter> ARRAYS = List.of(row("a"), row("w"));

  private final RegisterTile tile;
  private final List<Statement> body = new ArrayList<>();

  private MatrixTile(RegisterTile tile) {
    this.tile = tile;
  }

  /**
   * Over the channels of a pixel. It takes the first pixel and the floats from pixel to pixel, the
   * number of inputs, the panel, the bias, the first output and the floats between outputs and,
   * across rows, how many pixels there are before the row's end and the floats between the rows.
   *
   * <p>Where {@link Processor#fixesPixels} says so, the floats from pixel to pixel are a constant.
   *
   * @param pitch floats from pixel to pixel of the input
   * @param whole whether steps of {@link Processor#INPUTS} leave no input over
   */
  static Function pointwise(Processor processor, RegisterTile tile, int pitch, boolean whole) {
    boolean constant = tile.pixels() > 1 && processor.fixesPixels(tile);
    Index pixel = constant ? Index.of(pitch) : Index.of("xp");
    MatrixTile code = new MatrixTile(tile);
    code.begin();
    code.apart(Index.of("inputs"));
    int atOnce = whole ? Processor.INPUTS : 1;
    Fences fences = processor.fences(tile, atOnce);
    Statement loop = code.steps(pixel, atOnce, fences);
    if (atOnce > 1 && !processor.paysUnordered(fences)) {
      Statement other = code.steps(pixel, 1, Fences.NONE);
      loop = new WhereOrdered(List.of(loop), List.of(other));
    }
    code.body.add(loop);
    code.end();
    String name = "multiply" + tile.pixels() + "x" + tile.vectors();
    name += constant ? "of" + pitch : "";
    name += whole ? "" : "odd";
    name += tile.across() ? "across" : "";
    List<Function.Parameter> parameters = numbers(ARRAYS, "x");
    parameters = constant ? parameters : numbers(parameters, "xp");
    parameters = numbers(parameters, "inputs", "m", "b", "y", "yp");
    parameters = tile.across() ? numbers(parameters, "rowEnd", "gap") : parameters;
    return new Function(name, parameters, code.body);
  }

  /**
   * Over windows; it takes the first pixel of each of the window's rows and is made for one layer's
   * sizes. One loop takes all inputs: of two, one in the other, JDK 17 makes objects of the sums
   * that outlive the inner one, and a loop for each row would be so many times the code to compile.
   *
   * @param rows of a window
   * @param pieces of a row, which lie apart
   * @param apart floats from piece to piece
   * @param length floats of a piece
   * @param pixel floats from one output's window to the next one's
   */
  static Function window(
      Processor processor,
      RegisterTile tile,
      int rows,
      int pieces,
      int apart,
      int length,
      int pixel) {
    MatrixTile code = new MatrixTile(tile);
    code.begin();
    List<String> names = new ArrayList<>();
    for (int u = 0; u < rows; u++) {
      names.add("x" + u);
    }
    List<Statement> step = new ArrayList<>();
    code.body.add(new WholeNumber("x", Index.of("x0")));
    NextPiece next = new NextPiece(length, pieces, apart - length, rows);
    next.counters().forEach((name, first) -> code.body.add(new WholeNumber(name, first)));
    if (!next.counters().isEmpty()) {
      // Before the products: behind them, HotSpot moves these into both branches, and sums to
      // memory.
      step.add(next);
    }
    step.addAll(code.step(Index.of(pixel), 0, processor.fences(tile, 1), false));
    step.add(new Increase("x", Index.of(1)));
    Index inputs = Index.of(rows * pieces * length);
    code.apart(inputs);
    code.body.add(new PanelRows("q", Index.of("m"), inputs, 1, step));
    code.end();
    List<Function.Parameter> parameters = numbers(ARRAYS, names.toArray(String[]::new));
    parameters = numbers(parameters, "m", "b", "y", "yp");
    return new Function("Tile", parameters, code.body);
  }

  private void begin() {
    // Warming up counts calls that have no output.
    body.add(new LeaveAtZero("yp"));
    for (int v = 0; v < tile.vectors(); v++) {
      body.add(new Vector("b" + v, new Lanes("w", Index.of("b").plus(Index.of(v).lanes()))));
    }
    for (int t = 0; t < tile.pixels(); t++) {
      for (int v = 0; v < tile.vectors(); v++) {
        body.add(new Vector(sum(t, v), new Read("b" + v)));
      }
    }
  }

  /** Names the floats from one of the panel's vectors to the next one's. */
  private void apart(Index inputs) {
    if (tile.vectors() > 1) {
      body.add(new WholeNumber("apart", inputs.lanes()));
    }
  }

  /** Takes all inputs of a pixel, so many at once. */
  private PanelRows steps(Index pixel, int atOnce, Fences fences) {
    List<Statement> steps = new ArrayList<>();
    for (int behind = 0; behind < atOnce; behind++) {
      // Asking first would be one call more to inline for each fence, of which there are many.
      steps.addAll(step(pixel, behind, fences, atOnce > 1));
    }
    steps.add(new Increase("x", Index.of(atOnce)));
    return new PanelRows("q", Index.of("m"), Index.of("inputs"), atOnce, steps);
  }

  /**
   * Adds the products of the input that is so many behind the one at {@code x}.
   *
   * @param everywhere whether there are fences also where they order nothing
   */
  private List<Statement> step(Index pixel, int behind, Fences fences, boolean everywhere) {
    List<Statement> step = new ArrayList<>();
    int vectors = tile.vectors();
    if (fences != Fences.NONE) {
      step.add(new Fence(everywhere));
    }
    for (int v = 0; v < vectors; v++) {
      Index at = Index.of("q").plus(Index.of(behind).lanes()).plus(Index.of("apart", v));
      step.add(new Vector("w" + (behind * vectors + v), new Lanes("w", at)));
    }
    for (int t = 0; t < tile.pixels(); t++) {
      if (t > 0 && fences == Fences.PIXELS) {
        step.add(new Fence(everywhere));
      }
      Index at = Index.of("x").plus(pixel.times(t)).plus(behind);
      String input = "x_" + (behind * tile.pixels() + t);
      step.add(new Vector(input, new Spread(new Load("a", at))));
      for (int v = 0; v < vectors; v++) {
        Term weights = new Read("w" + (behind * vectors + v));
        Term sum = new Read(sum(t, v));
        step.add(new Assign(sum(t, v), new MultiplyAdd(new Read(input), weights, sum)));
      }
    }
    return step;
  }

  private void end() {
    for (int t = 0; t < tile.pixels(); t++) {
      Index pixel = Index.of("y").plus(Index.of("yp", t));
      if (tile.across() && t > 0) {
        Index behind = Index.of("behind(" + t + ", rowEnd, gap)");
        body.add(new WholeNumber("y" + t, pixel.plus(behind)));
        pixel = Index.of("y" + t);
      }
      for (int v = 0; v < tile.vectors(); v++) {
        body.add(new StoreVector("a", pixel.plus(Index.of(v).lanes()), new Read(sum(t, v))));
      }
    }
  }

  private static String sum(int pixel, int vector) {
    return "s" + pixel + "_" + vector;
  }
}
