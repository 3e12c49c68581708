package dev.mbnet.compiler.pass;

import dev.mbnet.compiler.ir.Graph;
import java.util.List;

/** The passes in their order, each with its law. */
public final class Passes {
  private static final List<Pass> ALL =
      List.of(
          new DropIdentity(), //   dropout(x)       = x
          new FoldPad(), //        conv(pad(x))     = conv'(x)   where conv pads nothing
          new FoldBatchNorm(), //  bn(conv(x))      = conv'(x)
          new FuseActivation()); // act(f(x))       = f'(x)      for conv, deconv, dense, add, mul

  private Passes() {}

  public static Graph run(Graph graph) {
    Graph result = graph.verify();
    for (Pass pass : ALL) {
      result = pass.apply(result).verify();
    }
    return result;
  }
}
