package dev.mbnet.samples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooTest {
  private static final Path FILES =
      Path.of(System.getProperty("basedir", "."), "..", "zoo", "src", "main", "mbnet");

  @TempDir private Path kept;

  @Test
  void weightsAreMadeOnceAndKept() throws IOException {
    Zoo zoo = new Zoo(FILES, kept);
    Subject made = zoo.subject("MobileNetV1_025");
    Subject read = zoo.subject("MobileNetV1_025");
    assertEquals(made.weights().keySet(), read.weights().keySet());
    made.weights().forEach((name, values) -> assertArrayEquals(values, read.weights().get(name)));
    try (Stream<Path> files = Files.list(kept)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void anUnknownNetwork() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new Zoo(FILES, kept).subject("MobileNet"));
    assertEquals("no network of the zoo is named MobileNet", e.getMessage());
  }

  @Test
  void namesAreKnown() throws IOException {
    for (String name : Zoo.NETWORKS) {
      new Zoo(FILES, kept).network(name);
    }
  }
}
