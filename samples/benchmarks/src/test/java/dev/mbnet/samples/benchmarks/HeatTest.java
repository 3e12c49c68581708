package dev.mbnet.samples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeatTest {
  private final Subject subject = TinyNetwork.subject();

  @Test
  void everyEngineHasARow() {
    List<Row> rows = Heat.run(subject, Engines.of(Engines.USUAL, subject), 1, 2, 0, step -> {});

    assertEquals(Engines.USUAL, rows.stream().map(Row::engine).toList());
    for (Row row : rows) {
      assertTrue(0 < row.minMs() && row.minMs() <= row.medianMs(), row.toString());
      assertTrue(row.ratioToOnnxRuntime() > 0, row.toString());
    }
    JsonObject json = new Gson().toJsonTree(rows.get(0)).getAsJsonObject();
    assertEquals("Tiny", json.get("network").getAsString());
    assertEquals(Runtime.version().feature(), json.get("jdk").getAsInt());
    assertEquals(2, json.get("batch").getAsInt());
    assertEquals(1, json.get("ratioToOnnxRuntime").getAsDouble());
  }

  @Test
  void imagesAreDividedAmongThreads() {
    List<Engine> engines = Engines.of(Engines.NAMES, subject);
    List<Row> rows = Heat.run(subject, engines, 2, 3, 0, step -> {});
    assertEquals(Engines.NAMES, rows.stream().map(Row::engine).toList());
    assertTrue(Engines.hasThreads(Backends.PLAIN, 2, 3));
    assertFalse(Engines.hasThreads(Backends.PLAIN, 2, 1));
  }

  @Test
  void withoutARivalThereIsNoRatio() {
    List<Engine> plain = Engines.of(List.of(Backends.PLAIN), subject);
    assertNull(Heat.run(subject, plain, 1, 1, 0, step -> {}).get(0).ratioToOnnxRuntime());
  }

  @Test
  void aWrongOutputIsNotTimed() {
    List<Engine> engines = new ArrayList<>(Engines.of(List.of(Backends.PLAIN), subject));
    engines.add(new Wrong(engines.get(0)));
    List<String> steps = new ArrayList<>();

    Comparison.Disagreement refused =
        assertThrows(
            Comparison.Disagreement.class, () -> Heat.run(subject, engines, 1, 2, 0, steps::add));

    assertTrue(
        refused.getMessage().startsWith("Tiny: the outputs of plain and wrong differ by "),
        refused.getMessage());
    assertFalse(steps.contains("timing"));
  }

  /** Is right but for one output of the second image. */
  private record Wrong(Engine right) implements Engine {

    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public Contestant prepare(Subject subject, int threads, int batch) {
      Contestant contestant = right.prepare(subject, threads, batch);
      return new Contestant() {
        @Override
        public void read(float[][] images) {
          contestant.read(images);
        }

        @Override
        public void run() {
          contestant.run();
        }

        @Override
        public float[] output(int image) {
          float[] output = contestant.output(image);
          output[3] += image == 1 ? 1e-3f : 0;
          return output;
        }

        @Override
        public void close() {
          contestant.close();
        }
      };
    }
  }
}
