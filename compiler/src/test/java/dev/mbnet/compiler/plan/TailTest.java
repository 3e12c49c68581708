package dev.mbnet.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.testing.Compiled;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which regions a batch's images take together. */
class TailTest {

  @ParameterizedTest
  @CsvSource({
    "'gap  dense(10)', 8",
    "'gap  conv(k=1, c=64, act=hswish)  dense(10)  softmax', 8",
    // Wide layers leave room for few.
    "'gap  dense(700)', 5",
    "'gap  dense(1500)', 2",
    "'gap  dense(4000)', 1",
    // What the regions before have to leave besides is not theirs alone.
    "'pooled: gap  last: dense(10)  output last, pooled', 1",
    "'conv(k=1, c=10)', 1",
    "'gap', 1",
  })
  void begins(String layers, int images) {
    VectorPlan plan = plan(layers.replace("  ", "\n"));
    assertEquals(images, plan.tail().images());
    assertEquals(images == 1, plan.tail().isNone());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gap  dense(10)", "gap  dense(70)  softmax"})
  void readsOneTensor(String layers) {
    VectorPlan plan = plan(layers.replace("  ", "\n"));
    Place place = plan.tail().input();
    assertSame(plan.regions().get(plan.tail().region() - 1).last().output(), place);
    assertEquals(40, place.shape().channels());
  }

  private static VectorPlan plan(String layers) {
    String network = "network N {\ninput x: [16, 16, 3]\nconv(k=3, c=40, s=2, pad=same)\n%s\n}\n";
    return Compiler.planVectors(
        Compiled.check(network.formatted(layers), List.of()).networks().get(0), Processor.AVX512);
  }
}
