package dev.mbnet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.lang.model.SourceVersion;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

/**
 * Writes a Java class for every network in the {@code .mbnet} files of the module and has it
 * compiled with the module's own classes. The module needs {@code dev.mbnet:mbnet-runtime} as a
 * dependency. What a file imports lies beside it, or in one of the module's dependencies.
 */
@Mojo(
    name = "generate",
    defaultPhase = LifecyclePhase.GENERATE_SOURCES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class GenerateMojo extends AbstractMojo {

  /** The folder with the {@code .mbnet} files; folders below it are packages. */
  @Parameter(defaultValue = "${project.basedir}/src/main/mbnet", required = true)
  private File sourceDirectory;

  /** Where the classes are written to, a source root of the module from then on. */
  @Parameter(defaultValue = "${project.build.directory}/generated-sources/mbnet", required = true)
  private File outputDirectory;

  /**
   * The package of all classes. Unless given it is the folder's: the networks of {@code
   * src/main/mbnet/com/example/mobile.mbnet} go to {@code com.example}.
   */
  @Parameter private String packageName;

  /** Does nothing, and leaves earlier classes where they are. */
  @Parameter(property = "mbnet.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    // Even without a class, so that a module with `skip` compiles against those it has.
    project.addCompileSourceRoot(outputDirectory.getPath());
    if (skip) {
      getLog().info("Skipped");
      return;
    }
    if (packageName != null && !SourceVersion.isName(packageName, SourceVersion.RELEASE_17)) {
      throw new MojoFailureException("`" + packageName + "` is no name for a Java package");
    }
    Generator.Outcome outcome;
    try {
      outcome = generator().run();
    } catch (IOException e) {
      throw new MojoExecutionException("Networks cannot be compiled: " + e, e);
    }
    if (!outcome.mistakes().isEmpty()) {
      throw new MojoFailureException(String.join(", ", outcome.mistakes()));
    }
    for (Path file : outcome.written()) {
      getLog().info("Wrote " + outputDirectory.toPath().relativize(file));
    }
    if (outcome.written().isEmpty()) {
      getLog().info(outcome.models() == 0 ? "No networks" : "All networks are up to date");
    }
  }

  private Generator generator() {
    return new Generator(
        sourceDirectory.toPath(),
        outputDirectory.toPath(),
        packageName,
        Dependencies.of(project),
        text -> getLog().error(text.stripTrailing()),
        text -> getLog().warn(text.stripTrailing()));
  }
}
