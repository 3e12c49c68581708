package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Page;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.testing.Networks;
import dev.mbnet.testing.Shortened;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every code has a page, whose failing example gives that code and no other and whose mended
 * example gives none. A fence {@code text name} holds a file beside both.
 */
class PagesTest {
  private static final Path FOLDER =
      Networks.file("src/main/resources/dev/mbnet/compiler/diagnostic/pages");
  private static final Path REPORTS = Networks.file("src/test/resources/golden/report");

  private static final Pattern FENCE = Pattern.compile("(?s)```(mbnet|text)(?: (\\S+))?\n(.*?)```");

  /**
   * Title, meaning, failing example, rule, mended example; what stands beside both, if anything.
   */
  private static final Pattern PARTS =
      Pattern.compile(
          "# (MB\\d{4}): .+\n\n(.+\n)+\n<mbnet>\n\n(.+\n)+\n<mbnet>\n"
              + "(\nBoth stand beside this file:\n\n<text>\n)?");

  @Test
  void everyPageBelongsToACode() {
    Set<String> ids = Arrays.stream(Code.values()).map(Code::id).collect(Collectors.toSet());
    Set<String> pages =
        Networks.list(FOLDER).stream()
            .map(file -> file.getFileName().toString().replace(".md", ""))
            .collect(Collectors.toSet());
    assertEquals(ids, pages);
  }

  @ParameterizedTest
  @EnumSource
  void theFailingExampleFailsAndTheMendedOneDoesNot(Code code) {
    Map<String, String> beside = new HashMap<>();
    List<String> examples = new ArrayList<>();
    Matcher fence = FENCE.matcher(Page.of(code).text());
    while (fence.find()) {
      if (fence.group(2) == null) {
        examples.add(Shortened.expand(fence.group(3)));
      } else {
        beside.put(fence.group(2), fence.group(3));
      }
    }
    assertEquals(2, examples.size());
    List<Diagnostic> failing = check(examples.get(0), beside);
    Set<Code> codes = EnumSet.noneOf(Code.class);
    failing.forEach(diagnostic -> codes.add(diagnostic.code()));
    assertEquals(Set.of(code), codes, () -> Renderer.render(failing));
    assertEquals("", Renderer.render(check(examples.get(1), beside)));
  }

  @ParameterizedTest
  @EnumSource
  void hasItsPartsInOrder(Code code) {
    String text = FENCE.matcher(Page.of(code).text()).replaceAll("<$1>");
    Matcher parts = PARTS.matcher(text);
    assertTrue(parts.matches(), text);
    assertEquals(code.id(), parts.group(1));
  }

  @ParameterizedTest
  @EnumSource
  void fitsATerminal(Code code) {
    Page.of(code).text().lines().forEach(line -> assertTrue(line.length() <= 100, line));
    assertFalse(Page.of(code).title().endsWith("."));
  }

  /** What a person sees of each code is on record. */
  @ParameterizedTest
  @EnumSource
  void aGoldenShowsIt(Code code) {
    assertTrue(
        Networks.list(REPORTS).stream()
            .flatMap(topic -> Networks.list(topic).stream())
            .filter(file -> file.toString().endsWith(".expected"))
            .anyMatch(file -> Networks.read(file).contains("[" + code.id() + "]\n")));
  }

  private static List<Diagnostic> check(String example, Map<String, String> beside) {
    SourceFile source = new SourceFile("example.mbnet", example);
    return Compiler.check(
            new Compiler.Request(
                source, null, List.of(), name -> Optional.ofNullable(beside.get(name))))
        .diagnostics();
  }
}
