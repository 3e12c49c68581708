package dev.mbnet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/**
 * Files that hold what a test expects. With {@code -Dmbnet.bless=true} a file that is not as it
 * should be is rewritten, or deleted, and the test still fails: the change is to be reviewed.
 */
public final class Expectations {
  private static final boolean BLESS = Boolean.getBoolean("mbnet.bless");

  private Expectations() {}

  /** Fails unless {@code file} holds exactly {@code actual}. */
  public static void expect(Path file, String actual) {
    String expected = Files.exists(file) ? Networks.read(file) : null;
    if (actual.equals(expected)) {
      return;
    }
    if (BLESS) {
      write(file, actual);
      Assertions.fail("blessed " + file);
    }
    String why = expected == null ? "is missing" : "differs";
    Assertions.assertEquals(
        expected == null ? "" : expected, actual, file + " " + why + "; see -Dmbnet.bless=true");
  }

  /** Fails because nothing asks for {@code file}. */
  public static void orphan(Path file) {
    if (BLESS) {
      delete(file);
      Assertions.fail("deleted " + file);
    }
    Assertions.fail(file + " belongs to no case");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
