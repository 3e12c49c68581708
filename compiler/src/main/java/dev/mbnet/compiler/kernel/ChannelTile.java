package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.numbers;

import dev.mbnet.compiler.kernel.Statement.Assign;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Statement.StoreVector;
import dev.mbnet.compiler.kernel.Statement.Vector;
import dev.mbnet.compiler.kernel.Statement.WholeNumber;
import dev.mbnet.compiler.kernel.Term.Bounded;
import dev.mbnet.compiler.kernel.Term.Lanes;
import dev.mbnet.compiler.kernel.Term.MultiplyAdd;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.op.Conv;
import java.util.ArrayList;
import java.util.List;

/**
 * A depthwise window over one vector of channels along a row. The filter stays in registers; each
 * input is loaded once for all the outputs that it counts in.
 */
final class ChannelTile {
  /** Outputs side by side; more and registers spill. */
  static final int COLUMNS = 4;

  private ChannelTile() {}

  static int columns(int width) {
    return Math.min(COLUMNS, width);
  }

  /**
   * It takes the first pixel of each of the window's rows and the floats from pixel to pixel, the
   * filter and the floats from tap to tap, the bias, the first output and the floats between
   * outputs, how many times to move on, and the bounds.
   */
  static Function of(Conv conv, int width) {
    int high = conv.kernel().h();
    int wide = conv.kernel().w();
    int stride = conv.stride().w();
    int apart = conv.dilation().w();
    int columns = columns(width);
    List<String> names = new ArrayList<>();
    for (int u = 0; u < high; u++) {
      names.add("x" + u);
    }
    names.addAll(List.of("xp", "m", "mp", "b", "y", "yp", "groups", "low", "high"));
    List<Statement> body = new ArrayList<>();
    for (int tap = 0; tap < high * wide; tap++) {
      Index at = Index.of("m").plus(Index.of("mp", tap));
      body.add(new Vector("w" + tap, new Lanes("w", at)));
    }
    body.add(new Vector("bias", new Lanes("w", Index.of("b"))));
    List<Statement> group = new ArrayList<>();
    group.add(new WholeNumber("q", Index.of("g * xp", columns * stride)));
    for (int t = 0; t < columns; t++) {
      group.add(new Vector("s" + t, new Read("bias")));
    }
    for (int u = 0; u < high; u++) {
      for (int column = 0; column < (columns - 1) * stride + (wide - 1) * apart + 1; column++) {
        List<Statement> products = new ArrayList<>();
        String name = "x" + u + "_" + column;
        for (int v = 0; v < wide; v++) {
          int from = column - v * apart;
          if (from % stride == 0 && from >= 0 && from / stride < columns) {
            String sum = "s" + from / stride;
            Term filter = new Read("w" + (u * wide + v));
            products.add(new Assign(sum, new MultiplyAdd(new Read(name), filter, new Read(sum))));
          }
        }
        if (!products.isEmpty()) {
          Index at = Index.of("x" + u).plus(Index.of("q")).plus(Index.of("xp", column));
          group.add(new Vector(name, new Lanes("a", at)));
          group.addAll(products);
        }
      }
    }
    for (int t = 0; t < columns; t++) {
      Index at = Index.of("y").plus(Index.of("g * yp", columns)).plus(Index.of("yp", t));
      group.add(new StoreVector("a", at, new Bounded(new Read("s" + t), "low", "high")));
    }
    body.add(new Loop("g", Index.of(0), Index.of("groups"), 1, false, group));
    String name = "depthwise" + high + "x" + wide + (stride > 1 ? "s" + stride : "");
    name += (apart > 1 ? "d" + apart : "") + (columns < COLUMNS ? "w" + columns : "");
    return new Function(name, numbers(MatrixTile.ARRAYS, names.toArray(String[]::new)), body);
  }
}
