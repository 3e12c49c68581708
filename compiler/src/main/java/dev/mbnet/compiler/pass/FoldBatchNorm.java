package dev.mbnet.compiler.pass;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Conv;

/** Lets a convolution's weights and bias do the norm that follows it. */
final class FoldBatchNorm implements Pass {

  @Override
  public Graph apply(Graph graph) {
    return Rewriter.rewrite(
        graph,
        (node, alone) -> {
          Node first = node.inputs().get(0);
          return alone
                  && node.op() instanceof BatchNorm bn
                  && first.op() instanceof Conv conv
                  && conv.norm() == null
                  && conv.activation().isNone()
              ? Rewriter.Replacement.merged(
                  first, conv.with(new Conv.FoldedNorm(node.name(), bn.eps())))
              : null;
        });
  }
}
