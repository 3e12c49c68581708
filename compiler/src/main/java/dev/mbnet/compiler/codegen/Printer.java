package dev.mbnet.compiler.codegen;

import com.palantir.javapoet.CodeBlock;
import dev.mbnet.compiler.kernel.Index;
import dev.mbnet.compiler.kernel.Statement;
import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Term;
import dev.mbnet.runtime.Buffers;
import dev.mbnet.runtime.PlainMath;
import java.util.List;
import java.util.Map;

/** Loop nests as scalar Java; lanes are plain loops, which HotSpot vectorises. */
class Printer {
  private final Map<String, String> methods;

  /** {@code methods} are the names of the functions that a kernel calls, by suffix. */
  Printer(Map<String, String> methods) {
    this.methods = methods;
  }

  CodeBlock print(List<Statement> statements) {
    CodeBlock.Builder code = CodeBlock.builder();
    statements.forEach(statement -> print(statement, code));
    return code.build();
  }

  protected void print(Statement statement, CodeBlock.Builder code) {
    if (statement instanceof Statement.Loop loop) {
      String v = loop.variable();
      String step = loop.step() == 1 ? v + "++" : v + " += " + loop.step();
      code.beginControlFlow(
          "for (int $L = $L; $L < $L; $L)", v, index(loop.from()), v, index(loop.to()), step);
      code.add(print(loop.body()));
      code.endControlFlow();
    } else if (statement instanceof Statement.Provided provided) {
      code.addStatement(
          "$T.$L($L, $L)",
          PlainMath.class,
          provided.function(),
          provided.row(),
          index(provided.channels()));
    } else if (statement instanceof Statement.Block block) {
      code.add("{\n$>");
      code.add(print(block.body()));
      code.add("$<}\n");
    } else if (statement instanceof Statement.Row row) {
      code.addStatement("float[] $L = $L[$L]", row.name(), row.of(), index(row.at()));
    } else if (statement instanceof Statement.WholeNumber number) {
      code.addStatement("int $L = $L", number.name(), index(number.value()));
    } else if (statement instanceof Statement.Divided divided) {
      code.addStatement("int $L = $L / $L", divided.name(), factor(divided.value()), divided.by());
    } else if (statement instanceof Statement.NotNegative number) {
      code.addStatement("int $L = Math.max($L, 0)", number.name(), index(number.value()));
    } else if (statement instanceof Statement.AtMost number) {
      code.addStatement(
          "int $L = Math.min($L, $L)", number.name(), index(number.value()), number.most());
    } else if (statement instanceof Statement.Bounded number) {
      code.addStatement(
          "int $L = Math.min($L, $T.LONGEST)",
          number.name(),
          index(number.value()),
          PlainMath.class);
    } else if (statement instanceof Statement.LeaveAtZero leave) {
      code.beginControlFlow("if ($L == 0)", leave.number()).addStatement("return");
      code.endControlFlow();
    } else if (statement instanceof Statement.Scalar scalar) {
      code.addStatement("float $L = " + term(scalar.value(), 0), scalar.name());
    } else if (statement instanceof Statement.Assign assign) {
      code.addStatement("$L = " + term(assign.value(), 0), assign.name());
    } else if (statement instanceof Statement.Store store) {
      store(store, code);
    } else if (statement instanceof Statement.Rearrange move) {
      List<String> arguments = move.arguments().stream().map(this::actual).toList();
      code.addStatement(
          "$T.$L($Z" + String.join(",$W", arguments) + ")", Buffers.class, move.function());
    } else if (statement instanceof Statement.Invoke invoke) {
      invoke(invoke.function(), invoke.arguments().stream().map(this::actual).toList(), code);
    }
  }

  protected void invoke(String function, List<String> arguments, CodeBlock.Builder code) {
    code.addStatement("$L($Z" + String.join(",$W", arguments) + ")", methods.get(function));
  }

