package dev.mbnet.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
    return failure(network, from, null);
  }

  private String failure(Path network, Path from, List<String> parameters) throws Exception {
    File to = folder.resolve("tiny.safetensors").toFile();
    ImportMojo mojo = new ImportMojo();
    mojo.project = new MavenProject();
    mojo.project.setFile(folder.resolve("pom.xml").toFile());
    Fields.set(mojo, "network", network.toFile());
    Fields.set(mojo, "from", from.toFile());
    Fields.set(mojo, "to", to);
    Fields.set(mojo, "parameters", parameters);
    String message = assertThrows(MojoFailureException.class, mojo::execute).getMessage();
    assertFalse(to.exists());
    return message;
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

  @Test
  void aFolderIsNoNetwork() throws Exception {
    String message = folder + " is a folder; name an .mbnet file";
    assertEquals(message, failure(folder, folder, null));
    Path none = folder.resolve("none.mbnet");
    assertEquals("no such file: " + none, failure(none, folder, null));
  }

  /** A module configures its goals together; what is right for another network is right. */
  @Test
  void parametersThatThisNetworkOrAnotherHas() throws Exception {
    Path network = folder.resolve("src/main/mbnet/net.mbnet");
    Files.createDirectories(network.getParent());
    Files.writeString(network, "network Net(c = 2) { input x: [1, 1, 3]  dense(c) }\n");
    Files.writeString(network.resolveSibling("other.mbnet"), "network Other(d = 2) = Net(c = d)\n");
    Path none = folder.resolve("none.onnx");
    List<String> fine = List.of("c=4", "Net.c=3", "Other.d=5");
    assertEquals("no such file: " + none, failure(network, none, fine));
    assertEquals(
        "`parameters` has `e=4`, but no network has a parameter `e`; there are `Net.c`"
            + " `Other.d` `c` `d`",
        failure(network, none, List.of("e=4")));
    assertEquals("1 error in net.mbnet", failure(network, none, List.of("c=relu")));
    assertEquals(
        "`parameters` has an empty element; fill it in or take it out",
        failure(network, none, Arrays.asList("c=4", null)));
  }

  private Path sparse(long bytes) throws IOException {
    Path file = folder.resolve("large.onnx");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(bytes);
    }
    return file;
  }
}
