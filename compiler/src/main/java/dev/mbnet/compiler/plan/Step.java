package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.ir.Node;
import java.util.List;

/**
 * The computation of one node.
 *
 * @param feeds what it reads, in the node's order
 * @param target where its output goes
 * @param planes where it works on planes, else null
 * @param weights its place among the layers with weights, or -1
 */
public record Step(
    Node node, List<Feed> feeds, Buffer target, Tile tile, Planes planes, int weights) {

  public boolean hasWeights() {
    return weights >= 0;
  }
}