  private void store(Statement.Store store, CodeBlock.Builder code) {
    Term.Load target = new Term.Load(store.row(), store.at());
    boolean adds = store.value() instanceof Term.Sum sum && sum.left().equals(target);
    String value = adds ? term(((Term.Sum) store.value()).right(), 0) : term(store.value(), 0);
    code.addStatement(term(target, 0) + (adds ? " += " : " = ") + value);
  }

  protected String actual(Actual actual) {
    if (actual instanceof Actual.Array array) {
      return array.name();
    } else if (actual instanceof Actual.RowOf row) {
      return row.name() + "[" + index(row.at()) + "]";
    }
    return index(((Actual.Number) actual).value());
  }

  /** {@code strength}: 0 in a sum, 1 as its right side or in a product, 2 right of a product. */
  final String term(Term term, int strength) {
    if (term instanceof Term.Constant constant) {
      return constant(constant.value());
    } else if (term instanceof Term.Read read) {
      return read.name();
    } else if (term instanceof Term.Load load) {
      return load(load);
    } else if (term instanceof Term.Sum sum) {
      String text = term(sum.left(), 0) + "$W+ " + term(sum.right(), 1);
      return strength > 0 ? "(" + text + ")" : text;
    } else if (term instanceof Term.Difference difference) {
      String text = term(difference.left(), 0) + "$W- " + term(difference.right(), 1);
      return strength > 0 ? "(" + text + ")" : text;
    } else if (term instanceof Term.Negative negative) {
      return "-" + term(negative.of(), 2);
    } else if (term instanceof Term.Product product) {
      String text = term(product.left(), 1) + " * " + term(product.right(), 2);
      return strength > 1 ? "(" + text + ")" : text;
    } else if (term instanceof Term.Quotient quotient) {
      String text = term(quotient.left(), 1) + " / " + term(quotient.right(), 2);
      return strength > 1 ? "(" + text + ")" : text;
    } else if (term instanceof Term.Smaller smaller) {
      return "Math.min(" + term(smaller.left(), 0) + ", " + term(smaller.right(), 0) + ")";
    } else if (term instanceof Term.Larger larger) {
      return "Math.max(" + term(larger.left(), 0) + ", " + term(larger.right(), 0) + ")";
    } else if (term instanceof Term.Exp exp) {
      return "(float) Math.exp(" + term(exp.power(), 0) + ")";
    } else if (term instanceof Term.Tanh tanh) {
      return "(float) Math.tanh(" + term(tanh.of(), 0) + ")";
    }
    if (term instanceof Term.Whole whole) {
      return "(" + index(whole.number()) + ")";
    }
    Term.Inside inside = (Term.Inside) term;
    String start = index(inside.start());
    String end = index(inside.start().plus(inside.window()));
    return "(Math.min(" + end + ", " + inside.size() + ") - Math.max(" + start + ", 0))";
  }

  protected String load(Term.Load load) {
    return load.row() + "[" + index(load.at()) + "]";
  }

  private static String constant(float value) {
    if (value == Float.NEGATIVE_INFINITY) {
      return "Float.NEGATIVE_INFINITY";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e6 ? (int) value + "f" : value + "f";
  }

  /** An index as a factor of a product. */
  static String factor(Index index) {
    String text = index(index);
    return text.contains(" + ") || text.contains(" - ") ? "(" + text + ")" : text;
  }

  static String index(Index index) {
    StringBuilder sum = new StringBuilder();
    for (Map.Entry<String, Integer> factor : index.factors().entrySet()) {
      int times = factor.getValue();
      if (times != 0) {
        String product = Math.abs(times) == 1 ? "" : Math.abs(times) + " * ";
        add(sum, times < 0, product + factor.getKey());
      }
    }
    if (index.constant() != 0 || sum.isEmpty()) {
      add(sum, index.constant() < 0, Integer.toString(Math.abs(index.constant())));
    }
    return sum.toString();
  }

  private static void add(StringBuilder sum, boolean negative, String term) {
    String sign = sum.isEmpty() ? (negative ? "-" : "") : (negative ? " - " : " + ");
    sum.append(sign).append(term);
  }
}
