package dev.mbnet.compiler.pass;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Convolution;
import dev.mbnet.compiler.op.Dense;
import dev.mbnet.compiler.op.Merge;
import dev.mbnet.compiler.op.Op;

/** Lets an operation apply the activation that follows it as it stores its results. */
final class FuseActivation implements Pass {

  @Override
  public Graph apply(Graph graph) {
    return Rewriter.rewrite(
        graph,
        (node, alone) -> {
          Node first = node.inputs().get(0);
          Op fused =
              alone && node.op() instanceof Activate act
                  ? fuse(first.op(), act.activation().withSlopesOf(node.name()))
                  : null;
          return fused == null ? null : Rewriter.Replacement.merged(first, fused);
        });
  }

  private static Op fuse(Op op, Activation activation) {
    if (op instanceof Convolution conv && conv.activation().isNone()) {
      return conv.with(activation);
    } else if (op instanceof Dense dense && dense.activation().isNone()) {
      return dense.with(activation);
    } else if (op instanceof Merge merge && merge.activation().isNone()) {
      return merge.with(activation);
    }
    return null;
  }
}
