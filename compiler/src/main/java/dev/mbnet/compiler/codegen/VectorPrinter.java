package dev.mbnet.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.mbnet.compiler.kernel.Index;
import dev.mbnet.compiler.kernel.Statement;
import dev.mbnet.compiler.kernel.Term;
import dev.mbnet.runtime.Lanes;
import dev.mbnet.runtime.VectorMath;
import java.lang.invoke.VarHandle;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Loop nests over one array of memory and one of weights as Java with vectors. */
final class VectorPrinter extends Printer {
  private static final ClassName INT_VECTOR = ClassName.get("jdk.incubator.vector", "IntVector");

  private final Set<String> vectors = new HashSet<>();
  private boolean fences;

  VectorPrinter(Map<String, String> methods) {
    super(methods);
  }

  /** Whether any has been printed. */
  boolean hasFences() {
    return fences;
  }

  @Override
  protected void print(Statement statement, CodeBlock.Builder code) {
    if (statement instanceof Statement.Vector vector) {
      vectors.add(vector.name());
      code.addStatement("FloatVector $L = " + vector(vector.value()), vector.name());
    } else if (statement instanceof Statement.Assign assign && vectors.contains(assign.name())) {
      code.addStatement("$L = " + vector(assign.value()), assign.name());
    } else if (statement instanceof Statement.Bounds) {
      bound("least", "low", code);
      bound("most", "high", code);
    } else if (statement instanceof Statement.StoreVector store) {
      code.addStatement(
          vector(store.value()) + ".intoArray($L, $L)", store.array(), index(store.at()));
    } else if (statement instanceof Statement.RowStart row) {
      rowStart(row, code);
    } else if (statement instanceof Statement.Window window) {
      window(window, code);
    } else if (statement instanceof Statement.Advance advance) {
      code.addStatement("$L += $L", advance.name(), advance.by());
      code.addStatement("$1L = $1L < $2L ? $1L : $1L - $2L", advance.name(), advance.ring());
    } else if (statement instanceof Statement.Increase increase) {
      String by = index(increase.by());
      code.addStatement(by.equals("1") ? "$L++" : "$L += " + by, increase.name());
    } else if (statement instanceof Statement.NextPiece next) {
      nextPiece(next, code);
    } else if (statement instanceof Statement.CountUp count) {
      code.beginControlFlow(
          "for (; $1L < Math.min($2L, $3L); $1L++)",
          count.counter(),
          index(count.bound()),
          count.limit());
      code.add(print(count.body()));
      code.endControlFlow();
    } else if (statement instanceof Statement.Panels panels) {
      String step = index(Index.of(panels.vectors()).lanes());
      each(panels.variable(), Integer.toString(panels.channels()), step, panels.body(), code);
    } else if (statement instanceof Statement.PanelRows rows) {
      panelRows(rows, code);
    } else if (statement instanceof Statement.Fence fence) {
      fences = true;
      if (fence.everywhere()) {
        code.addStatement("$T.loadLoadFence()", VarHandle.class);
      } else {
        code.addStatement("$T.fence()", Lanes.class);
      }
    } else if (statement instanceof Statement.WhereOrdered where) {
      code.beginControlFlow("if ($T.ORDERED)", Lanes.class);
      either(where.then(), where.other(), code);
    } else if (statement instanceof Statement.Below below) {
      code.beginControlFlow("if ($L < $L)", index(below.value()), below.limit());
      either(below.then(), below.other(), code);
    } else if (statement instanceof Statement.EachVector each) {
      each(each.variable(), index(each.end()), "L", each.body(), code);
    } else if (statement instanceof Statement.PanelStart start) {
      code.addStatement(
          "int $L = Math.min($L, lastPanel($L, $L))",
          start.name(),
          index(start.channel()),
          start.channels(),
          start.vectors());
    } else if (statement instanceof Statement.Mean mean) {
      code.addStatement(
          "$T.mean(a, $L, $L, $L, $L, $L, $L, $L)",
          VectorMath.class,
          index(mean.at()),
          index(mean.count()),
          mean.shape().height(),
          mean.shape().width(),
          index(mean.row()),
          index(mean.pixel()),
          index(mean.to()));
    } else if (statement instanceof Statement.ScaleWeights scale) {
      code.addStatement(
          "$T.scaleWeights(w, $L, $L,$Wa, $L, $L, $L,$W$L, $L)",
          VectorMath.class,
          index(scale.panel()),
          index(scale.bias()),
          index(scale.by()),
          index(scale.to()),
          index(scale.biasTo()),
          scale.inputs(),
          index(scale.floats()));
    } else if (statement instanceof Statement.Scale scale) {
      code.addStatement(
          "$T.scale(a, $L, $L, $L, $L, $L)",
          VectorMath.class,
          index(scale.at()),
          index(scale.by()),
          index(scale.to()),
          index(scale.pixels()),
          scale.pitch());
    } else if (statement instanceof Statement.Add add) {
      code.addStatement(
          "$T.add(a, $L, $L, $L, $L, $L)",
          VectorMath.class,
          index(add.at()),
          index(add.added()),
          index(add.count()),
          add.low(),
          add.high());
    } else if (statement instanceof Statement.Prelu prelu) {
      code.addStatement(
          "$T.prelu(a, $L, w, $L, $L, $L, $L)",
          VectorMath.class,
          index(prelu.at()),
          index(prelu.slopes()),
          index(prelu.channels()),
          prelu.pixels(),
          index(prelu.pitch()));
    } else if (statement instanceof Statement.ReadRow row) {
      code.addStatement(
          "copyRow(input, $L, $L, a, $L, $L, $L, $L)",
          index(row.from()),
          row.channels(),
          index(row.to()),
          row.pitch(),
          row.pixels(),
          row.channels());
    } else if (statement instanceof Statement.Clear clear) {
      code.addStatement("clear(a, $L, $L)", index(clear.at()), index(clear.count()));
    } else if (statement instanceof Statement.Activate activate) {
      String name = activate.activation().kind().name().toLowerCase(Locale.ROOT);
      String slope =
          activate.activation().kind().hasSlope()
              ? ", " + (float) activate.activation().slope() + "f"
              : "";
      code.addStatement(
          "$T.$L(a, $L, $L$L)",
          VectorMath.class,
          name,
          index(activate.at()),
          index(activate.count()),
          slope);
    } else {
      super.print(statement, code);
    }
  }

