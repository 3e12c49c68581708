package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.syntax.Call;
import dev.mbnet.compiler.syntax.FileSyntax.BlockSyntax;
import java.util.ArrayList;
import java.util.List;

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

  /** The names of the blocks, outermost first. */
  static List<String> blocks(Site site) {
    List<String> names = new ArrayList<>();
    for (Site at = site; at != null; at = at.outer) {
      names.add(0, at.block.name().text());
    }
    return List.copyOf(names);
  }

  Site outermost() {
    return outer == null ? this : outer.outermost();
  }
}
