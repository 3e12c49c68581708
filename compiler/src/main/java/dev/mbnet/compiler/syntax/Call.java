package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.source.Span;
import java.util.List;

/** A name with arguments; {@code gap} is a call with none. */
public record Call(Name name, List<Argument> arguments, Span span) {

  /**
   * One argument.
   *
   * @param name null for a plain argument
   * @param spread whether it is written {@code ...value}, handing on the arguments of a call value
   */
  public record Argument(Name name, boolean spread, Expression value, Span span) {}
}
