package dev.mbnet.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How goals end. */
class MbnetMojoTest {
  @TempDir Path folder;

  /** A goal that comes to that end. */
  private static MbnetMojo ending(IOException checked, RuntimeException unchecked) {
    return new MbnetMojo() {
      @Override
      String work() throws IOException {
        if (checked != null) {
          throw checked;
        }
        throw unchecked;
      }
    };
  }

  @Test
  void errorsAboutFilesAreMistakes() {
    AccessDeniedException denied = new AccessDeniedException("a/b");
    for (MbnetMojo mojo :
        List.of(ending(denied, null), ending(null, new UncheckedIOException(denied)))) {
      MojoFailureException e = assertThrows(MojoFailureException.class, mojo::execute);
      assertEquals("no permission for a/b", e.getMessage());
      assertSame(null, e.getCause(), "a cause is a stack trace");
    }
    IOException wordless = new IOException();
    Throwable e =
        assertThrows(MojoExecutionException.class, () -> ending(wordless, null).execute());
    assertSame(wordless, e.getCause());
  }

  private SummaryMojo summary() throws Exception {
    SummaryMojo mojo = new SummaryMojo();
    mojo.project = new MavenProject();
    mojo.project.setFile(folder.resolve("pom.xml").toFile());
    mojo.project.setBuild(new Build());
    Files.createDirectories(folder.resolve("src/main/mbnet"));
    Files.writeString(folder.resolve("src/main/mbnet/tiny.mbnet"), Project.TINY);
    Fields.set(mojo, "summaryDirectory", folder.resolve("site").toFile());
    return mojo;
  }

  @Test
  void filesInPlaceOfFolders() throws Exception {
    Files.writeString(folder.resolve("site"), "mine");
    assertEquals(
        folder.resolve("site") + " is a file; a folder is wanted there",
        assertThrows(MojoFailureException.class, summary()::execute).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sourceDirectories", "includes", "excludes", "parameters"})
  void listsWithEmptyElements(String name) throws Exception {
    SummaryMojo mojo = summary();
    Object full = name.equals("sourceDirectories") ? new File("a") : "a=b";
    Fields.set(mojo, name, Arrays.asList(full, null));
    assertEquals(
        "`" + name + "` has an empty element; fill it in or take it out",
        assertThrows(MojoFailureException.class, mojo::execute).getMessage());
  }
}
