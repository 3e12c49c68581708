package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import dev.mbnet.testing.RandomText;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that nobody would write agree with ONNX Runtime too. */
class RandomNetworksTest {

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("mbnet.random.networks", 50));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agrees(long seed) {
    String text = RandomText.of(seed);
    try {
      Answers.of(Compiled.of(text)).assertAgree();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + text, e);
    }
  }

  @Test
  void textsRepeat() {
    assertEquals(RandomText.of(7), RandomText.of(7));
  }
}
