package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.reference.Reference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceCommandTest {
  @TempDir Path folder;

  @Test
  void printsThePage() {
    CommandLineTester.Result result = new CommandLineTester(folder).run("reference");
    assertEquals(new CommandLineTester.Result(0, Reference.page(), ""), result);
  }

  @Test
  void printsOneName() {
    CommandLineTester.Result result = new CommandLineTester(folder).run("reference", "relu6");
    assertEquals(
        new CommandLineTester.Result(0, "### `relu6`\n\n`min(max(x, 0), 6)`.\n", ""), result);
  }

  @Test
  void explainsStatements() {
    CommandLineTester.Result result = new CommandLineTester(folder).run("reference", "else");
    assertEquals(0, result.exit());
    assertTrue(result.out().startsWith("### `if` `else`\n\n`if condition { "), result.out());
  }

  @Test
  void namesThatAreMeant() {
    CommandLineTester.Result result = new CommandLineTester(folder).run("reference", "mbcnov");
    String said = "mbnet: the reference has no `mbcnov`; did you mean `mbconv`?\n";
    assertEquals(new CommandLineTester.Result(1, "", said), result);
  }
}
