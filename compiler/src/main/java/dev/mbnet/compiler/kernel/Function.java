package dev.mbnet.compiler.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A loop nest with parameters; {@code suffix} tells it from the others of its kernel. */
public record Function(String suffix, List<Parameter> parameters, List<Statement> body) {

  public Function {
    parameters = List.copyOf(parameters);
    body = List.copyOf(body);
  }

  /** A call with what the caller knows by the same names, or with other {@code numbers}. */
  Statement call(Map<String, Index> numbers) {
    List<Statement.Actual> arguments = new ArrayList<>();
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      Index number = numbers.getOrDefault(name, Index.of(name));
      arguments.add(
          parameter.kind() == Kind.NUMBER
              ? new Statement.Actual.Number(number)
              : new Statement.Actual.Array(name));
    }
    return new Statement.Invoke(suffix, arguments);
  }

  /** A parameter. */
  public record Parameter(String name, Kind kind) {}

  /** What a parameter is. */
  public enum Kind {
    /** A tensor as pixels, or a matrix as rows. */
    ROWS,
    /** One pixel, a bias, or a flat tensor. */
    ROW,
    NUMBER
  }

  public static Parameter rows(String name) {
    return new Parameter(name, Kind.ROWS);
  }

  public static Parameter row(String name) {
    return new Parameter(name, Kind.ROW);
  }

  /** The parameters of a function that takes whole numbers behind the arrays. */
  public static List<Parameter> numbers(List<Parameter> arrays, String... names) {
    List<Parameter> all = new ArrayList<>(arrays);
    for (String name : names) {
      all.add(number(name));
    }
    return all;
  }

  public static Parameter number(String name) {
    return new Parameter(name, Kind.NUMBER);
  }
}
