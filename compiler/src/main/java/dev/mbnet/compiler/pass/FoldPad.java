package dev.mbnet.compiler.pass;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Pad;

/** Lets a convolution do the padding that comes before it. */
final class FoldPad implements Pass {

  @Override
  public Graph apply(Graph graph) {
    return Rewriter.rewrite(
        graph,
        (node, alone) -> {
          Node first = node.inputs().get(0);
          return alone
                  && node.op() instanceof Conv conv
                  && conv.pads().isNone()
                  && first.op() instanceof Pad pad
              ? new Rewriter.Replacement(node.name(), conv.with(pad.pads()), first.inputs())
              : null;
        });
  }
}
