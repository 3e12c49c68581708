package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Deconv;
import dev.mbnet.compiler.op.Op;
import dev.mbnet.compiler.op.Pad;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pool;
import dev.mbnet.compiler.op.Shape;

/** The pixels that an operation reads around its input, all of one value. */
record Border(Pads pads, float value) {

  /** What an operation reads around an input of {@code in}. */
  static Border of(Op op, Shape in) {
    if (op instanceof Conv conv) {
      return new Border(conv.pads(), 0);
    } else if (op instanceof Pool pool) {
      return new Border(pool.pads(), pool.max() ? Float.NEGATIVE_INFINITY : 0);
    } else if (op instanceof Deconv deconv) {
      return new Border(deconv.reach(in), 0);
    } else if (op instanceof Pad pad) {
      return new Border(pad.pads(), 0);
    }
    return new Border(Pads.NONE, 0);
  }
}
