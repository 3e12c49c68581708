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

/** Products across the ends of rows, beside borders and before whatever may read them. */
class AcrossRowsTest {
  private static final String NETWORK =
      """
      network Across {
        input x: [%d, %d, 5]
        default pad = symmetric
        stem:   conv(k=1, c=12, act=relu)
        first:  mbconv(t=6, c=12, act=relu6)
                mbconv(t=5, c=7, act=prelu)
        left:   mbconv(t=9, c=7, k=5, act=swish)
        from first
        window: conv(k=5, c=7)
        from first
        beside: mbconv(e=72, c=7, act=relu)
                add(window)
                add(left)
                conv(k=1, c=56, act=relu)
                gap
      }
      """;

  @ParameterizedTest
  @CsvSource({
    "AVX512, 1, 7, 0",
    "AVX512, 2, 7, 2",
    "AVX512, 3, 7, 2",
    "AVX512, 7, 7, 2",
    "AVX512, 8, 7, 2",
    "AVX512, 5, 16, 2",
    "AVX2, 1, 7, 0",
    "AVX2, 2, 7, 3",
    "AVX2, 7, 7, 3",
    "AVX2, 9, 8, 3",
    "AVX2, 13, 14, 1",
  })
  void computeWhatPlainCodeDoes(Processor processor, int height, int width, int across) {
    ResolvedNetwork network =
        Compiled.check(NETWORK.formatted(height, width), List.of()).networks().get(0);
    long planned =
        Compiler.planVectors(network, processor).stages().stream()
            .map(Stage::tile)
            .filter(Objects::nonNull)
            .filter(RegisterTile::across)
            .count();
    assertEquals(across, planned);

    SessionOptions options = SessionOptions.defaults().threads(2, Runnable::run);
    Answers.assertBackendsAgree(Compiled.of(network), options);
  }
}
