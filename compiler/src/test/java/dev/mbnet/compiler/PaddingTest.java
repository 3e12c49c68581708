package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pool;
import dev.mbnet.testing.Compiled;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cells that each convention adds, before and after {@code n} pixels in a direction. */
class PaddingTest {

  /** TensorFlow's {@code SAME}: {@code ceil(n / s)} outputs, an odd cell after the data. */
  @ParameterizedTest
  @CsvSource({
    "224, 3, 2, 1, 0, 1", "225, 3, 2, 1, 1, 1", "112, 5, 2, 1, 1, 2", "7, 5, 2, 1, 2, 2",
    "8, 3, 1, 1, 1, 1", "8, 2, 1, 1, 0, 1", "8, 4, 1, 1, 1, 2", "8, 2, 2, 1, 0, 0",
    "7, 2, 2, 1, 0, 1", "8, 3, 3, 1, 0, 1", "9, 3, 3, 1, 0, 0", "5, 5, 3, 1, 1, 2",
    "8, 1, 2, 1, 0, 0", "1, 3, 2, 1, 1, 1", "1, 7, 1, 1, 3, 3", "8, 3, 1, 2, 2, 2",
    "8, 3, 2, 2, 1, 2", "8, 2, 1, 3, 1, 2",
  })
  void same(int n, int k, int s, int d, int before, int after) {
    agree("same", n, k, s, d, before, after);
  }

  /** PyTorch's models: {@code d * (k - 1) / 2}. */
  @ParameterizedTest
  @CsvSource({
    "224, 3, 2, 1, 1, 1",
    "225, 3, 2, 1, 1, 1",
    "112, 5, 2, 1, 2, 2",
    "8, 1, 2, 1, 0, 0",
    "1, 7, 1, 1, 3, 3",
    "8, 3, 1, 2, 2, 2",
    "9, 5, 3, 3, 6, 6",
  })
  void symmetric(int n, int k, int s, int d, int before, int after) {
    agree("symmetric", n, k, s, d, before, after);
  }

  private static void agree(String pad, int n, int k, int s, int d, int before, int after) {
    // Along the height in one, along the width in the other; the other direction has one pixel.
    String high = "k=[" + k + ", 1], s=[" + s + ", 1], pad=" + pad;
    String wide = "k=[1, " + k + "], s=[1, " + s + "], pad=" + pad;
    Pads down = new Pads(before, after, 0, 0);
    Pads across = new Pads(0, 0, before, after);
    assertEquals(down, pads(n, 1, "conv(" + high + ", c=1, d=[" + d + ", 1])"));
    assertEquals(across, pads(1, n, "conv(" + wide + ", c=1, d=[1, " + d + "])"));
    assertEquals(across, pads(1, n, "dwconv(" + wide + ", d=[1, " + d + "])"));
    if (d == 1 && k > Math.max(before, after)) {
      assertEquals(down, pads(n, 1, "maxpool(" + high + ")"));
      assertEquals(across, pads(1, n, "avgpool(" + wide + ")"));
    }
  }

  private static Pads pads(int height, int width, String call) {
    String text =
        "network Padded { input image: ["
            + height
            + ", "
            + width
            + ", 2] default norm = none "
            + call
            + " }";
    Graph graph = Graph.of(Compiled.check(text, List.of()).networks().get(0));
    return graph.nodes().get(1).op() instanceof Conv conv
        ? conv.pads()
        : ((Pool) graph.nodes().get(1).op()).pads();
  }
}
