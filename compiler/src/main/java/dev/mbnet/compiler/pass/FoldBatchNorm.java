package dev.mbnet.compiler.pass;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Convolution;
import dev.mbnet.compiler.op.Op;

/** Lets a convolution's weights and bias do the norm that follows it. */
final class FoldBatchNorm implements Pass {

  @Override
  public Graph apply(Graph graph) {
    return Rewriter.rewrite(
        graph,
        (node, alone) -> {
          Node first = node.inputs().get(0);
          Op folded =
              alone && node.op() instanceof BatchNorm bn
                  ? fold(first.op(), new Convolution.FoldedNorm(node.name(), bn.eps()))
                  : null;
          return folded == null ? null : Rewriter.Replacement.merged(first, folded);
        });
  }

  private static Op fold(Op op, Convolution.FoldedNorm norm) {
    return op instanceof Convolution conv && conv.norm() == null && conv.activation().isNone()
        ? conv.with(norm)
        : null;
  }
}
