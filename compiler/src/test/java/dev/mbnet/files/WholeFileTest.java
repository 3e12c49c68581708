package dev.mbnet.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void replacesWhatWasThere() throws IOException {
    Path file = folder.resolve("file");
    WholeFile.write(file, new byte[100]);
    WholeFile.write(file, BYTES);
    assertArrayEquals(BYTES, Files.readAllBytes(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    Path file = Files.write(folder.resolve("file"), BYTES);
    IOException full = new IOException("the disk is full");
    WholeFile.Content content =
        out -> {
          out.write(new byte[100_000]);
          throw full;
        };
    assertEquals(full, assertThrows(IOException.class, () -> WholeFile.write(file, content)));
    assertArrayEquals(BYTES, Files.readAllBytes(file));
    assertEquals(List.of(file), files());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkStays() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[100]);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    WholeFile.write(link, BYTES);
    assertTrue(Files.isSymbolicLink(link));
    assertArrayEquals(BYTES, Files.readAllBytes(file));
    assertEquals(List.of(file, link), files());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeStays() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    CompletableFuture<byte[]> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readAllBytes(pipe);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    WholeFile.write(pipe, BYTES);
    assertArrayEquals(BYTES, read.get(1, TimeUnit.MINUTES));
    assertFalse(Files.isRegularFile(pipe));
    assertEquals(List.of(pipe), files());
  }
}
