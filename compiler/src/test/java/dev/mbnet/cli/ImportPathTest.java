package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.files.DiskTexts;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports from jars and folders on a path. */
class ImportPathTest {
  private static final CommandLineTester.Result FINE = new CommandLineTester.Result(0, "", "");

  @TempDir Path folder;
  private CommandLineTester mbnet;

  @BeforeEach
  void files() {
    mbnet = new CommandLineTester(folder);
    mbnet.text(
        "nets/n.mbnet",
        """
        import "acme/blocks.mbnet"
        network N {
          input x: [8, 8, 3]
          stem(c=8)
        }
        """);
  }

  private void jar(String name, String entry, byte[] bytes) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(mbnet.path(name)))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(bytes);
    }
  }

  private void jar(String name, String entry, String text) throws IOException {
    jar(name, entry, text.getBytes(StandardCharsets.UTF_8));
  }

  private void refused(String message) {
    CommandLineTester.Result result = mbnet.run("check", "@nets/n.mbnet", "--path", "@a.jar");
    assertEquals(1, result.exit());
    assertEquals(message + "\n1 error in @nets/n.mbnet\n", result.err());
  }

  @Test
  void fromAJar() throws IOException {
    jar("a.jar", "acme/blocks.mbnet", "block stem(c) { conv(k=1, c=c) }");
    assertEquals(FINE, mbnet.run("check", "@nets/n.mbnet", "--path", "@a.jar"));
  }

  @Test
  void fromTheFirstPlaceThatHasIt() throws IOException {
    jar("a.jar", "acme/other.mbnet", "block stem(c) { }");
    mbnet.text("lib/acme/blocks.mbnet", "block stem(c) { conv(k=1, c=c) }");
    jar("b.jar", "acme/blocks.mbnet", "block stem(c) { nonsense }");
    String path = "@a.jar" + File.pathSeparator + "@lib";
    assertEquals(FINE, mbnet.run("check", "@nets/n.mbnet", "--path", path, "--path=@b.jar"));
  }

  @Test
  void besideTheFileComesFirst() throws IOException {
    mbnet.text("nets/acme/blocks.mbnet", "block stem(c) { conv(k=1, c=c) }");
    jar("a.jar", "acme/blocks.mbnet", "block stem(c) { nonsense }");
    assertEquals(FINE, mbnet.run("check", "@nets/n.mbnet", "--path", "@a.jar"));
  }

  /** First in the place that the importing file is in, then on the path from its start. */
  @Test
  void importsOfAJarBeginInIt() throws IOException {
    jar("a.jar", "acme/base.mbnet", "block base(c) { nonsense }");
    jar("b.jar", "base.mbnet", "block base(c) { conv(k=1, c=c) }");
    mbnet.text("lib/acme/blocks.mbnet", "import \"base.mbnet\" block stem(c) { base(c=c) }");
    mbnet.text("lib/acme/base.mbnet", "block base(c) { conv(k=1, c=c) }");
    assertEquals(FINE, mbnet.run("check", "@nets/n.mbnet", "--path=@lib", "--path=@a.jar"));
    Files.delete(mbnet.path("lib/acme/base.mbnet"));
    assertEquals(FINE, mbnet.run("check", "@nets/n.mbnet", "--path=@lib", "--path=@b.jar"));
  }

  @Test
  void mistakesOfAJarAreOnTheLineOfTheUser() throws IOException {
    jar("a.jar", "acme/blocks.mbnet", "block stem(c) {\n  conv(k=3, c=c, strides=2)\n}\n");
    refused(
        """
        @nets/n.mbnet:4:3: error: `conv` has no argument `strides` [MB2002]
        4 |   stem(c=8)
          |   ^^^^^^^^^
          = in `stem`, acme/blocks.mbnet:2:18 in @a.jar: `conv(k=3, c=c, strides=2)`
          = help: did you mean `s`?
        """);
  }

  @Test
  void textThatCannotBeReadIsShownWhereItStands() throws IOException {
    jar("a.jar", "acme/blocks.mbnet", "block stem(c) {\n  conv(k=3 c=c)\n  conv(k= )\n}\n");
    CommandLineTester.Result result = mbnet.run("check", "@nets/n.mbnet", "--path", "@a.jar");
    assertEquals(
        """
        acme/blocks.mbnet:2:12: error: did not expect `c` [MB1001]
        2 |   conv(k=3 c=c)
          |            ^
          = `acme/blocks.mbnet` is in @a.jar
          = help: expected `,` or `)`

        acme/blocks.mbnet:3:11: error: did not expect `)` [MB1001]
        3 |   conv(k= )
          |           ^
          = help: a value is a number, a name, a string, `on`, `off`, a list `[1, 2]` or an expression

        2 errors in @nets/n.mbnet
        """,
        result.err());
  }

  @Test
  void saysWhereItLooked() throws IOException {
    jar("a.jar", "other.mbnet", "");
    refused(
        """
        @nets/n.mbnet:1:8: error: there is no file `acme/blocks.mbnet` beside this one, nor on the\
         path [MB4008]
        1 | import "acme/blocks.mbnet"
          |        ^^^^^^^^^^^^^^^^^^^
          = the path has @a.jar
          = help: its path is relative to the file it stands in; what jars and folders of the path\
         hold is found too
        """);
  }

  @Test
  void filesThatAreMeant() {
    mbnet.text("nets/acme/block.mbnet", "");
    CommandLineTester.Result result = mbnet.run("check", "@nets/n.mbnet");
    assertEquals(
        """
        @nets/n.mbnet:1:8: error: there is no file `acme/blocks.mbnet` beside this one [MB4008]
        1 | import "acme/blocks.mbnet"
          |        ^^^^^^^^^^^^^^^^^^^
          = help: did you mean `acme/block.mbnet`?

        1 error in @nets/n.mbnet
        """,
        result.err());
  }

  @Test
  void nothingLeavesAJar() throws IOException {
    mbnet.text("secret.mbnet", "block secret() { relu }");
    jar("a.jar", "acme/blocks.mbnet", "import \"../../secret.mbnet\"");
    CommandLineTester.Result result = mbnet.run("check", "@nets/n.mbnet", "--path", "@a.jar");
    assertEquals(
        """
        acme/blocks.mbnet:1:8: error: `../../secret.mbnet` leads out of @a.jar, in which this file\
         is [MB4008]
        1 | import "../../secret.mbnet"
          |        ^^^^^^^^^^^^^^^^^^^^
          = `acme/blocks.mbnet` is in @a.jar

        1 error in @nets/n.mbnet
        """,
        result.err());
  }

  @Test
  void entriesWithDotsAreNotFound() throws IOException {
    mbnet.text("nets/n.mbnet", "import \"../up.mbnet\" network N { input x: [8, 8, 3] gap }");
    jar("a.jar", "../up.mbnet", "block up() { relu }");
    CommandLineTester.Result result = mbnet.run("check", "@nets/n.mbnet", "--path", "@a.jar");
    assertEquals(1, result.exit());
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    jar("a.jar", "acme/blocks.mbnet", new byte[] {'/', '/', (byte) 0xC3, (byte) 0x28});
    refusedAs("is no UTF-8 text");
  }

  @Test
  void refusesWhatIsTooLarge() throws IOException {
    byte[] zeros = new byte[DiskTexts.LARGEST + 1];
    Arrays.fill(zeros, (byte) ' ');
    jar("a.jar", "acme/blocks.mbnet", zeros);
    refusedAs("has more than 16 MiB");
  }

  @Test
  void refusesWhatIsNoJar() {
    mbnet.text("a.jar", "PK, but no more of a jar than that");
    refusedAs("cannot be read, since the jar is damaged or none");
  }

  private void refusedAs(String why) {
    refused(
        """
        @nets/n.mbnet:1:8: error: `acme/blocks.mbnet` %s [MB4008]
        1 | import "acme/blocks.mbnet"
          |        ^^^^^^^^^^^^^^^^^^^
          = it is in @a.jar
        """
            .formatted(why));
  }

  @Test
  void placesThatAreNotThere() {
    assertEquals(
        new CommandLineTester.Result(1, "", "mbnet: --path names @b.jar, which does not exist\n"),
        mbnet.run("check", "@nets/n.mbnet", "--path", "@b.jar"));
  }
}
