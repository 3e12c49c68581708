package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.syntax.Call;
import dev.mbnet.compiler.syntax.FileSyntax.BlockSyntax;

/**
 * The way into a block.
 *
 * @param call what called the block
 * @param outer the way to the call, or null from the network itself
 */
record Site(BlockSyntax block, Call call, Site outer) {

  boolean contains(BlockSyntax other) {
    return block == other || outer != null && outer.contains(other);
  }

  Site outermost() {
    return outer == null ? this : outer.outermost();
  }
}
