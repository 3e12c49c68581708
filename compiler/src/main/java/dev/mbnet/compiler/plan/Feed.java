package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Pads;

/**
 * What a step reads.
 *
 * @param node whose output it is
 * @param buffer where it lives; null for the network's input as one flat padded array
 * @param border the value of the pixels that {@code pads} adds
 */
public record Feed(Node node, Buffer buffer, Pads pads, float border) {

  public boolean isFlat() {
    return buffer == null;
  }

  /** Pixels from one row to the next. */
  public int rowStep() {
    return pads.left() + node.shape().width() + pads.right();
  }

  public int paddedHeight() {
    return pads.top() + node.shape().height() + pads.bottom();
  }
}
