package dev.mbnet.compiler;

import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of more rows than a function can take the beginnings of. */
class HighWindowsTest {

  @ParameterizedTest
  @ValueSource(ints = {20, 48, 49, 300})
  void computeWhatPlainCodeDoes(int rows) {
    String text = "network High { input x: [310, 2, 3] conv(k=[%d, 2], c=8, pad=valid, act=relu) }";
    ResolvedNetwork network = Compiled.check(text.formatted(rows), List.of()).networks().get(0);
    Answers.assertBackendsAgree(Compiled.of(network), SessionOptions.defaults());
  }
}
