package dev.mbnet.cli;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.runtime.SafetensorsWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/**
 * Numbers to run networks with that nobody has trained, the same every time; activations stay far
 * from zero and infinity.
 */
public final class RandomTensors {
  private static final long SEED = 1;

  private RandomTensors() {}

  /** Weights that fit a graph. */
  public static Safetensors weights(Graph graph) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(file(graph)), "random weights");
  }

  /** The same as a safetensors file. */
  public static byte[] file(Graph graph) throws IOException {
    Random random = new Random(SEED);
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Node node : graph.nodes()) {
      for (Weight weight : node.weights()) {
        int[] shape = weight.dims().stream().mapToInt(Integer::intValue).toArray();
        writer.add(weight.name(), shape, tensor(weight, random));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out);
    return out.toByteArray();
  }

  /** An input of so many floats. */
  public static float[] input(int length) {
    Random random = new Random(SEED);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] tensor(Weight weight, Random random) {
    float[] values = new float[Math.toIntExact(weight.elements())];
    boolean vector = weight.dims().size() == 1;
    double scale = vector ? 0.1 : Math.sqrt(1.5 * weight.dims().get(0) / weight.elements());
    boolean factor = vector && !weight.name().endsWith("bias") && !weight.name().endsWith("mean");
    for (int i = 0; i < values.length; i++) {
      // A variance has to stay above zero.
      double value = Math.max(-3, Math.min(3, random.nextGaussian()));
      values[i] = (float) (scale * value + (factor ? 1 : 0));
    }
    return values;
  }
}
