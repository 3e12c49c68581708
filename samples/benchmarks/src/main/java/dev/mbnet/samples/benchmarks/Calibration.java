package dev.mbnet.samples.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.mbnet.compiler.export.OnnxModel;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.testing.RandomWeights;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * Makes random weights behave like trained ones: every norm's statistics are scaled to the size of
 * what reaches it, so that activations stay near 1 through the whole network. Values that vanish or
 * grow would flatter or hurt an engine, and hide its mistakes.
 */
final class Calibration {

  private Calibration() {}

  /** Scales the statistics in {@code weights}, norm after norm. */
  static void scale(Graph graph, Map<String, float[]> weights) {
    float[] image = RandomWeights.input((int) graph.input().shape().elements(), 0);
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (node.op() instanceof BatchNorm) {
        Node before = node.inputs().get(0);
        Graph start =
            new Graph(graph.nodes().subList(0, i), List.of(new Graph.Output("value", before)));
        double size = size(compute(start, weights, image));
        multiply(weights.get(node.name() + ".running_mean"), size);
        multiply(weights.get(node.name() + ".running_var"), size * size);
      }
    }
  }

  /** The root of the mean square. */
  static double size(FloatBuffer values) {
    double sum = 0;
    for (int i = 0; i < values.capacity(); i++) {
      sum += (double) values.get(i) * values.get(i);
    }
    return Math.sqrt(sum / values.capacity());
  }

  private static void multiply(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) factor;
    }
  }

  /** The graph's only output, in the order {@code [c][h][w]}; the input's order is of no matter. */
  private static FloatBuffer compute(Graph graph, Map<String, float[]> weights, float[] image) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    var in = graph.input().shape();
    long[] dims = {1, in.channels(), in.height(), in.width()};
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      byte[] model = OnnxModel.of(graph, weights, 1).bytes();
      try (OrtSession session = environment.createSession(model, options);
          OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image), dims);
          OrtSession.Result result = session.run(Map.of(graph.input().name(), tensor))) {
        return ((OnnxTensor) result.get(0)).getFloatBuffer();
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
