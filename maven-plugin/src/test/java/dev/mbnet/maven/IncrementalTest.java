package dev.mbnet.maven;

import static dev.mbnet.maven.Project.TINY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a second run does. */
class IncrementalTest {
  @TempDir Path folder;
  private Project project;

  @BeforeEach
  void project() throws Exception {
    project = new Project(folder);
    project.file("a/blocks.mbnet", "block stem(c) { conv(k=1, c=c) }\n");
    project.file(
        "a/net.mbnet",
        "import \"blocks.mbnet\"\n"
            + "network Net(c = 8) { input x: [4, 4, 3] stem(c) gap labels \"l.txt\" }\n");
    project.file("a/l.txt", "1\n2\n3\n4\n5\n6\n7\n8\n");
    project.file("tiny.mbnet", TINY);
    assertEquals("Tiny.java a/Net.java", project.summary());
    assertEquals("up to date", project.summary());
  }

  @Test
  void writesOnlyWhatHasChanged() throws Exception {
    project.file("tiny.mbnet", TINY.replace("gap", "relu"));
    assertEquals("Tiny.java", project.summary());
    project.file("tiny.mbnet", "// A comment.\n" + TINY.replace("gap", "relu"));
    assertEquals("Tiny.java", project.summary(), "the class names lines");
    project.file("tiny.mbnet", "// A comment!\n" + TINY.replace("gap", "relu"));
    assertEquals("", project.summary());
    assertEquals("up to date", project.summary());
  }

  @Test
  void seesImportsAndLabels() throws Exception {
    project.file("a/blocks.mbnet", "block stem(c) { conv(k=3, c=c, pad=same) }\n");
    assertEquals("a/Net.java", project.summary());
    project.file("a/l.txt", "one\ntwo\n3\n4\n5\n6\n7\n8\n");
    assertEquals("a/Net.java", project.summary());
    Files.delete(project.sources.resolve("a/l.txt"));
    assertEquals("1 error in a/net.mbnet", project.mistake());
  }

  @Test
  void seesParametersAndPlugin() throws Exception {
    project.plugin = "1.1";
    assertEquals("", project.summary());
    project.parameters = List.of("c=8");
    assertEquals("", project.summary());
    project.fatalWarnings = true;
    assertEquals("", project.summary());
    assertEquals("up to date", project.summary());
  }

  @Test
  void restoresWhatIsGoneOrEdited() throws Exception {
    Path tiny = project.target.resolve("Tiny.java");
    Files.delete(tiny);
    assertEquals("Tiny.java", project.summary());
    Files.writeString(tiny, "edited", java.nio.file.StandardOpenOption.APPEND);
    assertEquals("Tiny.java", project.summary());
  }

  @Test
  void deletesWhatItWroteOfModelsThatAreGone() throws Exception {
    for (String name : List.of("Tiny.class", "Tiny$PlainSession.class", "TinyToo.class")) {
      Files.createDirectories(project.classes);
      Files.writeString(project.classes.resolve(name), "");
    }
    Files.copy(project.sources.resolve("tiny.mbnet"), project.classes.resolve("tiny.mbnet"));
    Files.writeString(project.target.resolve("Mine.java"), "class Mine {}\n");
    assertEquals(" - Tiny.java; [TinyToo.class]; [Mine.java, a]", withoutTiny());
  }

  @Test
  void leavesWhatAnybodyElseHasWritten() throws Exception {
    Files.createDirectories(project.classes);
    Files.writeString(project.classes.resolve("tiny.mbnet"), "another");
    Files.writeString(project.target.resolve("Tiny.java"), "class Tiny {}\n");
    assertEquals("; [tiny.mbnet]; [Tiny.java, a]", withoutTiny());
  }

  /** What is done once the model is gone; what is left of classes, and of generated sources. */
  private String withoutTiny() throws Exception {
    Files.delete(project.sources.resolve("tiny.mbnet"));
    return project.summary() + "; " + names(project.classes) + "; " + names(project.target);
  }

  @Test
  void codeWithVectorsComesAndGoes() throws Exception {
    Files.delete(project.sources.resolve("a/net.mbnet"));
    project.backends = Backends.PLAIN_AND_VECTOR;
    assertEquals("Tiny.java TinyAvx2Vectors.java TinyVectors.java - a/Net.java", project.summary());
    project.backends = Backends.PLAIN;
    assertEquals("Tiny.java - TinyAvx2Vectors.java TinyVectors.java", project.summary());
  }

  @Test
  void mistakesLeaveEverythingAsItWas() throws Exception {
    String before = Files.readString(project.target.resolve("Tiny.java"));
    project.file("tiny.mbnet", TINY.replace("gap", "relu"));
    project.file("a/net.mbnet", "network Net { input x: [4, 4, 3] gab }\n");
    assertEquals("1 error in a/net.mbnet", project.mistake());
    assertEquals(before, Files.readString(project.target.resolve("Tiny.java")));
    assertTrue(Files.exists(project.target.resolve("a/Net.java")));
  }

  @Test
  void filesThatCannotBeWrittenLeaveNoHalves() throws Exception {
    Path tiny = project.target.resolve("Tiny.java");
    Files.delete(tiny);
    Files.createDirectories(tiny.resolve("a folder in the way"));
    project.file("tiny.mbnet", TINY.replace("gap", "relu"));
    assertThrows(IOException.class, project::generate);
    assertEquals(List.of("Tiny.java", "a"), names(project.target));
    Files.delete(tiny.resolve("a folder in the way"));
    Files.delete(tiny);
    assertEquals("Tiny.java", project.summary());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"options\": 3, \"models\": []}"})
  void damagedStatesAreAsNone(String text) throws Exception {
    Files.writeString(folder.resolve("target/state.json"), text);
    assertEquals("", project.summary());
    assertEquals("up to date", project.summary());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
