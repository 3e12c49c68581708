package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.Bounded;
import dev.mbnet.compiler.kernel.Statement.Loop;
import java.util.ArrayList;
import java.util.List;

/**
 * The innermost loop of functions that layers share. They take its length as an argument, so that
 * HotSpot compiles one function for many layers; a process that has just begun waits for nothing
 * else.
 *
 * @param count where it ends
 */
record Lane(int count) {
  /** Its variable, which runs from 0. */
  static final String VARIABLE = "j";

  static final Index J = Index.of(VARIABLE);

  /**
   * Shorter loops have functions of their own: HotSpot unrolls for the length that it has seen, and
   * early layers, which it sees first, have few channels.
   */
  private static final int LONG = 64;

  private static final String COUNT = "count";

  private boolean isGiven() {
    return count >= LONG;
  }

  /** The loop's length as functions know it. */
  Index end() {
    return isGiven() ? Index.of(COUNT) : Index.of(count);
  }

  /** What functions take last. */
  List<Function.Parameter> parameters() {
    return isGiven() ? List.of(Function.number(COUNT)) : List.of();
  }

  /** The same as a layer gives it. */
  List<Actual> arguments() {
    return isGiven() ? List.of(new Actual.Number(Index.of(count))) : List.of();
  }

  /** The loop, as the last statements of a function. */
  List<Statement> loop(List<Statement> body) {
    if (!isGiven()) {
      return List.of(new Loop(VARIABLE, Index.of(0), end(), 1, true, body));
    }
    List<Statement> all = new ArrayList<>();
    all.add(new Bounded("end", end()));
    all.add(new Loop(VARIABLE, Index.of(0), Index.of("end"), 1, true, body));
    return all;
  }
}
