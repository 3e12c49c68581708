package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import java.util.List;
import java.util.Map;

/**
 * How a graph is computed with vectors. A session's memory is one array: tensors that outlive a
 * region, then zeros for rows outside of a tensor, then scratch for each worker.
 *
 * @param processor that it is made for
 * @param homes where nodes that outlive their region live
 * @param offsets where each place begins; of scratch, within a worker's
 * @param zeros where the row of zeros begins, in floats
 * @param shared floats before the workers' scratch
 * @param scratch floats of each worker
 * @param weights floats of packed weights
 * @param tail the regions that a batch's images take together
 */
public record VectorPlan(
    Graph graph,
    Processor processor,
    List<Region> regions,
    Map<Node, Place> homes,
    Map<Place, Integer> offsets,
    int zeros,
    int shared,
    int scratch,
    int weights,
    Tail tail) {

  public List<Stage> stages() {
    return regions.stream().flatMap(region -> region.stages().stream()).toList();
  }

  /** Bytes of working memory of a session with so many workers. */
  public long bytes(int workers) {
    return 4L * (shared + (long) workers * scratch);
  }
}
