package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.format.Formatter;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.syntax.Lexeme;
import dev.mbnet.compiler.syntax.Lexemes;
import dev.mbnet.testing.Expectations;
import dev.mbnet.testing.Networks;
import dev.mbnet.testing.RandomText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The layout: what it is, that it changes nothing else, and that the project's own files have it.
 */
class FormatTest {
  private static final Path GOLDEN = Networks.file("src", "test", "resources", "golden");
  private static final Path FORMAT = GOLDEN.resolve("format");

  /** What may stand between two words; the formatter must be able to tell it apart. */
  private static final List<String> BETWEEN =
      List.of(
          " ",
          " ",
          " ",
          " ",
          "  ",
          "\t",
          "\n",
          "\n",
          "\r\n",
          "\n\n\n",
          " // a\n",
          "\n// b\n",
          " /* c */ ",
          "\n/* d */\n",
          "\n/* e */ ",
          " /* f */\n",
          "\n\n/** g */\n",
          " /* h\n i */ ",
          " /* n \r\n\t\to \t*/ ",
          "\r/*\t*  \r*\t*/",
          "\n  /*\n * j\n  * k */\n",
          " // l\n // m\n\n");

  @TestFactory
  Stream<DynamicTest> goldens() {
    return Networks.list(FORMAT).stream()
        .map(
            file ->
                dynamicTest(
                    file.getFileName().toString(),
                    file.toUri(),
                    () -> {
                      Path source = FORMAT.resolve(name(file) + ".mbnet");
                      if (!Files.exists(source)) {
                        Expectations.orphan(file);
                      } else if (file.equals(source)) {
                        Path expected = FORMAT.resolve(name(file) + ".expected");
                        Expectations.expect(expected, format(Networks.read(file)));
                      }
                    }));
  }

  /** All but those whose space is what they are about, and those that are wrong on purpose. */
  @ParameterizedTest
  @MethodSource
  void theProjectsFilesAreLaidOut(Path file) {
    String text = Networks.read(file);
    assertEquals(format(text), text, file + " is not laid out; run mbnet fmt");
  }

  static List<Path> theProjectsFilesAreLaidOut() throws IOException {
    return files().stream()
        .filter(f -> !f.startsWith(GOLDEN.resolve("report")) && !f.startsWith(FORMAT))
        .filter(f -> !f.endsWith("commas_and_spaces.mbnet"))
        .toList();
  }

  @Test
  void theReadmeIsLaidOut() throws IOException {
    String readme = Files.readString(Networks.file("..", "README.md"));
    String after = readme.substring(readme.indexOf("```mbnet\n") + 9);
    String example = after.substring(0, after.indexOf("```"));
    assertEquals(format(example), example);
  }

  @ParameterizedTest
  @MethodSource("files")
  void onlySpaceChanges(Path file) {
    String text = Networks.read(file);
    if (isReadable(text)) {
      String formatted = format(text);
      assertSame(text, formatted);
      assertEquals(graphs(file, text), graphs(file, formatted));
    }
  }

  @Test
  void mostFilesAreReadable() throws IOException {
    assertTrue(files().stream().filter(f -> isReadable(Networks.read(f))).count() > 80);
  }

  @Test
  void onlySpaceChangesInRandomNetworks() {
    for (int seed = 0; seed < 40; seed++) {
      assertSame(RandomText.of(seed));
    }
  }

  /** Space and comments of every kind between any two words. */
  @ParameterizedTest
  @MethodSource("files")
  void onlySpaceChangesWhereverItStands(Path file) {
    String text = Networks.read(file);
    for (int seed = 0; seed < 30 && isReadable(text); seed++) {
      Random random = new Random(seed);
      // From hardly any comments to as many as words.
      int kinds = seed % 3 == 0 ? 8 : BETWEEN.size();
      int density = 1 + random.nextInt(12);
      StringBuilder scattered = new StringBuilder();
      for (Lexeme lexeme : Lexemes.of(new SourceFile("test.mbnet", text))) {
        scattered.append(lexeme.text());
        boolean plain = random.nextInt(density) > 0;
        boolean line = lexeme.text().startsWith("//");
        scattered.append(line ? "\n" : plain ? " " : BETWEEN.get(random.nextInt(kinds)));
      }
      assertSame(scattered.toString());
    }
  }

  @Test
  void whatCannotBeReadIsReported() {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = new SourceFile("test.mbnet", "network A {\n  conv(k=3\n}\n");
    assertEquals(Optional.empty(), Formatter.format(file, diagnostics));
    assertEquals(1, diagnostics.sorted().size());
  }

  private static void assertSame(String text) {
    assertSame(text, format(text));
  }

  private static void assertSame(String text, String formatted) {
    assertAll(
        () -> assertEquals(words(text), words(formatted), text),
        () -> assertEquals(formatted, format(formatted), "laid out already, from:\n" + text),
        () -> assertTrue(formatted.isEmpty() || formatted.endsWith("\n")),
        () -> assertFalse(formatted.startsWith("\n") || formatted.endsWith("\n\n"), formatted),
        () -> assertFalse(formatted.contains("\n\n\n") || formatted.contains("\r"), formatted),
        () -> assertFalse(formatted.lines().anyMatch(l -> l.endsWith(" ")), formatted));
  }

  /** All words, signs and comments; of comments only what is no space. */
  private static List<String> words(String text) {
    return Lexemes.of(new SourceFile("test.mbnet", text)).stream()
        .map(l -> l.kind() == Lexeme.Kind.COMMENT ? l.text().replaceAll("\\s", "") : l.text())
        .toList();
  }

  private static boolean isReadable(String text) {
    Diagnostics diagnostics = new Diagnostics();
    return Formatter.format(new SourceFile("test.mbnet", text), diagnostics).isPresent();
  }

  private static String format(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<String> formatted = Formatter.format(new SourceFile("test.mbnet", text), diagnostics);
    return formatted.orElseThrow(
        () -> new AssertionError(Renderer.render(diagnostics.sorted()) + text));
  }

  private static List<String> graphs(Path file, String text) {
    List<ResolvedNetwork> networks =
        Compiler.check(
                new Compiler.Request(
                    new SourceFile(file.getFileName().toString(), text),
                    null,
                    List.of(),
                    name -> beside(file, name)))
            .networks();
    return networks.stream().map(network -> Graph.of(network).print()).toList();
  }

  private static Optional<String> beside(Path file, String name) {
    Path found = file.resolveSibling(name);
    return Files.isRegularFile(found) ? Optional.of(Networks.read(found)) : Networks.sample(name);
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
  }

  /** Every file of the repository that holds networks or blocks. */
  static List<Path> files() throws IOException {
    List<Path> roots =
        List.of(
            Networks.file("src"),
            Networks.file("..", "samples"),
            Networks.file("..", "maven-plugin", "src"));
    List<Path> files = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> all = Files.walk(root)) {
        all.filter(f -> f.toString().endsWith(".mbnet"))
            .filter(
                f ->
                    IntStream.range(0, f.getNameCount())
                        .noneMatch(i -> f.getName(i).toString().equals("target")))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }
}
