package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.reference.Reference;
import dev.mbnet.grammar.MbnetLexer;
import dev.mbnet.testing.Expectations;
import dev.mbnet.testing.Networks;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceTest {

  @Test
  void thePageIsUpToDate() {
    String page = "src/main/resources/dev/mbnet/compiler/reference/reference.md";
    Expectations.expect(Networks.file(page), Reference.page());
  }

  @Test
  void everyWordOfTheGrammarIsExplained() {
    List<String> words =
        IntStream.rangeClosed(1, MbnetLexer.VOCABULARY.getMaxTokenType())
            .mapToObj(MbnetLexer.VOCABULARY::getLiteralName)
            .filter(literal -> literal != null && literal.matches("'[a-z]+'"))
            .map(literal -> literal.replace("'", ""))
            .filter(word -> Reference.section(word).isEmpty())
            .toList();
    assertEquals(List.of(), words);
  }

  @Test
  void examplesCompile() {
    Matcher example =
        Pattern.compile("```mbnet\n(.*?)```", Pattern.DOTALL).matcher(Reference.page());
    int count = 0;
    for (; example.find(); count++) {
      assertEquals("", Renderer.render(Networks.check(example.group(1)).diagnostics()));
    }
    assertTrue(count > 0, "the page has examples");
  }
}
