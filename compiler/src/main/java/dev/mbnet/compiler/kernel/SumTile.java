package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.number;
import static dev.mbnet.compiler.kernel.Function.row;
import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Function.Parameter;
import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.Invoke;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Statement.Scalar;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.op.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A few rows of sums: biases, products of scalars with the rows of a matrix, an activation. Each of
 * these is a function of one loop, and they are called for a few scalars at a time.
 *
 * @param sums how many rows of sums there are
 * @param length products in each sum
 * @param taps products that are added at a time, at most
 * @param channels whether each row is a channel, with a bias of its own; else each lane is one
 */
record SumTile(int sums, int length, int taps, boolean channels, Activation activation, Lane lane) {
  private static final String SCALARS = "a";
  private static final String MATRIX = "m";

  /**
   * A call of the tile for the rows from {@code first} on.
   *
   * @param scalars what the caller calls their rows
   * @param matrix what the caller calls the matrix
   * @param target what the caller calls the rows of sums
   */
  Statement call(Index first, String scalars, String matrix, String target) {
    List<Actual> arguments = new ArrayList<>();
    Pass.each(sums, t -> arguments.add(new Actual.RowOf(scalars, first.plus(t))));
    if (loops()) {
      arguments.add(new Actual.Number(Index.of(length)));
    }
    arguments.add(new Actual.Array(matrix));
    arguments.add(new Actual.Array("b"));
    arguments.addAll(Functions.arguments(activation));
    if (channels) {
      arguments.add(new Actual.Number(first));
    }
    Pass.each(sums, t -> arguments.add(new Actual.RowOf(target, first.plus(t))));
    arguments.addAll(lane.arguments());
    return new Invoke("Tile", arguments);
  }

  /** The function {@code Tile} and behind it what it calls. */
  List<Function> functions() {
    List<Parameter> parameters = named(SCALARS);
    if (loops()) {
      parameters.add(number("taps"));
    }
    parameters.add(rows(MATRIX));
    parameters.add(row("b"));
    parameters.addAll(Functions.parameters(activation));
    if (channels) {
      parameters.add(number("o"));
    }
    parameters.addAll(named("y"));
    parameters.addAll(lane.parameters());
    List<Function> parts = new ArrayList<>();
    List<Statement> calls = new ArrayList<>();
    Function start = start();
    parts.add(start);
    calls.add(start.call(Map.of()));
    if (length > started()) {
      Function add = add();
      parts.add(add);
      calls.add(
          loops()
              ? new Loop(
                  "i",
                  Index.of(started()),
                  Index.of("taps"),
                  atOnce(),
                  false,
                  List.of(add.call(Map.of())))
              : add.call(Map.of("i", Index.of(started()))));
    }
    Functions.activate(sums, lane, activation, this::channel, parts, calls);
    if (calls.size() == 1) {
      return List.of(new Function("Tile", parameters, start.body()));
    }
    parts.add(0, new Function("Tile", parameters, calls));
    return parts;
  }

  private Function start() {
    List<Parameter> parameters = named(SCALARS);
    parameters.add(rows(MATRIX));
    parameters.add(row("b"));
    List<Statement> body = new ArrayList<>();
    if (channels) {
      parameters.add(number("o"));
      Pass.each(sums, t -> body.add(new Scalar("b" + t, new Load("b", channel(t)))));
    }
    parameters.addAll(named("y"));
    parameters.addAll(lane.parameters());
    IntFunction<Term> bias = t -> channels ? new Read("b" + t) : new Load("b", channel(t));
    body.addAll(pass(Index.of(0), started(), bias));
    return new Function("Start", parameters, body);
  }

  private Function add() {
    List<Parameter> parameters = named(SCALARS);
    parameters.add(rows(MATRIX));
    parameters.add(number("i"));
    parameters.addAll(named("y"));
    parameters.addAll(lane.parameters());
    return new Function(
        "Add", parameters, pass(Index.of("i"), atOnce(), t -> new Load("y" + t, Lane.J)));
  }

  private List<Statement> pass(Index first, int count, IntFunction<Term> start) {
    Pass pass = new Pass(sums, MATRIX, Lane.VARIABLE, Index.of(0), lane.end());
    List<Statement> all = pass.heads(t -> i -> new Load(SCALARS + t, i), first, first, count);
    all.addAll(lane.loop(pass.body(count, start)));
    return all;
  }

  private Index channel(int row) {
    return channels ? Index.of("o").plus(row) : Lane.J;
  }

  private List<Parameter> named(String name) {
    List<Parameter> all = new ArrayList<>();
    Pass.each(sums, t -> all.add(row(name + t)));
    return all;
  }

  private int atOnce() {
    return Walks.balanced(length, taps);
  }

  /** How many products start the sums: what whole passes leave over, or one pass. */
  private int started() {
    int rest = length % atOnce();
    return rest == 0 ? atOnce() : rest;
  }

  /** Tiles that are alike but for how often they add share a function. */
  private boolean loops() {
    return length > started() + atOnce();
  }
}
