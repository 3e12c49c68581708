package dev.mbnet.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FileErrorsTest {

  @Test
  void namesTheFileAndTheFact() {
    says("no such file: a/b", new NoSuchFileException("a/b"));
    says("no permission for a/b", new AccessDeniedException("a/b"));
    says(
        "a/b: Read-only file system",
        new FileSystemException("a/b", null, "Read-only file system"));
    says("a/b: cannot be used", new FileSystemException("a/b"));
    says("a/b is a folder; name a picture", new UnusableFile("a/b is a folder; name a picture"));
    says("No space left on device", new IOException("No space left on device"));
  }

  @Test
  void looksIntoWhatStreamsThrow() {
    says("no permission for a/b", new UncheckedIOException(new AccessDeniedException("a/b")));
  }

  @Test
  void hasNoWordsForOtherThings() {
    assertEquals(Optional.empty(), FileErrors.message(new IOException()));
    assertEquals(Optional.empty(), FileErrors.message(new IllegalStateException("a bug")));
  }

  private static void says(String message, Exception e) {
    assertEquals(Optional.of(message), FileErrors.message(e));
  }
}
