package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.Stage;
import dev.mbnet.compiler.plan.Task;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What squeezes scale is overwritten where nobody reads it any more, and nowhere else. */
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
}
