package dev.mbnet.maven;

import static dev.mbnet.maven.Project.TINY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.runtime.SafetensorsWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
  private static final String DENSE = "network Net { input x: [1, 1, 2] y: dense(2) }\n";

  @TempDir Path folder;
  private Project project;

  @BeforeEach
  void project() {
    project = new Project(folder);
  }

  private String verify(boolean record) throws IOException {
    try {
      Verifier.Outcome outcome =
          new Verifier(project.request(), project.classes, record, 1e-4, project).run();
      return "%d of %d recorded, %d new"
          .formatted(outcome.recorded(), outcome.networks(), outcome.written());
    } catch (Mistake e) {
      return e.getMessage().replace(folder.toString(), "");
    }
  }

  private void weights(Path file, float first) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      new SafetensorsWriter()
          .add("y.weight", new int[] {2, 2}, new float[] {first, 0, 0, 1})
          .add("y.bias", new int[] {2}, new float[] {0.5f, 0.25f})
          .write(out);
    }
  }

  @Test
  void budgets() throws IOException {
    project.file("net.mbnet", DENSE.replace("}", " require params <= 5 }"));
    assertEquals("1 error in net.mbnet", verify(false));
    assertTrue(project.log.get(0).contains("[MB4004]"), project.log.get(0));
    project.file("net.mbnet", DENSE.replace("}", " require params <= 6 }"));
    assertEquals("0 of 1 recorded, 0 new", verify(false));
  }

  @Test
  void outputsThatChange() throws IOException {
    project.file("a/net.mbnet", DENSE + TINY);
    assertEquals("2 of 2 recorded, 2 new", verify(true));
    assertEquals("2 of 2 recorded, 0 new", verify(true));
    assertEquals("2 of 2 recorded, 0 new", verify(false));
    project.file("a/net.mbnet", (DENSE + TINY).replace("dense(2)", "dense(2, act=relu)"));
    String file = "@a/Net.outputs.json";
    assertEquals("outputs of `Net` are not those recorded", verify(false));
    assertTrue(
        project
            .log
            .get(0)
            .startsWith("error: " + file + ":[1,1] `Net` computes something else than recorded\n"),
        project.log.get(0));
    project.file("a/net.mbnet", (DENSE + TINY).replace("dense(2)", "dense(3)"));
    verify(false);
    assertTrue(
        project.log.get(0).contains("\n  = `y` has the shape [1, 1, 3], recorded is [1, 1, 2]\n"),
        project.log.get(0));
    project.file("a/net.mbnet", (DENSE + TINY).replace("y:", "z:"));
    verify(false);
    assertTrue(
        project.log.get(0).contains("\n  = the outputs are [z], recorded are [y]\n"),
        project.log.get(0));
  }

  /** By hand: y = W x + b for the first two numbers of java.util.Random(1).nextGaussian(). */
  @Test
  void trainedWeights() throws IOException, Mistake {
    java.util.Random random = new java.util.Random(1);
    float first = (float) random.nextGaussian() * 2 + 0.5f;
    float second = (float) random.nextGaussian() + 0.25f;
    project.file("net.mbnet", DENSE);
    Path weights = project.classes.resolve("com/example/net.safetensors");
    weights(weights, 2);
    assertEquals("1 of 1 recorded, 1 new", verify(true));
    Recording recording = Recording.read(project.sources.resolve("Net.outputs.json"));
    assertEquals("net.safetensors", recording.weights());
    assertEquals(first, recording.outputs().get(0).values().get(0), 1e-6);
    assertEquals(second, recording.outputs().get(0).values().get(1), 1e-6);
    assertEquals("1 of 1 recorded, 0 new", verify(false));

    weights(weights, 3);
    assertEquals("outputs of `Net` are not those recorded", verify(false));
    assertTrue(
        project.log.get(0).contains("\n  = the weights net.safetensors are others than then\n"),
        project.log.get(0));
    Files.delete(weights);
    assertEquals(
        "the outputs of `Net` were recorded with net.safetensors, which is neither beside"
            + " /src/main/mbnet/net.mbnet nor below /target/classes; if the build makes it, verify"
            + " after that",
        verify(false));
    weights(weights, 2);
    weights(project.sources.resolve("net.safetensors"), 2);
    assertTrue(verify(false).startsWith("there are several weights for `Net`: ["));
    Files.delete(weights);
    project.file("net.mbnet", DENSE.replace("dense(2)", "dense(3)"));
    assertTrue(verify(false).contains("does not fit the network `Net`"), verify(false));
  }

  @Test
  void recordsOfNoNetwork() throws IOException {
    project.file("net.mbnet", DENSE);
    verify(true);
    project.file("net.mbnet", DENSE.replace("Net", "Other"));
    assertEquals("recorded outputs of no network", verify(false));
    assertEquals(
        "error: @Net.outputs.json:[1,1] there is no network `Net` here any more; delete or rename"
            + " the file",
        project.log.get(0));
  }

  @Test
  void recordsThatSomebodyEdited() throws IOException {
    project.file("net.mbnet", DENSE);
    Path file = project.sources.resolve("Net.outputs.json");
    verify(true);
    String text = Files.readString(file);
    for (String damaged :
        new String[] {"", "{", "{}", "[]", text.replace("\"mean\"", "\"mean\": \"x\", \"m\"")}) {
      Files.writeString(file, damaged);
      assertTrue(verify(false).contains("is no record of outputs: "), damaged);
      assertThrows(Mistake.class, () -> Recording.read(file));
    }
    Files.writeString(file, text.replaceFirst(",\\s+-?[0-9.]+\\s+\\]\\s+\\}", "]}"));
    assertEquals("outputs of `Net` are not those recorded", verify(false));
    assertTrue(project.log.get(0).contains("the record of `y` lacks values"), project.log.get(0));
  }
}
