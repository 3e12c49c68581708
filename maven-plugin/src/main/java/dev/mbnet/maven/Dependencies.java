package dev.mbnet.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/** Where imports are looked for that do not lie beside their file. */
final class Dependencies {

  private Dependencies() {}

  /** The jars of a module's dependencies; folders of classes for modules of the same build. */
  static List<Path> of(MavenProject project) {
    return project.getArtifacts().stream()
        .map(Artifact::getFile)
        .filter(Objects::nonNull)
        .filter(File::exists)
        .map(File::toPath)
        .toList();
  }
}
