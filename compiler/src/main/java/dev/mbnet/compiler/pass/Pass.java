package dev.mbnet.compiler.pass;

import dev.mbnet.compiler.ir.Graph;

/** A rewriting that leaves every output's values as they were, but for rounding. */
@FunctionalInterface
public interface Pass {
  Graph apply(Graph graph);
}
