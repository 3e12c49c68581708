package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.numbers;

import dev.mbnet.compiler.kernel.Statement.Advance;
import dev.mbnet.compiler.kernel.Statement.Assign;
import dev.mbnet.compiler.kernel.Statement.Bounds;
import dev.mbnet.compiler.kernel.Statement.Increase;
import dev.mbnet.compiler.kernel.Statement.LeaveAtZero;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Statement.StoreVector;
import dev.mbnet.compiler.kernel.Statement.Vector;
import dev.mbnet.compiler.kernel.Statement.WholeNumber;
import dev.mbnet.compiler.kernel.Term.Bounded;
import dev.mbnet.compiler.kernel.Term.Lanes;
import dev.mbnet.compiler.kernel.Term.MultiplyAdd;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.plan.Processor;
import java.util.ArrayList;
import java.util.List;

/**
 * A depthwise window over one vector of channels along a row. Sums of a few columns stay in
 * registers while the window's rows pass by; of each, the filter and every input are loaded once.
 */
final class ChannelTile {
  /** Columns that may be computed side by side, the best first. */
  private static final int[] COLUMNS = {7, 8, 6, 5, 4, 3, 2, 1};

  /** Without a stride, inputs serve so many sums that twice as many columns fit. */
  private static final int MANY = 14;

  private ChannelTile() {}

  /** The columns of a tile: as many as leave little to compute twice at the row's end. */
  static int columns(Conv conv, int width, Processor processor) {
    boolean fits = MANY < processor.registers() - conv.kernel().w();
    if (fits && conv.stride().w() == 1 && width % MANY == 0) {
      return MANY;
    }
    int best = 1;
    double least = Double.MAX_VALUE;
    for (int columns : COLUMNS) {
      double cost = Math.ceil((double) width / columns) * (columns + 1);
      if (columns <= width && cost < least) {
        best = columns;
        least = cost;
      }
    }
    return best;
  }

  /**
   * It takes the first pixel of the tensor's first row, the row where the window begins and how
   * many rows take turns, the floats from row to row and how many of the window's rows there are,
   * the filter's first row, the bias, the first output and the floats between outputs, how many
   * times to move on, and the bounds.
   *
   * @param pixel floats from pixel to pixel; a constant, so that HotSpot checks the first and the
   *     last of a row's inputs for all of them
   */
  static Function of(Conv conv, int columns, Index pixel) {
    int wide = conv.kernel().w();
    int stride = conv.stride().w();
    int apart = conv.dilation().w();
    int down = conv.dilation().h();
    List<Statement> row = new ArrayList<>();
    Index first = Index.of("x").plus(Index.of("row * rowStep")).plus(Index.of("q"));
    row.add(new WholeNumber("p", first));
    for (int v = 0; v < wide; v++) {
      row.add(new Vector("w" + v, new Lanes("w", Index.of("f").plus(Index.of(v).lanes()))));
    }
    for (int column = 0; column < (columns - 1) * stride + (wide - 1) * apart + 1; column++) {
      List<Statement> products = new ArrayList<>();
      String name = "x" + column;
      for (int v = 0; v < wide; v++) {
        int from = column - v * apart;
        if (from % stride == 0 && from >= 0 && from / stride < columns) {
          String sum = "s" + from / stride;
          Term product = new MultiplyAdd(new Read(name), new Read("w" + v), new Read(sum));
          products.add(new Assign(sum, product));
        }
      }
      if (!products.isEmpty()) {
        Index at = Index.of("p").plus(pixel.times(column));
        row.add(new Vector(name, new Lanes("a", at)));
        row.addAll(products);
      }
    }
    row.add(new Advance("row", down, "ring"));
    row.add(new Increase("f", Index.of(wide).lanes()));
    List<Statement> group = new ArrayList<>();
    group.add(
        new WholeNumber("q", StageKernels.product(Index.of("g"), pixel.times(columns * stride))));
    for (int t = 0; t < columns; t++) {
      // A vector from outside the loop would be an object, on Java 17.
      group.add(new Vector("s" + t, new Lanes("w", Index.of("b"))));
    }
    group.add(new WholeNumber("row", Index.of("top")));
    group.add(new WholeNumber("f", Index.of("m")));
    group.add(new Loop("u", Index.of(0), Index.of("rows"), 1, false, row));
    group.add(new Bounds());
    for (int t = 0; t < columns; t++) {
      Index at = Index.of("y").plus(Index.of("g * yp", columns)).plus(Index.of("yp", t));
      group.add(new StoreVector("a", at, new Bounded(new Read("s" + t))));
    }
    List<Statement> body = new ArrayList<>();
    body.add(new LeaveAtZero("yp"));
    body.add(new Loop("g", Index.of(0), Index.of("groups"), 1, false, group));
    String name = "depthwise" + wide + (stride > 1 ? "s" + stride : "");
    name += (apart > 1 || down > 1 ? "d" + down + "x" + apart : "") + "by" + columns;
    name += "of" + (pixel.constant() > 0 ? pixel.constant() : pixel.factors().get("L") + "L");
    return new Function(
        name,
        numbers(MatrixTile.ARRAYS, "x top ring rowStep rows m b y yp groups low high".split(" ")),
        body);
  }
}
