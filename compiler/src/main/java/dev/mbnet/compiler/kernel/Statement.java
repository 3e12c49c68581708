package dev.mbnet.compiler.kernel;

import java.util.List;

/** A step of a loop nest. */
public sealed interface Statement {

  /**
   * Runs {@code body} for {@code from}, {@code from + step}, ... below {@code to}.
   *
   * @param lanes whether the iterations are independent and each touches only its own elements, so
   *     that they may run side by side
   */
  record Loop(String variable, Index from, Index to, int step, boolean lanes, List<Statement> body)
      implements Statement {}

  /** Names a row of a matrix or a pixel of a tensor. */
  record Row(String name, String of, Index at) implements Statement {}

  record WholeNumber(String name, Index value) implements Statement {}

  record Scalar(String name, Term value) implements Statement {}

  /** Gives a scalar another value. */
  record Assign(String name, Term value) implements Statement {}

  record Store(String row, Index at, Term value) implements Statement {}

  /** Statements whose names end with them. */
  record Block(List<Statement> body) implements Statement {}

  /** Calls another function of the same kernel. */
  record Invoke(String function, List<Actual> arguments) implements Statement {}

  /** An argument: an array by its name, a row of one, or a whole number. */
  sealed interface Actual {
    record Array(String name) implements Actual {}

    record RowOf(String name, Index at) implements Actual {}

    record Number(Index value) implements Actual {}
  }
}
