package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.Stage;
import dev.mbnet.compiler.plan.Task;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Scalings of squeezes are of the weights behind them where those are fewer; else they overwrite
 * what nobody reads any more, and nothing else.
 */
class ScalingsTest {
  private static final String NETWORK =
      """
      network Scalings {
        input x: [9, 7, 5]
        default pad = symmetric
        body: conv(k=3, c=40, act=relu)
        gap
        gate: conv(k=1, c=40, act=sigmoid)
        from body
        scaled: mul(gate)
        %s
        output scaled, end%s
      }
      """;

  @ParameterizedTest
  @CsvSource({
    "'end: maxpool(k=2)', '', true",
    "'end: maxpool(k=2)', ', body', false",
    "'end: add(body)', '', false",
    "'end: conv(k=3, c=7)', '', false"
  })
  void areInPlaceWhereThatIsSafe(String end, String outputs, boolean inPlace) {
    ResolvedNetwork network =
        Compiled.check(NETWORK.formatted(end, outputs), List.of()).networks().get(0);
    List<Stage> scalings =
        Compiler.planVectors(network, Processor.AVX512).stages().stream()
            .filter(stage -> stage.task().kind() == Task.Kind.SCALE)
            .toList();
    assertEquals(1, scalings.size());
    Stage scaling = scalings.get(0);
    assertEquals(inPlace, scaling.input().equals(scaling.output()));

    Answers.of(Compiled.of(network)).assertAgree();
  }

  private static final String PROJECTED =
      """
      network Projected {
        input x: [%d, %d, 5]
        default pad = symmetric
        conv(k=1, c=24, act=relu)
        body: dwconv(k=3, act=swish)
        gap
        gate: conv(k=1, c=24, act=sigmoid)
        from body
        scaled: mul(gate)
        %s
      }
      """;

  @ParameterizedTest
  @CsvSource({
    "7, 7, conv(k=1 c=40 act=relu), true",
    "5, 7, conv(k=1 c=34), true",
    "5, 7, conv(k=1 c=35), false",
    "14, 14, conv(k=1 c=80), true",
    "9, 8, conv(k=1 c=24) add(body), true",
    "9, 8, conv(k=1 c=24) add(scaled), false",
    "9, 8, conv(k=1 c=16) dwconv(k=3 act=relu6) conv(k=1 c=8), true",
    "20, 16, conv(k=1 c=16) conv(k=1 c=72) dwconv(k=5 s=2), true",
    "9, 8, conv(k=1 s=2 c=16), false",
    "9, 8, conv(k=3 c=16), false",
    "9, 8, conv(k=1 g=2 c=16), false",
  })
  void areOfWeightsWhereThoseAreFewer(int height, int width, String end, boolean weights) {
    String layers = end.replaceAll(" (?=\\w+=)", ", ").replaceAll("\\) ", ")\n");
    ResolvedNetwork network =
        Compiled.check(PROJECTED.formatted(height, width, layers), List.of()).networks().get(0);
    for (Processor processor : Processor.values()) {
      long scaled =
          Compiler.planVectors(network, processor).stages().stream()
              .filter(Stage::scalesWeights)
              .count();
      assertEquals(weights ? 1 : 0, scaled, processor.name());
    }

    SessionOptions options = SessionOptions.defaults().threads(2, Runnable::run);
    Answers.assertBackendsAgree(Compiled.of(network), options);
  }
}
