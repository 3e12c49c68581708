package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.List;

/**
 * What is wrong with a call, before it is known where the call stands.
 *
 * @param argument the argument to point at, or null for the whole call
 * @param help what to type instead, or null
 */
public record Mistake(Code code, String argument, String message, List<String> notes, String help) {

  public Mistake(Code code, String argument, String message, String help) {
    this(code, argument, message, List.of(), help);
  }
}
