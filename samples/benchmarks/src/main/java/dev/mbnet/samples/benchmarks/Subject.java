package dev.mbnet.samples.benchmarks;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.testing.RandomWeights;
import java.util.Map;

/**
 * A network with its weights: what every engine is to compute.
 *
 * @param graph before any pass
 * @param weights by name, in PyTorch's layouts
 */
record Subject(ResolvedNetwork network, Graph graph, Map<String, float[]> weights) {

  Subject {
    if (!graph.outputs().get(0).node().shape().isVector()) {
      throw new IllegalArgumentException(network.name() + " does not end in one pixel");
    }
  }

  String name() {
    return network.name();
  }

  Shape input() {
    return graph.input().shape();
  }

  /** How many floats the first output has. */
  int outputs() {
    return graph.outputs().get(0).node().shape().channels();
  }

  /** Random images, the same for the same seed, no two of them alike. */
  float[][] images(int count, long seed) {
    float[][] images = new float[count][];
    for (int i = 0; i < count; i++) {
      images[i] = RandomWeights.input((int) input().elements(), seed + i);
    }
    return images;
  }
}
