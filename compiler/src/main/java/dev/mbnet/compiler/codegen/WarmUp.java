package dev.mbnet.compiler.codegen;

import dev.mbnet.compiler.kernel.Function;
import dev.mbnet.compiler.kernel.Index;
import dev.mbnet.compiler.kernel.Statement;
import dev.mbnet.compiler.kernel.Term;
import java.util.List;

/** Arguments with which a shared function does little, but what it is there for. */
final class WarmUp {
  /** What functions reach with these arguments, apart from constants of their own. */
  static final int FLOATS = 1 << 14;

  private static final int APART = 64;
  private static final int INPUTS = 16;
  private static final int PART = 3;
  private static final int ROWS = 3;
  private static final int GROUPS = 2;

  /** At least as many columns as a depthwise convolution's tile walks over in all groups. */
  static final int COLUMNS = 14 * GROUPS;

  private WarmUp() {}

  /** By the name of a parameter; {@code idle} says that a call is only to be counted. */
  static String argument(String parameter) {
    return switch (parameter) {
      case "a", "w" -> "zeros";
      case "yp" -> "idle ? 0 : " + APART;
      case "xp", "rowStep" -> Integer.toString(APART);
      case "inputs" -> Integer.toString(INPUTS);
      case "part" -> Integer.toString(PART);
      case "rows" -> Integer.toString(ROWS);
      case "ring" -> Integer.toString(ROWS);
      case "groups" -> Integer.toString(GROUPS);
      case "low" -> "LOWEST";
      case "high" -> "HIGHEST";
      default -> "0";
    };
  }

  /** The multiply-adds of a call with these arguments. */
  static int work(Function function) {
    return work(function.body());
  }

  private static int work(List<Statement> statements) {
    int sum = 0;
    for (Statement statement : statements) {
      if (statement instanceof Statement.Loop loop) {
        sum += (value(loop.to()) - value(loop.from())) * work(loop.body());
      } else if (statement instanceof Statement.PanelRows rows) {
        sum += value(rows.count()) / rows.atOnce() * work(rows.body());
      } else if (statement instanceof Statement.WhereOrdered where) {
        sum += work(where.other());
      } else if (statement instanceof Statement.Assign assign
          && assign.value() instanceof Term.MultiplyAdd) {
        sum++;
      }
    }
    return sum;
  }

  private static int value(Index index) {
    return index.constant()
        + index.factors().entrySet().stream()
            .mapToInt(factor -> factor.getValue() * value(factor.getKey()))
            .sum();
  }

  private static int value(String parameter) {
    return switch (parameter) {
      case "inputs" -> INPUTS;
      case "part" -> PART;
      case "rows" -> ROWS;
      default -> GROUPS;
    };
  }
}
