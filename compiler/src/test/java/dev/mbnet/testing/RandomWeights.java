package dev.mbnet.testing;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Merge;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.runtime.SafetensorsWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded weights, scaled so that activations stay near 1. */
public final class RandomWeights {

  private RandomWeights() {}

  /** A tensor of each of the graph's weights, by name. */
  public static Map<String, float[]> of(Graph graph, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> all = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      for (Weight weight : node.weights()) {
        float[] values = tensor(weight, random);
        if (node.op() instanceof Activate) {
          // Slopes, some of them below 0.
          shift(values, -1);
          scale(values, 3);
        } else if (weight.name().endsWith(".weight") && isAdded(node, graph)) {
          scale(values, 0.25f);
        }
        all.put(weight.name(), values);
      }
    }
    return all;
  }

  /** Whether a norm's output is added to something; dozens of full sums would grow without end. */
  private static boolean isAdded(Node node, Graph graph) {
    return node.op() instanceof BatchNorm
        && graph.nodes().stream()
            .anyMatch(
                reader ->
                    reader.op() instanceof Merge merge
                        && merge.kind() == Merge.Kind.ADD
                        && reader.inputs().contains(node));
  }

  private static void scale(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static void shift(float[] values, float by) {
    for (int i = 0; i < values.length; i++) {
      values[i] += by;
    }
  }

  private static float[] tensor(Weight weight, Random random) {
    float[] values = new float[(int) weight.elements()];
    List<Integer> dims = weight.dims();
    double fanIn = dims.size() == 1 ? 1 : (double) weight.elements() / dims.get(0);
    for (int i = 0; i < values.length; i++) {
      double value = random.nextGaussian();
      if (weight.name().endsWith("running_var")) {
        value = 0.5 + random.nextDouble();
      } else if (dims.size() == 1) {
        value = weight.name().endsWith("weight") ? 1 + 0.1 * value : 0.1 * value;
      } else {
        value *= Math.sqrt(1.5 / fanIn);
      }
      values[i] = (float) value;
    }
    return values;
  }

  /** The tensors as a file of the graph's shapes. */
  public static Safetensors file(Graph graph, Map<String, float[]> values) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Node node : graph.nodes()) {
      for (Weight weight : node.weights()) {
        int[] shape = weight.dims().stream().mapToInt(Integer::intValue).toArray();
        writer.add(weight.name(), shape, values.get(weight.name()));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out);
    return Safetensors.read(new ByteArrayInputStream(out.toByteArray()), "random weights");
  }

  /** An input of normally distributed values. */
  public static float[] input(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
