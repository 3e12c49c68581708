package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands share: help, exit codes, files that cannot be read. */
class CommandLineTest {
  @TempDir Path folder;
  private CommandLineTester mbnet;

  @BeforeEach
  void files() {
    mbnet = new CommandLineTester(folder);
    mbnet.text("tiny.mbnet", "network Tiny(c = 2) {\n  input x: [4, 4, 3]\n  gap\n  dense(c)\n}\n");
    mbnet.text(
        "wrong.mbnet", "network Wrong {\n  input x: [4, 4, 3]\n  gap\n  gab\n  dense(0)\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "fmt",
        "compile",
        "summary",
        "run",
        "import",
        "export",
        "explain",
        "reference"
      })
  void everyCommandHasHelp(String command) {
    CommandLineTester.Result result = mbnet.run(command, "--help");
    assertEquals(0, result.exit());
    assertTrue(result.out().startsWith("Usage: mbnet " + command), result.out());
    assertEquals("", result.err());
  }

  @Test
  void helpListsTheCommands() {
    CommandLineTester.Result result = mbnet.run("--help");
    assertEquals(0, result.exit());
    assertTrue(result.out().startsWith("Usage: mbnet [-hV] COMMAND\n"), result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "check", "fmt", "summary @tiny.mbnet --jason", "compile @tiny.mbnet"})
  void wrongUsageExitsWith2(String line) {
    CommandLineTester.Result result = mbnet.run(line.isEmpty() ? new String[0] : line.split(" "));
    assertEquals(2, result.exit());
    assertEquals("", result.out());
    assertTrue(result.err().contains("Usage: mbnet"), result.err());
  }

  @Test
  void commandsThatAreMeant() {
    assertEquals(
        new CommandLineTester.Result(
            2, "", "Unmatched argument at index 0: 'chekc'\nDid you mean: mbnet check?\n"),
        mbnet.run("chekc"));
  }

  @Test
  void explainPrintsThePageOfACode() {
    CommandLineTester.Result result = mbnet.run("explain", "mb3102");
    assertEquals(new CommandLineTester.Result(0, Page.of(Code.IMPOSSIBLE_SKIP).text(), ""), result);
  }

  @Test
  void explainListsAllCodes() {
    List<String> lines = mbnet.run("explain").out().lines().toList();
    assertEquals(Code.values().length, lines.size());
    assertTrue(lines.contains("MB3102  a skip between different shapes"), lines.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "MB3012, did you mean `MB3102`?",
    "skip, `mbnet explain` lists all of them",
  })
  void codesThatThereAreNot(String code, String help) {
    String message = "mbnet: there is no code `" + code + "`; " + help + "\n";
    assertEquals(new CommandLineTester.Result(1, "", message), mbnet.run("explain", code));
  }

  @Test
  void checkIsSilentAboutWhatIsRight() {
    assertEquals(
        new CommandLineTester.Result(0, "", ""), mbnet.run("check", "@tiny.mbnet", "--set", "c=3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "summary", "compile -o @out", "run --tensor @none.bin"})
  void mistakesInAFileExitWith1(String command) {
    String[] words = (command + " @wrong.mbnet").split(" ");
    CommandLineTester.Result result = mbnet.run(words);
    assertEquals(1, result.exit());
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("@wrong.mbnet:4:3: error: "), result.err());
    assertTrue(result.err().endsWith("\n\n2 errors in @wrong.mbnet\n"), result.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "summary", "compile -o @out", "run --tensor @none.bin"})
  void filesThatAreNotThere(String command) {
    CommandLineTester.Result result = mbnet.run((command + " @none.mbnet").split(" "));
    assertEquals(new CommandLineTester.Result(1, "", "mbnet: no such file: @none.mbnet\n"), result);
  }

  @Test
  void foldersAreNoModels() {
    String folders = folder.toString();
    CommandLineTester.Result result = mbnet.run("check", folders);
    assertEquals(1, result.exit());
    assertEquals("mbnet: " + folders + " is a folder; name an .mbnet file\n", result.err());
  }

  @Test
  void compileWritesAClassForEachNetwork() throws IOException {
    CommandLineTester.Result result =
        mbnet.run("compile", "@tiny.mbnet", "-o", "@out", "--package", "a.b");
    assertEquals(new CommandLineTester.Result(0, "@out/a/b/Tiny.java\n", ""), result);
    String text = Files.readString(mbnet.path("out/a/b/Tiny.java"));
    assertTrue(text.contains("\npackage a.b;\n"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@out", "@out/deep/er"})
  void compileRefusesAFileForAFolder(String output) {
    mbnet.text("out", "mine");
    assertEquals(
        new CommandLineTester.Result(1, "", "mbnet: @out is a file; a folder is wanted there\n"),
        mbnet.run("compile", "@tiny.mbnet", "--explain-plan", "-o", output));
    mbnet.text("dir/a", "mine");
    assertEquals(
        new CommandLineTester.Result(1, "", "mbnet: @dir/a is a file; a folder is wanted there\n"),
        mbnet.run("compile", "@tiny.mbnet", "--package", "a.b", "-o", "@dir"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "plain,vector", "vector,plain"})
  void compileWritesAClassWithVectorsBeside(String backends) throws IOException {
    CommandLineTester.Result result =
        mbnet.run("compile", "@tiny.mbnet", "-o", "@out", "--backends", backends);
    assertEquals(
        new CommandLineTester.Result(
            0, "@out/Tiny.java\n@out/TinyVectors.java\n@out/TinyAvx2Vectors.java\n", ""),
        result);
    String text = Files.readString(mbnet.path("out/Tiny.java"));
    assertTrue(text.contains("new TinyVectors(") && text.contains("new TinyAvx2Vectors("));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"vectors | vectors", "plain;vector | plain;vector", "plain, | ''", "AUTO | AUTO"})
  void backendsThatThereAreNot(String backends, String word) {
    CommandLineTester.Result result =
        mbnet.run("compile", "@tiny.mbnet", "-o", "@out", "--backends", backends);
    assertEquals(2, result.exit());
    assertEquals(
        "--backends: there is no backend `" + word + "`; give `plain` or `plain,vector`",
        result.err().lines().findFirst().orElse(""));
    assertFalse(Files.exists(mbnet.path("out")));
  }

  @Test
  void twoNetworksOfOneClass() {
    String text = "network Foo { input x: [4, 4, 3] gap }\n";
    mbnet.text("two.mbnet", text + text.replace("Foo", "FooVectors"));
    String[] words = {"compile", "@two.mbnet", "-o", "@out", "--backends", "plain,vector"};
    String message =
        "mbnet: the networks `Foo` and `FooVectors` would both become the class FooVectors; rename"
            + " one\n";
    assertEquals(new CommandLineTester.Result(1, "", message), mbnet.run(words));
    assertFalse(Files.exists(mbnet.path("out")));
    words[5] = "plain";
    assertEquals("@out/Foo.java\n@out/FooVectors.java\n", mbnet.run(words).out());
  }
}
