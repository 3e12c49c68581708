package dev.mbnet.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportMojoTest {
  @TempDir Path folder;

  /** What ends the goal when it imports {@code from}. */
  private String failure(Path from) throws Exception {
    Path network = folder.resolve("tiny.mbnet");
    Files.writeString(network, Project.TINY);
    File to = folder.resolve("tiny.safetensors").toFile();
    ImportMojo mojo = new ImportMojo();
    mojo.project = new MavenProject();
    set(mojo, "network", network.toFile());
    set(mojo, "from", from.toFile());
    set(mojo, "to", to);
    String message = assertThrows(MojoFailureException.class, mojo::execute).getMessage();
    assertFalse(to.exists());
    return message;
  }

  private static void set(ImportMojo mojo, String name, File value) throws Exception {
    Field field = ImportMojo.class.getDeclaredField(name);
    field.setAccessible(true);
    field.set(mojo, value);
  }

  @Test
  void aFolderIsNoModel() throws Exception {
    assertEquals(folder + " is a folder; name a model file", failure(folder));
  }

  @Test
  void aFileThatIsNotThere() throws Exception {
    Path none = folder.resolve("none.onnx");
    assertEquals("no such file: " + none, failure(none));
  }

  @Test
  void aFileTooLargeForAModel() throws Exception {
    Path large = sparse(1L << 32);
    assertEquals(large + " has more than 1073741824 bytes", failure(large));
  }

  private Path sparse(long bytes) throws IOException {
    Path file = folder.resolve("large.onnx");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(bytes);
    }
    return file;
  }
}
