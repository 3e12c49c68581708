package dev.mbnet.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Does for tests what {@code generate} does for the module itself: the classes are compiled with
 * the tests and are not part of the jar. The files can also import the module's own.
 */
@Mojo(
    name = "generate-test",
    defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES,
    requiresDependencyResolution = ResolutionScope.TEST,
    threadSafe = true)
public final class GenerateTestMojo extends AbstractGenerateMojo {

  /**
   * The folders with {@code .mbnet} files; folders below them are packages. Unless given, {@code
   * src/test/mbnet}.
   */
  @Parameter(property = "mbnet.testSourceDirectories")
  private List<File> sourceDirectories;

  /** Where the classes are written to, a source root of the module's tests from then on. */
  @Parameter(
      property = "mbnet.testOutputDirectory",
      defaultValue = "${project.build.directory}/generated-test-sources/mbnet",
      required = true)
  private File outputDirectory;

  @Override
  List<File> sourceDirectories() {
    return sourceDirectories;
  }

  @Override
  String defaultSources() {
    return "src/test/mbnet";
  }

  @Override
  File outputDirectory() {
    return outputDirectory;
  }

  @Override
  Path classes() {
    return Path.of(project.getBuild().getTestOutputDirectory());
  }

  @Override
  void addSourceRoot(String folder) {
    project.addTestCompileSourceRoot(folder);
  }

  @Override
  void addResource(Resource resource) {
    project.addTestResource(resource);
  }

  @Override
  List<Path> dependencies() {
    List<Path> places = new ArrayList<>();
    File own = new File(project.getBuild().getOutputDirectory());
    if (own.isDirectory()) {
      places.add(own.toPath());
    }
    places.addAll(super.dependencies());
    return places;
  }
}
