package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of two inputs at a time, and of an odd number of them. */
class FencesTest {
  private static final String NETWORK =
      """
      network Fences {
        input x: [6, 6, %d]
        conv(k=1, c=32, act=relu)
        conv(k=1, c=%d, act=relu6)
        conv(k=1, c=32)
      }
      """;

  private static final Pattern TILE =
      Pattern.compile("private static void (multiply\\w+)\\(.*?\\n  }\\n", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({
    "1,  16, multiply6x2of16 multiply6x2of16odd multiply6x2of32",
    "2,  15, multiply6x2of16 multiply6x2of16odd multiply6x2of32",
    "16, 16, multiply6x2of16 multiply6x2of32",
    "17, 33, multiply6x2of32 multiply6x2of32odd multiply6x2of48odd",
  })
  void oddNumbersOfInputsHaveFunctionsOfTheirOwn(int inputs, int channels, String functions) {
    ResolvedNetwork network = network(inputs, channels);
    String code =
        Compiler.generate(network, "", Backends.PLAIN_AND_VECTOR).stream()
            .filter(file -> file.className().endsWith("Avx2Vectors"))
            .map(JavaFile::text)
            .collect(Collectors.joining());
    Set<String> names = new TreeSet<>();
    for (MatchResult tile : TILE.matcher(code).results().toList()) {
      String name = tile.group(1);
      names.add(name);
      assertEquals(!name.endsWith("odd"), tile.group().contains("loadLoadFence"), name);
    }
    assertEquals(functions, String.join(" ", names));
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "2, 15", "3, 1", "16, 16", "17, 33"})
  void computeWhatPlainCodeDoes(int inputs, int channels) {
    Compiled compiled = Compiled.of(network(inputs, channels));
    Answers.assertBackendsAgree(compiled, SessionOptions.defaults());
  }

  private static ResolvedNetwork network(int inputs, int channels) {
    return Compiled.check(NETWORK.formatted(inputs, channels), List.of()).networks().get(0);
  }
}
