package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrix products whose loads keep their order, of one or two inputs at a time. */
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

  private static final String WIDE =
      """
      network Fences {
        input x: [14, 14, 16]
        conv(k=1, c=48, act=relu)
        conv(k=1, c=32)
        conv(k=1, c=16)
        conv(k=3, c=32, pad=same)
        dwconv(k=3, s=2, pad=same)
        conv(k=1, c=64)
        dwconv(k=3, pad=same)
        conv(k=1, c=96)
      }
      """;

  private static final Pattern TILE =
      Pattern.compile("private static void (multiply\\w+|\\w+Tile)\\(.*?\\n  }\\n", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({
    "1,  16, multiply6x2of16 multiply6x2of16odd multiply6x2of32",
    "2,  15, multiply6x2of16 multiply6x2of16odd multiply6x2of32",
    "16, 16, multiply6x2of16 multiply6x2of32",
    "17, 33, multiply6x2of32 multiply6x2of32odd multiply6x2of48odd",
  })
  void oddNumbersOfInputsHaveFunctionsOfTheirOwn(int inputs, int channels, String functions) {
    Map<String, String> tiles = tiles(NETWORK.formatted(inputs, channels), "FencesAvx2Vectors");
    tiles.forEach((name, text) -> assertEquals(!name.endsWith("odd"), fenced(text), name));
    assertEquals(functions, String.join(" ", tiles.keySet()));
  }

  @Test
  void sumsThatTakeMostRegistersHaveFences() {
    Map<String, String> tiles = tiles(WIDE, "FencesVectors");
    Pattern most = Pattern.compile("multiply14x2.*|multiply7x3.*|conv3Tile");
    tiles.forEach((name, text) -> assertEquals(most.matcher(name).matches(), fenced(text), name));
    String expected =
        "conv3Tile multiply14x1of32 multiply14x2of32across multiply14x2of48 multiply7x2of32across multiply7x3of16 multiply7x3of64";
    assertEquals(expected, String.join(" ", tiles.keySet()));
  }

  /** Of 32 registers, 28 sums leave too few for what HotSpot would load early. */
  @ParameterizedTest
  @CsvSource({"14, 14x2of48odd", "7, 7x3of48odd"})
  void ofStepsOfOneInputThoseThatFillRegistersHaveFences(int size, String tile) {
    String network =
        """
        network Fences {
          input x: [%1$d, %1$d, 8]
          conv(k=1, c=33)
          conv(k=1, c=96)
          conv(k=1, c=48)
        }
        """;
    Map<String, String> tiles = tiles(network.formatted(size), "FencesVectors");
    String code = tiles.getOrDefault("multiply" + tile, tiles.keySet().toString());
    assertTrue(code.contains("fma"), code);
    assertEquals(size == 14, fenced(code), tile);
  }

  @Test
  void fencesChangeNoResult() {
    Answers.assertBackendsAgree(Compiled.of(WIDE), SessionOptions.defaults());
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "2, 15", "3, 1", "16, 16", "17, 33"})
  void computeWhatPlainCodeDoes(int inputs, int channels) {
    Compiled compiled = Compiled.of(NETWORK.formatted(inputs, channels));
    Answers.assertBackendsAgree(compiled, SessionOptions.defaults());
  }

  private static boolean fenced(String tile) {
    return tile.contains("Fence()") || tile.contains("fence()");
  }

  /** The tiles of one of the classes, by name. */
  private static Map<String, String> tiles(String text, String className) {
    ResolvedNetwork network = Compiled.check(text, List.of()).networks().get(0);
    String code =
        Compiler.generate(network, "", Backends.PLAIN_AND_VECTOR).stream()
            .filter(file -> file.className().equals(className))
            .map(JavaFile::text)
            .collect(Collectors.joining());
    return TILE.matcher(code)
        .results()
        .collect(
            Collectors.toMap(
                tile -> tile.group(1), MatchResult::group, (one, other) -> one, TreeMap::new));
  }
}
