package dev.mbnet.testing;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.runtime.Backend;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.SessionOptions;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;

/**
 * What the compiled network and ONNX Runtime make of the same input, by output.
 *
 * @param ours by the backend that computed them
 */
public record Answers(
    Graph graph, Map<Backend, Map<String, float[]>> ours, Map<String, float[]> theirs) {
  private static final double TOLERANCE = 1e-4;

  /** Outputs that are smaller all over are mere cancellation and compared with this. */
  private static final double LEAST = 1e-2;

  /** Asks both. */
  public static Answers to(Compiled compiled, float[] input) {
    Map<Backend, Map<String, float[]>> ours = new EnumMap<>(Backend.class);
    for (Backend backend : List.of(Backend.PLAIN, Backend.VECTOR)) {
      SessionOptions options = SessionOptions.defaults().backend(backend);
      Session session = compiled.network().newSession(options);
      session.run(input);
      Map<String, float[]> outputs = new LinkedHashMap<>();
      for (Graph.Output output : compiled.graph().outputs()) {
        outputs.put(output.name(), session.output(output.name()));
      }
      ours.put(backend, outputs);
    }
    Map<String, float[]> theirs = OnnxJudge.run(compiled.graph(), compiled.weights(), input);
    return new Answers(compiled.graph(), ours, theirs);
  }

  /** Asks both about normally distributed values. */
  public static Answers of(Compiled compiled) {
    int length = compiled.network().input().length();
    return to(compiled, RandomWeights.input(length, length));
  }

  /**
   * Vectors compute what plain code does, to a hundred-thousandth of the largest value.
   *
   * @param options of both sessions, but for the backend
   */
  public static void assertBackendsAgree(Compiled compiled, SessionOptions options) {
    float[] input = RandomWeights.input(compiled.network().input().length(), 2);
    float[] plain = run(compiled, options.backend(Backend.PLAIN), input);
    float largest = 0;
    for (float value : plain) {
      largest = Math.max(largest, Math.abs(value));
    }
    float[] vectors = run(compiled, options.backend(Backend.VECTOR), input);
    Assertions.assertArrayEquals(plain, vectors, 1e-5f * largest);
  }

  private static float[] run(Compiled compiled, SessionOptions options, float[] input) {
    return compiled.network().newSession(options).run(input).clone();
  }

  public void assertAgree() {
    theirs.keySet().forEach(output -> assertAgree(output, output));
  }

  /**
   * They differ by at most a ten-thousandth of the largest value.
   *
   * @param what the output in words, for the message
   */
  public void assertAgree(String output, String what) {
    ours.forEach(
        (backend, outputs) ->
            assertAgree(output, outputs.get(output), what + " by the " + backend + " backend"));
  }

  private void assertAgree(String output, float[] actual, String what) {
    float[] expected = theirs.get(output);
    Assertions.assertEquals(expected.length, actual.length, what);
    double largest = LEAST;
    for (float value : expected) {
      Assertions.assertTrue(Float.isFinite(value), what + " is not finite");
      largest = Math.max(largest, Math.abs(value));
    }
    int worst = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      double here = Math.abs((double) expected[i] - actual[i]);
      here = Double.isNaN(here) ? Double.POSITIVE_INFINITY : here;
      if (here > difference) {
        worst = i;
        difference = here;
      }
    }
    if (difference > TOLERANCE * largest) {
      Assertions.fail(
          String.format(
              "%s: at %s it is %s, ONNX Runtime says %s (largest value %s)",
              what, place(output, worst), actual[worst], expected[worst], largest));
    }
  }

  private String place(String output, int index) {
    Shape shape =
        graph.outputs().stream()
            .filter(o -> o.name().equals(output))
            .findFirst()
            .orElseThrow()
            .node()
            .shape();
    int c = index % shape.channels();
    int pixel = index / shape.channels();
    return "[" + pixel / shape.width() + "][" + pixel % shape.width() + "][" + c + "]";
  }
}
