package dev.mbnet.compiler;

import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of more rows than a function can take the beginnings of. */
class HighWindowsTest {

  @ParameterizedTest
  @ValueSource(ints = {20, 48, 49, 300})
  void computeWhatPlainCodeDoes(int rows) {
    String text = "network High { input x: [310, 2, 3] conv(k=[%d, 2], c=8, pad=valid, act=relu) }";
    Compiled compiled = Compiled.of(text.formatted(rows));
    Answers.assertBackendsAgree(compiled, SessionOptions.defaults());
  }
}
