package dev.mbnet.maven;

import static dev.mbnet.maven.Project.TINY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mbnet.runtime.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomWeightsTest {
  private static final String DENSE = "network Dense { input x: [1, 1, 3]  y: dense(2) }\n";

  @TempDir Path folder;
  private Project project;

  @BeforeEach
  void project() {
    project = new Project(folder);
  }

  private RandomWeights.Outcome write() throws Exception {
    return new RandomWeights(
            project.request(),
            project.classes,
            folder.resolve("target/state.json"),
            project.packageName,
            project.plugin,
            project)
        .run();
  }

  private String mistake() {
    return assertThrows(Mistake.class, this::write).getMessage();
  }

  @Test
  void liesBesideTheClassAndStays() throws Exception {
    project.file("a/b/dense.mbnet", DENSE);
    Path file = project.classes.resolve("a/b/Dense.safetensors");
    assertEquals(new RandomWeights.Outcome(1, List.of(file), 0), write());
    Files.writeString(file, "trained");
    assertEquals(new RandomWeights.Outcome(1, List.of(), 0), write());
    assertEquals("trained", Files.readString(file));
    project.packageName = "c.d";
    Path other = project.classes.resolve("c/d/Dense.safetensors");
    assertEquals(new RandomWeights.Outcome(1, List.of(other), 0), write());
  }

  @Test
  void followsTheNetworks() throws Exception {
    project.file("a/dense.mbnet", DENSE);
    project.file("a/gone.mbnet", DENSE.replace("Dense", "Gone"));
    Path file = project.classes.resolve("a/Dense.safetensors");
    Path gone = project.classes.resolve("a/Gone.safetensors");
    assertEquals(new RandomWeights.Outcome(2, List.of(file, gone), 0), write());
    assertEquals(new RandomWeights.Outcome(2, List.of(), 0), write());
    Files.delete(file);
    assertEquals(new RandomWeights.Outcome(2, List.of(file), 0), write());

    project.file("a/dense.mbnet", DENSE.replace("dense(2)", "dense(4)"));
    Files.delete(project.sources.resolve("a/gone.mbnet"));
    assertEquals(new RandomWeights.Outcome(1, List.of(file), 1), write());
    assertEquals(4, Safetensors.read(file).shape("y.weight")[0]);
    assertFalse(Files.exists(gone));
    project.file("a/dense.mbnet", "// The same weights.\n" + DENSE.replace("dense(2)", "dense(4)"));
    assertEquals(new RandomWeights.Outcome(1, List.of(), 0), write());
    project.file("a/dense.mbnet", DENSE);
    assertEquals(new RandomWeights.Outcome(1, List.of(file), 0), write());

    project.packageName = "b";
    Path moved = project.classes.resolve("b/Dense.safetensors");
    assertEquals(new RandomWeights.Outcome(1, List.of(moved), 1), write());
    assertFalse(Files.exists(file.getParent()));
  }

  @Test
  void leavesWhatAnybodyElseHasWritten() throws Exception {
    project.file("dense.mbnet", DENSE);
    project.file("tiny.mbnet", DENSE.replace("Dense", "Gone"));
    write();
    Path file = project.classes.resolve("Dense.safetensors");
    Path gone = project.classes.resolve("Gone.safetensors");
    Files.writeString(file, "trained");
    Files.writeString(gone, "trained, too");
    project.file("dense.mbnet", DENSE.replace("dense(2)", "dense(4)"));
    Files.delete(project.sources.resolve("tiny.mbnet"));
    assertEquals(new RandomWeights.Outcome(1, List.of(), 0), write());
    assertEquals(new RandomWeights.Outcome(1, List.of(), 0), write());
    assertEquals("trained", Files.readString(file));
    assertEquals("trained, too", Files.readString(gone));

    Files.delete(file);
    assertEquals(new RandomWeights.Outcome(1, List.of(file), 0), write());
  }

  /** The state of a run that ended between its files. */
  @Test
  void goesOnWhereARunEnded() throws Exception {
    project.file("dense.mbnet", DENSE);
    Path file = project.classes.resolve("Dense.safetensors");
    Path state = folder.resolve("target/state.json");
    write();
    State.read(state).dirty(Map.of("Other.safetensors", "0".repeat(64))).write(state);
    project.file("dense.mbnet", DENSE.replace("dense(2)", "dense(4)"));
    assertEquals(new RandomWeights.Outcome(1, List.of(file), 0), write());
    assertEquals(4, Safetensors.read(file).shape("y.weight")[0]);
  }

  @Test
  void foldersThatCannotBePackages() throws Exception {
    project.file("good/dense.mbnet", DENSE);
    project.file("my-nets/tiny.mbnet", TINY);
    assertEquals("1 error in my-nets/tiny.mbnet", mistake());
    assertEquals(
        List.of(
            "error: @my-nets/tiny.mbnet:[1,1] the folder's name cannot be a Java package; rename"
                + " it, or set `packageName`"),
        project.log);
    assertFalse(Files.exists(project.classes), "all or nothing");
  }

  @Test
  void refusesAPackageOutsideTheClasses() throws Exception {
    project.file("dense.mbnet", DENSE);
    Path outside = folder.resolve("outside");
    project.packageName = outside.toString();
    assertEquals("`packageName`: `" + outside + "` is no name for a Java package", mistake());
    assertFalse(Files.exists(outside));
    assertFalse(Files.exists(project.classes));
  }
}
