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

/** Products of two rows of 7 pixels at once, beside borders and before whatever may read them. */
class PairsOfRowsTest {
  private static final String NETWORK =
      """
      network Pairs {
        input x: [%d, 7, 5]
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
  @CsvSource({"1, 0", "2, 5", "3, 5", "7, 5", "8, 5"})
  void computeWhatPlainCodeDoes(int height, int pairs) {
    ResolvedNetwork network =
        Compiled.check(NETWORK.formatted(height), List.of()).networks().get(0);
    long planned =
        Compiler.planVectors(network, Processor.AVX512).stages().stream()
            .map(Stage::tile)
            .filter(Objects::nonNull)
            .mapToInt(RegisterTile::rows)
            .filter(rows -> rows == 2)
            .count();
    assertEquals(pairs, planned);

    SessionOptions options = SessionOptions.defaults().threads(2, Runnable::run);
    Answers.assertBackendsAgree(Compiled.of(network), options);
  }
}
