package dev.mbnet.testing;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.mbnet.compiler.export.OnnxModel;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.op.Shape;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What ONNX Runtime makes of a graph: an opinion that shares no code with the compiler. */
public final class OnnxJudge {

  private OnnxJudge() {}

  /**
   * The graph's outputs by name, in the order {@code [h][w][c]}.
   *
   * @param input in the order {@code [h][w][c]}
   */
  public static Map<String, float[]> run(Graph graph, Map<String, float[]> weights, float[] input) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Shape in = graph.input().shape();
    long[] dims = {1, in.channels(), in.height(), in.width()};
    FloatBuffer planes = FloatBuffer.wrap(transpose(input, in.pixels(), in.channels()));
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      byte[] model = OnnxModel.of(graph, weights, OnnxModel.ANY_BATCH).bytes();
      try (OrtSession session = environment.createSession(model, options);
          OnnxTensor tensor = OnnxTensor.createTensor(environment, planes, dims);
          OrtSession.Result result = session.run(Map.of(graph.input().name(), tensor))) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (int i = 0; i < graph.outputs().size(); i++) {
          Graph.Output output = graph.outputs().get(i);
          Shape shape = output.node().shape();
          OnnxTensor value = (OnnxTensor) result.get(i);
          float[] values = new float[(int) shape.elements()];
          value.getFloatBuffer().get(values);
          outputs.put(output.name(), transpose(values, shape.channels(), shape.pixels()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] transpose(float[] matrix, int rows, int columns) {
    float[] turned = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = matrix[row * columns + column];
      }
    }
    return turned;
  }
}
