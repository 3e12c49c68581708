package dev.mbnet.maven;

import java.io.File;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Writes a Java class for every network in the {@code .mbnet} files of the module and has it
 * compiled with the module's own classes. The module needs {@code dev.mbnet:mbnet-runtime} as a
 * dependency. What a file imports lies beside it, or in one of the module's dependencies.
 *
 * <p>Nothing is done unless a file, something that files import, a parameter or the plugin's
 * version has changed since the last run. Classes whose networks are gone are deleted.
 */
@Mojo(
    name = "generate",
    defaultPhase = LifecyclePhase.GENERATE_SOURCES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class GenerateMojo extends AbstractGenerateMojo {

  /**
   * The folders with {@code .mbnet} files; folders below them are packages. Unless given, {@code
   * src/main/mbnet}.
   */
  @Parameter(property = "mbnet.sourceDirectories")
  private List<File> sourceDirectories;

  /** Where the classes are written to, a source root of the module from then on. */
  @Parameter(
      property = "mbnet.outputDirectory",
      defaultValue = "${project.build.directory}/generated-sources/mbnet",
      required = true)
  private File outputDirectory;

  @Override
  List<File> sourceDirectories() {
    return sourceDirectories;
  }

  @Override
  File outputDirectory() {
    return outputDirectory;
  }

  @Override
  void addSourceRoot(String folder) {
    project.addCompileSourceRoot(folder);
  }

  @Override
  void addResource(Resource resource) {
    project.addResource(resource);
  }
}
