package dev.mbnet.files;

import java.io.IOException;
import java.nio.file.Path;

/** That a file which a user names will not do; the message is for the user, and names the file. */
public final class UnusableFile extends IOException {
  private static final long serialVersionUID = 1;

  UnusableFile(String message) {
    super(message);
  }

  /** That Java ran out of memory over {@code file}. */
  public static UnusableFile outOfMemory(Path file) {
    return new UnusableFile(
        file + " takes more memory than Java may use here; `-Xmx` sets how much");
  }
}
