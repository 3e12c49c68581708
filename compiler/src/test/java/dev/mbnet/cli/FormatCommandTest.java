package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mbnet.cli.CommandLineTester.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mbnet fmt}: which files it writes, what it prints, how it ends. */
class FormatCommandTest {
  private static final String LOOSE = "network Tiny { input x:[4,4,3] gap dense( 2 ) }";
  private static final String TIGHT =
      "network Tiny {\n  input x: [4, 4, 3]\n  gap\n  dense(2)\n}\n";

  @TempDir Path folder;
  private CommandLineTester mbnet;

  @BeforeEach
  void files() {
    mbnet = new CommandLineTester(folder);
    mbnet.text("loose.mbnet", LOOSE).text("tight.mbnet", TIGHT);
    mbnet.text("wrong.mbnet", "network Wrong { conv(k=3 }");
  }

  private String text(String name) throws IOException {
    return Files.readString(mbnet.path(name));
  }

  @Test
  void rewritesAndNamesWhatDiffers() throws IOException {
    Result result = mbnet.run("fmt", "@loose.mbnet", "@tight.mbnet");
    assertEquals(new Result(0, "@loose.mbnet\n", ""), result);
    assertEquals(TIGHT, text("loose.mbnet"));
    assertEquals(new Result(0, "", ""), mbnet.run("fmt", "@loose.mbnet", "--check"));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(3, left.count(), "no temporary file stays");
    }
  }

  @Test
  void doesNotTouchWhatIsLaidOut() throws IOException {
    FileTime before = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(mbnet.path("tight.mbnet"), before);
    assertEquals(new Result(0, "", ""), mbnet.run("fmt", "@tight.mbnet"));
    assertEquals(before, Files.getLastModifiedTime(mbnet.path("tight.mbnet")));
  }

  @Test
  void checkOnlyNamesWhatDiffers() throws IOException {
    Result result = mbnet.run("fmt", "--check", "@loose.mbnet", "@tight.mbnet");
    assertEquals(new Result(1, "@loose.mbnet\n", ""), result);
    assertEquals(LOOSE, text("loose.mbnet"));
  }

  @Test
  void leavesAloneWhatCannotBeRead() throws IOException {
    String wrong = text("wrong.mbnet");
    Result result = mbnet.run("fmt", "@wrong.mbnet", "@loose.mbnet");
    assertEquals(1, result.exit());
    assertEquals("@loose.mbnet\n", result.out());
    assertTrue(result.err().startsWith("@wrong.mbnet:1:26: error: "), result.err());
    assertEquals(wrong, text("wrong.mbnet"));
    assertEquals(TIGHT, text("loose.mbnet"));
  }

  @Test
  void mistakesInTheNetworkDoNotMatter() throws IOException {
    mbnet.text("unknown.mbnet", "network A = B(c=1)");
    assertEquals(new Result(0, "@unknown.mbnet\n", ""), mbnet.run("fmt", "@unknown.mbnet"));
    assertEquals("network A = B(c = 1)\n", text("unknown.mbnet"));
  }

  @Test
  void dropsByteOrderMarks() throws IOException {
    mbnet.text("marked.mbnet", "\uFEFF" + TIGHT);
    assertEquals(new Result(0, "@marked.mbnet\n", ""), mbnet.run("fmt", "@marked.mbnet"));
    assertEquals(TIGHT, text("marked.mbnet"));
  }

  @Test
  void writesNothingIfAFileCannotBeRead() throws IOException {
    mbnet.bytes("latin.mbnet", "// \u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
    Result result = mbnet.run("fmt", "@loose.mbnet", "@latin.mbnet");
    assertEquals(new Result(1, "", "mbnet: @latin.mbnet is no UTF-8 text\n"), result);
    result = mbnet.run("fmt", "@loose.mbnet", "@none.mbnet");
    assertEquals(new Result(1, "", "mbnet: no such file: @none.mbnet\n"), result);
    result = mbnet.run("fmt", "@loose.mbnet", folder.toString());
    assertEquals(1, result.exit());
    assertEquals(LOOSE, text("loose.mbnet"));
  }

  @Test
  void keepsLinksAndPermissions() throws IOException {
    FileStore store = Files.getFileStore(folder);
    assumeTrue(store.supportsFileAttributeView("posix"));
    Path file = mbnet.path("loose.mbnet");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Path link = Files.createSymbolicLink(mbnet.path("link.mbnet"), file);
    assertEquals(new Result(0, "@link.mbnet\n", ""), mbnet.run("fmt", "@link.mbnet"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(TIGHT, text("loose.mbnet"));
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }
}
