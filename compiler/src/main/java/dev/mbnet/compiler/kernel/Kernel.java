package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.plan.Step;
import java.util.List;

/**
 * A step as loop nests.
 *
 * @param functions the first is the step; it takes what the step reads, then its matrix and bias if
 *     it has weights, then room for planes if it works on them, then its target
 */
public record Kernel(Step step, List<Function> functions) {

  public Kernel {
    functions = List.copyOf(functions);
  }
}
