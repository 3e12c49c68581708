package dev.mbnet.maven;

import static dev.mbnet.maven.Project.TINY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomWeightsTest {
  private static final String DENSE = "network Dense { input x: [1, 1, 3]  dense(2) }\n";

  @TempDir Path folder;
  private Project project;

  @BeforeEach
  void project() {
    project = new Project(folder);
  }

  private RandomWeights.Outcome write() throws Exception {
    return new RandomWeights(project.request(), project.classes, project.packageName, project)
        .run();
  }

  private String mistake() {
    return assertThrows(Mistake.class, this::write).getMessage();
  }

  @Test
  void liesBesideTheClassAndStays() throws Exception {
    project.file("a/b/dense.mbnet", DENSE);
    Path file = project.classes.resolve("a/b/Dense.safetensors");
    assertEquals(new RandomWeights.Outcome(1, List.of(file)), write());
    Files.writeString(file, "trained");
    assertEquals(new RandomWeights.Outcome(1, List.of()), write());
    assertEquals("trained", Files.readString(file));
    project.packageName = "c.d";
    Path other = project.classes.resolve("c/d/Dense.safetensors");
    assertEquals(new RandomWeights.Outcome(1, List.of(other)), write());
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
