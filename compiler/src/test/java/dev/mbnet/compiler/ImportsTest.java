package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files that name files: each path is relative to the file it stands in. */
class ImportsTest {
  private static final String TINY =
      """
      network Tiny(c = 2) {
        input x: [4, 4, 3]
        wide(c=c)
        gap
        labels "names.txt"
      }
      """;

  @Test
  void resolvesEachPathFromItsOwnFile() {
    Compiler.Checked checked =
        check(
            "import \"lib/tiny.mbnet\" network Three = Tiny(c = 3)",
            Map.of(
                "lib/tiny.mbnet", "import \"../blocks/wide.mbnet\" " + TINY,
                "blocks/wide.mbnet", "import \"./base.mbnet\" block wide(c) { base(c=c) }",
                "blocks/base.mbnet", "block base(c) { conv(k=1, c=c) }",
                "lib/names.txt", "a\nb\nc\n"));
    assertEquals("", Renderer.render(checked.diagnostics()));
    assertEquals(List.of("a", "b", "c"), checked.networks().get(0).classes());
  }

  @Test
  void readsAFileOnceThatTwoImport() {
    Compiler.Checked checked =
        check(
            "import \"a.mbnet\" import \"b.mbnet\" network N { input x: [4, 4, 3] a b }",
            Map.of(
                "a.mbnet", "import \"c.mbnet\" block a() { c }",
                "b.mbnet", "import \"c.mbnet\" block b() { c }",
                "c.mbnet", "block c() { relu }"));
    assertEquals("", Renderer.render(checked.diagnostics()));
  }

  @Test
  void namesTheCircleOfImports() {
    Compiler.Checked checked =
        check(
            "import \"lib/a.mbnet\" network N { input x: [4, 4, 3] relu }",
            Map.of("lib/a.mbnet", "import \"b.mbnet\"", "lib/b.mbnet", "import \"../main.mbnet\""));
    assertEquals(
        """
        nets/lib/b.mbnet:1:8: error: this import closes a circle: `main.mbnet` imports\
         `lib/a.mbnet` imports `lib/b.mbnet` imports `main.mbnet` [MB2014]
        1 | import "../main.mbnet"
          |        ^^^^^^^^^^^^^^^
          = help: move what both need to a file of its own
        """,
        Renderer.render(checked.diagnostics()));
  }

  private static Compiler.Checked check(String text, Map<String, String> beside) {
    return Compiler.check(
        new Compiler.Request(
            new SourceFile("nets/main.mbnet", text),
            null,
            List.of(),
            path -> Optional.ofNullable(beside.get(path))));
  }
}
