package dev.mbnet.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Errors about files in words for users. */
public final class FileErrors {

  private FileErrors() {}

  /**
   * What happened to which file, in one line; empty if {@code e} does not tell, or is about
   * something else than files.
   */
  public static Optional<String> message(Exception e) {
    if (e instanceof UncheckedIOException unchecked) {
      return message(unchecked.getCause());
    }
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return Optional.of("no such file: " + e.getMessage());
    }
    if (e instanceof AccessDeniedException) {
      return Optional.of("no permission for " + e.getMessage());
    }
    if (e instanceof FileSystemException system) {
      String reason = system.getReason() == null ? "cannot be used" : system.getReason();
      return Optional.of(system.getFile() + ": " + reason);
    }
    return e instanceof IOException ? Optional.ofNullable(e.getMessage()) : Optional.empty();
  }
}
