package dev.mbnet.maven;

import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  /**
   * Deletes a file that an earlier run generated; a file of the user's stays.
   *
   * @return whether it was deleted
   */
  static boolean deleteGenerated(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.startsWith(JavaFile.FIRST_WORDS) && Files.deleteIfExists(file);
  }

  /** As {@code 3 errors in mobile.mbnet}. */
  static String mistakes(Collection<Diagnostic> diagnostics, String file) {
    long count = diagnostics.stream().filter(Diagnostic::isError).count();
    return count + (count == 1 ? " error in " : " errors in ") + file;
  }
}
