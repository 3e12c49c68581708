package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.RegisterTile;
import dev.mbnet.compiler.plan.Stage;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products for channels that leave one vector for the last panel, of few and many pixels. */
class OddPanelsTest {
  private static final String NETWORK =
      """
      network Odd {
        input x: [%d, 7, 9]
        first:  conv(k=1, c=%d, act=relu)
        second: conv(k=1, c=%<d)
                add(first)
                conv(k=1, c=%<d, act=prelu)
      }
      """;

  @ParameterizedTest
  @CsvSource({
    "14, 80, 3",
    "14, 70, 3",
    "14, 66, 3",
    "7, 112, 3",
    "5, 80, 3",
    "7, 96, 0",
    "14, 16, 0",
    "1, 80, 3"
  })
  void computeWhatPlainCodeDoes(int height, int channels, int odd) {
    ResolvedNetwork network =
        Compiled.check(NETWORK.formatted(height, channels), List.of()).networks().get(0);
    long planned =
        Compiler.planVectors(network, Processor.AVX512).stages().stream()
            .map(Stage::tile)
            .filter(Objects::nonNull)
            .mapToInt(RegisterTile::last)
            .filter(vectors -> vectors == 1)
            .count();
    assertEquals(odd, planned);

    SessionOptions options = SessionOptions.defaults().threads(2, Runnable::run);
    Answers.assertBackendsAgree(Compiled.of(network), options);
  }
}
