package dev.mbnet.compiler.pass;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.op.Dropout;

/** Removes what does nothing at inference. */
final class DropIdentity implements Pass {

  @Override
  public Graph apply(Graph graph) {
    return Rewriter.rewrite(
        graph,
        (node, alone) ->
            node.op() instanceof Dropout ? Rewriter.Replacement.by(node.inputs().get(0)) : null);
  }
}