  /** Both branches of a condition that has been begun. */
  private void either(List<Statement> then, List<Statement> other, CodeBlock.Builder code) {
    code.add(print(then));
    code.nextControlFlow("else");
    code.add(print(other));
    code.endControlFlow();
  }

  private static void bound(String name, String bits, CodeBlock.Builder code) {
    code.addStatement(
        "$1T $2L = $1T.broadcast($3T.BITS, $4L)", INT_VECTOR, name, Lanes.class, bits);
  }

  private void each(
      String v, String end, String step, List<Statement> body, CodeBlock.Builder code) {
    code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L += $3L)", v, end, step);
    code.add(print(body));
    code.endControlFlow();
  }

  private void panelRows(Statement.PanelRows rows, CodeBlock.Builder code) {
    code.beginControlFlow(
        "for (int $1L = $2L, end = $3L; $1L < end; $1L += $4L)",
        rows.variable(),
        index(rows.from()),
        index(rows.from().plus(rows.count().lanes())),
        index(Index.of(rows.atOnce()).lanes()));
    code.add(print(rows.body()));
    code.endControlFlow();
  }

  private static void nextPiece(Statement.NextPiece next, CodeBlock.Builder code) {
    boolean pieces = next.counters().containsKey("pieces");
    code.beginControlFlow("if (left == 0)");
    code.addStatement("left = $L", next.length());
    if (next.pieces() > 1) {
      code.addStatement("x += $L", next.gap());
    }
    if (pieces) {
      code.beginControlFlow("if (--pieces == 0)");
      code.addStatement("pieces = $L", next.pieces());
    }
    if (next.counters().containsKey("row")) {
      code.addStatement("row++");
    }
    if (next.rows() > 1) {
      StringBuilder start = new StringBuilder();
      for (int row = 1; row < next.rows() - 1; row++) {
        start.append("row == ").append(row).append(" ? x").append(row).append(" : ");
      }
      code.addStatement("x = $Lx$L", start, next.rows() - 1);
    }
    if (pieces) {
      code.endControlFlow();
    }
    code.endControlFlow();
    code.addStatement("left--");
  }

  private static void window(Statement.Window window, CodeBlock.Builder code) {
    code.addStatement("int first = $L", index(window.row()));
    code.addStatement("int u = firstTap(first, $L)", window.apart());
    code.addStatement(
        "int rows = lastTap(first, $L, $L, $L) - u",
        window.apart(),
        window.taps(),
        window.height());
    String top = window.apart() == 1 ? "first + u" : "first + " + window.apart() + " * u";
    boolean ring = window.ring() < window.height();
    code.addStatement("int top = " + (ring ? "(" + top + ") % " + window.ring() : top));
  }

  private static void rowStart(Statement.RowStart row, CodeBlock.Builder code) {
    String first = index(row.first());
    if (row.outside()) {
      code.addStatement(
          "int $L = row($Z$L,$W$L,$W$L,$W$L,$W$L, o + ZEROS)",
          row.name(),
          index(row.row()),
          row.height(),
          row.ring(),
          first,
          index(row.pitch()));
    } else if (row.ring() == 1) {
      code.addStatement("int $L = $L", row.name(), first);
    } else if (row.ring() < row.height()) {
      code.addStatement(
          "int $L = $L + $L % $L * $L",
          row.name(), first, factor(row.row()), row.ring(), factor(row.pitch()));
    } else {
      Index at = row.first().plus(product(row.row(), row.pitch()));
      code.addStatement("int $L = $L", row.name(), index(at));
    }
  }

  /** A row's number times the floats of a row, which are a constant or one of lanes. */
  private static Index product(Index row, Index pitch) {
    return pitch.factors().isEmpty()
        ? row.times(pitch.constant())
        : row.times(pitch.factors().get("L")).lanes();
  }

  private String vector(Term term) {
    if (term instanceof Term.Read read) {
      return read.name();
    } else if (term instanceof Term.Lanes lanes) {
      return "FloatVector.fromArray(S, " + lanes.array() + ", " + index(lanes.at()) + ")";
    } else if (term instanceof Term.Spread spread) {
      return "FloatVector.broadcast(S, " + term(spread.scalar(), 0) + ")";
    } else if (term instanceof Term.MultiplyAdd add) {
      return vector(add.left()) + ".fma(" + vector(add.right()) + ", " + vector(add.sum()) + ")";
    } else if (term instanceof Term.Sum sum) {
      return vector(sum.left()) + ".add(" + vector(sum.right()) + ")";
    } else if (term instanceof Term.Product product) {
      return vector(product.left()) + ".mul(" + vector(product.right()) + ")";
    }
    return bounded((Term.Bounded) term);
  }

  /** By {@code reinterpretShape}, for the reason that {@link VectorMath} gives. */
  private String bounded(Term.Bounded bounded) {
    String bits = "((IntVector) " + vector(bounded.value()) + "$Z.reinterpretShape(Lanes.BITS, 0))";
    return "((FloatVector) " + bits + "$Z.max(least).min(most).reinterpretShape(S, 0))";
  }
}
