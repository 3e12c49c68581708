package dev.mbnet.maven;

import dev.mbnet.compiler.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;

/** What both goals leave behind. */
final class Output {

  private Output() {}

  /**
   * Writes a file unless it is as it should be already: then nothing that depends on it is done
   * again.
   *
   * @return whether it was written
   */
  static boolean write(Path file, byte[] bytes) throws IOException {
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return false;
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, bytes);
    return true;
  }

  /** As {@code 3 errors in mobile.mbnet}. */
  static String mistakes(Collection<Diagnostic> diagnostics, String file) {
    long count = diagnostics.stream().filter(Diagnostic::isError).count();
    return count + (count == 1 ? " error in " : " errors in ") + file;
  }
}
