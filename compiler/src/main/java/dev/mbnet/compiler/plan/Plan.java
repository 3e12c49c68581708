package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import java.util.List;
import java.util.Map;

/**
 * How a graph is computed.
 *
 * @param steps in order
 * @param homes where each node's output lives; a flat input has none
 */
public record Plan(Graph graph, List<Step> steps, List<Buffer> buffers, Map<Node, Buffer> homes) {

  /** The steps with weights, in the order of {@link Step#weights()}. */
  public List<Step> weighted() {
    return steps.stream().filter(Step::hasWeights).toList();
  }
}
