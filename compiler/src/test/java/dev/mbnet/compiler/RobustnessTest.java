package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.cli.NetworkLoader;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.testing.Networks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a file, it is refused or compiled; nothing is thrown and nothing takes long. */
class RobustnessTest {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|[A-Za-z_]\\w*|\\d[\\w.]*|\"[^\"]*\"|/\\*.*?\\*/|//[^\\n]*|.", Pattern.DOTALL);
  private static final List<String> STRANGE =
      List.of(
          "0",
          "-1",
          "1e9",
          "1e400",
          "0.5",
          "[1, 2]",
          "\"x\"",
          "on",
          "off",
          "none",
          "in.c",
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          ",",
          "=",
          ":",
          "...",
          "if",
          "else",
          "let",
          "from",
          "output",
          "input",
          "residual",
          "parallel",
          "add",
          "mul",
          "network",
          "block",
          "\"",
          "/*",
          "#",
          "\uD83D\uDE00");
  private static final int MUTANTS = 2_000;
  private static final Duration SOON = Duration.ofSeconds(2);

  @Test
  void samplesWithTokensDeletedDoubledSwappedAndReplaced() {
    Random random = new Random(20240917);
    List<String> originals =
        Networks.sampleFiles().stream()
            .filter(file -> file.toString().endsWith(".mbnet"))
            .map(Networks::read)
            .toList();
    for (int i = 0; i < MUTANTS; i++) {
      String original = originals.get(i % originals.size());
      String mutant = mutate(original, 1 + random.nextInt(3), random);
      Compiler.Checked checked = check(mutant);
      if (i % 50 == 0) {
        checked
            .networks()
            .forEach(network -> Compiler.generate(network, "", Backends.PLAIN_AND_VECTOR));
      }
    }
  }

  private static String mutate(String text, int times, Random random) {
    List<String> tokens =
        TOKEN.matcher(text).results().map(MatchResult::group).collect(Collectors.toList());
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(4)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, tokens.get(at));
        case 2 -> tokens.set(at, STRANGE.get(random.nextInt(STRANGE.size())));
        default -> tokens.set(at, tokens.set(random.nextInt(tokens.size()), tokens.get(at)));
      }
    }
    return String.join("", tokens);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{", "-", "not ", "if on {", "residual {", "f(", "else "})
  void hundredThousandOpenings(String opening) {
    refuse("network Deep { input x: [1, 1, 1] let v = " + opening.repeat(100_000));
    refuse("network Deep { input x: [1, 1, 1] " + opening.repeat(100_000) + " }");
  }

  @Test
  void longChains() {
    check("network Long { input x: [1, 1, 1] let v = 1" + " + 1".repeat(40_000) + " relu }");
    check("network Long { input x: [1, 1, 1] " + "if off { } else ".repeat(3_000) + "{ relu } }");
    check("network Long { input x: [1, 1, 1] " + "relu ".repeat(60_000) + " }");
    check("network Long(" + "a = 1, ".repeat(20_000) + ") { input x: [1, 1, 1] relu }");
    check("network Long { input x: [1, 1, 1] relu output x" + "[0]".repeat(20_000) + " }");
  }

  @Test
  void threeMegabytes() {
    refuse("network Large { input x: [8, 8, 3] " + "conv(k=1, c=8)\n".repeat(200_000) + " }");
    refuse("// " + "x".repeat(3_000_000));
    refuse("\0".repeat(1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv(k=1, c=4, n=1e9)",
        "conv(k=1, c=1e400)",
        "conv(k=1, c=1e308 * 10)",
        "conv(k=1, c=99999999999999999999)",
        "conv(k=1, c=0 / 0)",
        "conv(k=1, c=floor(1e300))",
        "conv(k=1, c=divisible(1e300, 8))",
        "conv(k=1, c=4, width=1e300, rounding=divisible(8))",
        "conv(k=1000000, c=4, d=1000000, pad=same)",
        "conv(k=3, c=4, pad=[1000000, 1000000, 1000000, 1000000])",
        "dwconv(k=3, m=1000000, pad=same)",
        "dwconv(k=3, m=1e6, pad=same) dwconv(k=3, m=1e6, pad=same)",
        "maxpool(k=1000000)",
        "mbconv(t=1e9, c=4)",
        "mbconv(t=6, c=4, k=3, n=1000, depth=1e300)",
        "dense(1000000) dense(1000000)",
        "conv(k=1, c=1e6) conv(k=1, c=1e6)",
        "default depth = 1e300 sepconv(c=4, n=3)",
        "let a = 1e400",
        "squeeze(ratio=1e300)",
        "squeeze(ratio=-1)",
      })
  void numbersOutOfAllProportion(String layers) {
    refuse("network Huge { input x: [8, 8, 3] " + layers + " }");
  }

  @Test
  void blocksThatGrowExponentially() {
    StringBuilder text = new StringBuilder("block b0(c) { conv(k=1, c=c) }\n");
    for (int i = 1; i < 40; i++) {
      text.append("block b").append(i).append("(c) {");
      text.append((" b" + (i - 1) + "(c=c)").repeat(2)).append(" }\n");
    }
    refuse(text + "network Many { input x: [1, 1, 1] b39(c=1) }");
    refuse(
        text.toString().replace("conv(k=1, c=c)", "")
            + "network M { input x: [1, 1, 1] b39(c=1) }");
  }

  @Test
  void callValuesThatGrowExponentially() {
    StringBuilder text = new StringBuilder("network Values { input x: [1, 1, 1] let v0 = f(1)\n");
    for (int i = 1; i < 60; i++) {
      String before = "v" + (i - 1);
      text.append("let v" + i + " = f(" + before + ", " + before + ")\n");
    }
    refuse(text + "dense(v59) }");
    refuse(text + "let same = if(v59 == v58, 1, 2) dense(same, n=1) }");
  }

  @Test
  void strangeCharacters() {
    StringBuilder text = new StringBuilder("network N { input x: [8, 8, 3]\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("relu ").appendCodePoint(0x4E00 + i).append("\n\n");
    }
    refuse(text + "}");
    refuse("network N { input x: [8, 8, 3] " + ";".repeat(150_000) + "}");
    refuse("network N { input x: [8, 8, 3]\n" + "relu;\n".repeat(60_000) + "}");
  }

  @Test
  void importsOfTheSameFile() {
    refuse("import \"a.mbnet\"\n".repeat(60_000) + "network N { input x: [8, 8, 3] relu }");
  }

  @Test
  void mistakesInThousandsOfLines() {
    Compiler.Checked checked =
        check("network N { input x: [8, 8, 3]\n" + "conf(k=1, c=8)\n".repeat(20_000) + "}");
    assertTimeoutPreemptively(SOON, () -> Renderer.render(checked.diagnostics()));
    Compiler.Checked broken =
        check("network N { input x: [8, 8, 3]\n" + "conv(k= =)\n".repeat(5_000));
    assertTimeoutPreemptively(SOON, () -> Renderer.render(broken.diagnostics()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class",
        "String",
        "Object",
        "List",
        "Network",
        "Session",
        "PlainSession",
        "PackedWeights",
        "Math",
        "Buffers",
        "Float",
        "Path",
        "Override",
        "enum",
        "_",
        "a1"
      })
  void namesThatMeanSomethingInJava(String name) throws IOException {
    compiles("network " + name + " { input x: [4, 4, 3] conv(k=1, c=4, act=swish) softmax }");
    compiles(
        "network N { input "
            + name
            + "_: [4, 4, 3] "
            + name
            + ": conv(k=1, c=4) output "
            + name
            + " }");
  }

  @Test
  void labelsThatCollideInJava() throws IOException {
    compiles(
        """
        network Collisions {
          input weights: [6, 6, 3]
          default pad = same, norm = bn(eps=1e-3), act = relu
          a:       mbconv(t=2, c=3)
          a_expand: conv(k=1, c=3)
          A:       conv(k=1, c=3)
          load:    conv(k=3, c=4)
          of:      conv(k=1, c=4)
          input:   conv(k=1, c=4)
          outputs: conv(k=1, c=4)
          b0:      dwconv(k=3)
          padded0: dwconv(k=3)
          zeros:   dwconv(k=3)
          newSession: dwconv(k=3)
          givesProbabilities: dwconv(k=3)
          labels:  dwconv(k=3)
          class:   conv(k=1, c=4)
          loader:  conv(k=1, c=4)
          declare: conv(k=1, c=4)
          conv28:  conv(k=1, c=4)
                   conv(k=1, c=4)
          end:     conv(k=1, c=4)
          output end, zeros, a
        }
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"record", "var", "yield", "sealed", "permits"})
  void namesThatNoJavaClassMayHave(String name) throws IOException {
    compiles("network " + name + " { input x: [4, 4, 3] conv(k=1, c=4) }");
  }

  private static void compiles(String text) throws IOException {
    Compiler.Checked checked = check(text);
    assertEquals("", Renderer.render(checked.diagnostics()));
    for (ResolvedNetwork network : checked.networks()) {
      Map<String, byte[]> classes =
          NetworkLoader.compile(Compiler.generate(network, "some.where", Backends.PLAIN_AND_VECTOR))
              .classes();
      assertFalse(classes.isEmpty());
    }
  }

  private static void refuse(String text) {
    assertTrue(check(text).hasErrors(), () -> text.substring(0, Math.min(200, text.length())));
  }

  /** Checks and renders a text, which takes no long time. */
  private static Compiler.Checked check(String text) {
    List<Compiler.Checked> result = new ArrayList<>();
    assertTimeoutPreemptively(SOON, () -> result.add(Networks.check(text)), () -> head(text));
    List<Diagnostic> diagnostics = result.get(0).diagnostics();
    Renderer.render(diagnostics.subList(0, Math.min(10, diagnostics.size())));
    return result.get(0);
  }

  private static String head(String text) {
    return text.substring(0, Math.min(2_000, text.length()));
  }
}
