package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.testing.Networks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters given from outside, as {@code name=value}. */
class SettingsTest {
  private static final String TEXT =
      "network N(c = 4, size = 8) { input x: [size, size, 3] conv(k=1, c=c) }";

  @Test
  void replaceDefaults() {
    ResolvedNetwork network = Networks.of(TEXT, "c=2 * 8", "size=5");
    assertEquals("5x5x16", network.layers().get(1).shape().toString());
  }

  @Test
  void ofOneNetwork() {
    Compiler.Checked checked =
        Networks.check(TEXT + TEXT.replace("N(c", "M(c"), "N.c=16", "size=5");
    assertEquals(
        List.of("5x5x16", "5x5x4"),
        checked.networks().stream().map(n -> n.layers().get(1).shape().toString()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c=     | --set c:1:1: `--set c=` has no value",
        "=4     | --set :1:1: `--set =4` has no name",
        "M.c=4  | --set M.c:1:1: `--set M.c=4` names a network `M`, which is not compiled",
        "N.b=4  | --set N.b:1:1: network `N` has no parameter `b`",
        "b=4    | --set b:1:1: network `N` has no parameter `b`",
        "c=4)   | --set c:1:2: did not expect `)` after the value",
        "c=1, 2 | --set c:1:2: did not expect `,` after the value",
        "c=1 +  | --set c:1:4: the text ends in the middle of something",
        "c=four | --set c:1:1: `c` takes a number above 0, but nothing is named `four`",
        "c=-4   | --set c:1:1: `c` takes a number above 0, not -4",
      })
  void mistakesAreSaidOnce(String setting, String expected) {
    Compiler.Checked checked = Networks.check(TEXT, setting);
    assertEquals(
        expected,
        String.join(
            "\n", checked.diagnostics().stream().map(d -> d.span() + ": " + d.message()).toList()));
  }
}
