package dev.mbnet.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.mbnet.compiler.kernel.Index;
import dev.mbnet.compiler.kernel.Statement;
import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plain backend's loop nests over one array of memory and one of weights: a row is the number
 * of its first float, and lanes are vectors.
 */
final class FlatPrinter extends Printer {
  private static final ClassName MASK = ClassName.get("jdk.incubator.vector", "VectorMask");

  private final Map<String, Integer> pitches;
  private final Map<String, String> arrays = new HashMap<>();
  private final Set<String> vectors = new HashSet<>();
  private String mask = "";

  /**
   * {@code pitches} are floats from row to row of what has rows; {@code arrays} where each lies.
   */
  FlatPrinter(
      Map<String, String> methods, Map<String, Integer> pitches, Map<String, String> arrays) {
    super(methods);
    this.pitches = pitches;
    this.arrays.putAll(arrays);
  }

  @Override
  protected void print(Statement statement, CodeBlock.Builder code) {
    if (statement instanceof Statement.Row row) {
      arrays.put(row.name(), arrays.get(row.of()));
      code.addStatement("int $L = $L", row.name(), row(row.of(), row.at()));
    } else if (statement instanceof Statement.Loop loop && loop.lanes()) {
      lanes(loop, code);
    } else if (statement instanceof Statement.Provided provided) {
      print(provided.loop(), code);
    } else if (statement instanceof Statement.Store store && !mask.isEmpty()) {
      code.addStatement(
          vector(store.value()) + ".intoArray($L, $L$L)",
          arrays.get(store.row()),
          at(store.row(), store.at()),
          mask());
    } else if (statement instanceof Statement.Scalar scalar && !mask.isEmpty()) {
      vectors.add(scalar.name());
      code.addStatement("FloatVector $L = " + vector(scalar.value()), scalar.name());
    } else if (statement instanceof Statement.Invoke invoke) {
      List<String> arguments = new ArrayList<>(List.of("memory", "packed"));
      invoke.arguments().forEach(argument -> arguments.add(actual(argument)));
      invoke(invoke.function(), arguments, code);
    } else {
      super.print(statement, code);
    }
  }

  /** A vector at a time; a mask holds back what lies behind a last one that is not whole. */
  private void lanes(Statement.Loop loop, CodeBlock.Builder code) {
    String to = index(loop.to());
    code.beginControlFlow(
        "for (int $1L = $2L; $1L < $3L; $1L += L)", loop.variable(), index(loop.from()), to);
    mask = whole(loop) ? "none" : "m";
    if (mask.equals("m")) {
      code.addStatement("$T<Float> m = S.indexInRange($L, $L)", MASK, loop.variable(), to);
    }
    code.add(print(loop.body()));
    mask = "";
    vectors.clear();
    code.endControlFlow();
  }

  /** Whether every row is touched from its first float on, so that its end has room. */
  private static boolean whole(Statement.Loop loop) {
    Index c = Index.of(loop.variable());
    return loop.from().equals(Index.of(0))
        && loop.body().stream()
            .allMatch(s -> !(s instanceof Statement.Store store) || store.at().equals(c));
  }

  private String mask() {
    return mask.equals("m") ? ", m" : "";
  }

  @Override
  protected String actual(Actual actual) {
    return actual instanceof Actual.RowOf row ? row(row.name(), row.at()) : super.actual(actual);
  }

  @Override
  protected String load(Term.Load load) {
    return arrays.get(load.row()) + "[" + at(load.row(), load.at()) + "]";
  }

  private String row(String of, Index at) {
    return index(Index.of(of).plus(at.times(pitches.get(of))));
  }

  private static String at(String row, Index at) {
    return index(Index.of(row).plus(at));
  }

  private String vector(Term term) {
    if (term instanceof Term.Load load) {
      String array = arrays.get(load.row());
      return "FloatVector.fromArray(S, " + array + ", " + at(load.row(), load.at()) + mask() + ")";
    } else if (term instanceof Term.Read read && vectors.contains(read.name())) {
      return read.name();
    } else if (term instanceof Term.Sum sum) {
      return vector(sum.left()) + ".add(" + vector(sum.right()) + ")";
    } else if (term instanceof Term.Difference difference) {
      return vector(difference.left()) + ".sub(" + vector(difference.right()) + ")";
    } else if (term instanceof Term.Product product) {
      return vector(product.left()) + ".mul(" + vector(product.right()) + ")";
    } else if (term instanceof Term.Quotient quotient) {
      return vector(quotient.left()) + ".div(" + vector(quotient.right()) + ")";
    } else if (term instanceof Term.Smaller smaller) {
      return vector(smaller.left()) + ".min(" + vector(smaller.right()) + ")";
    } else if (term instanceof Term.Larger larger) {
      return vector(larger.left()) + ".max(" + vector(larger.right()) + ")";
    } else if (term instanceof Term.Negative negative) {
      return vector(negative.of()) + ".neg()";
    } else if (term instanceof Term.Exp exp) {
      return vector(exp.power()) + ".lanewise(jdk.incubator.vector.VectorOperators.EXP)";
    } else if (term instanceof Term.Tanh tanh) {
      return vector(tanh.of()) + ".lanewise(jdk.incubator.vector.VectorOperators.TANH)";
    }
    return "FloatVector.broadcast(S, " + term(term, 0) + ")";
  }
}
