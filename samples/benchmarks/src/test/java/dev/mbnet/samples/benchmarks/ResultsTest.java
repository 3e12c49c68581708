package dev.mbnet.samples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final Results RESULTS =
      Results.of(
          new Machine("Some CPU", 2, "Linux amd64", Map.of("25", "Some 25.0.3"), Map.of()),
          List.of(
              new Row("One", "onnxruntime", 25, 1, 1, 4, 3.9, 1.0, 2.0),
              new Row("One", "plain", 25, 1, 1, 8, 7, 2.0, 4.0),
              new Row("Two", "onnxruntime", 25, 1, 1, 100, 99, 1.0, null),
              new Row("Two", "plain", 25, 1, 1, 800, 700, 8.0, null)));

  @Test
  void meansAreGeometric() {
    Results.Mean mean = RESULTS.geometricMeans().get(1);
    assertEquals("plain", mean.engine());
    assertEquals(4, mean.ratioToOnnxRuntime(), 1e-12);
    assertEquals(null, mean.ratioToLiteRt());
    assertEquals(2, mean.networks());
  }

  @Test
  void markdown() {
    assertEquals(
        """
        Milliseconds an image (median), and that time by ONNX Runtime's. Some CPU, 2 cores; Linux amd64; Some 25.0.3.

        JDK 25, 1 thread, batch 1:

        | network | onnxruntime | plain |
        |---|---:|---:|
        | One | 4.00 | 8.00, 2.00 |
        | Two | 100 | 800, 8.00 |
        | geometric mean | 1.00 | 4.00 |
        """,
        Tables.markdown(RESULTS));
  }
}
