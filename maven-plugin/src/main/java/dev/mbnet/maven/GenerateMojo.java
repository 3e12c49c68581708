package dev.mbnet.maven;

import dev.mbnet.compiler.Backends;
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

  /**
   * What to generate. {@code plain} writes a class {@code Name} for each network, which runs on any
   * Java from 17 on. {@code plain,vector} also writes {@code NameVectors} beside it, which computes
   * with {@code jdk.incubator.vector}, several times as fast; {@code Name} moves to it by itself.
   * Plain code is always part.
   *
   * <p>Vectors are a module of the JDK that has to be asked for twice. Of javac, or it does not
   * find the package {@code jdk.incubator.vector}:
   *
   * <pre>{@code
   * <plugin>
   *   <artifactId>maven-compiler-plugin</artifactId>
   *   <configuration>
   *     <compilerArgs>
   *       <arg>--add-modules</arg>
   *       <arg>jdk.incubator.vector</arg>
   *     </compilerArgs>
   *   </configuration>
   * </plugin>
   * }</pre>
   *
   * <p>And of Java when the application runs: {@code java --add-modules jdk.incubator.vector ...}.
   * Without it the plain code runs, and the logger {@code dev.mbnet} says so once.
   *
   * <p>Going back to {@code plain} deletes {@code NameVectors.java}.
   */
  @Parameter(property = "mbnet.backends", defaultValue = "plain")
  private String backends;

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
    Backends kinds;
    try {
      kinds = Backends.parse(backends);
    } catch (IllegalArgumentException e) {
      throw new MojoFailureException("`backends`: " + e.getMessage());
    }
    Generator.Outcome outcome;
    try {
      outcome = generator(kinds).run();
    } catch (IOException e) {
      throw new MojoExecutionException("Networks cannot be compiled: " + e, e);
    }
    if (!outcome.mistakes().isEmpty()) {
      throw new MojoFailureException(String.join(", ", outcome.mistakes()));
    }
    for (Path file : outcome.written()) {
      getLog().info("Wrote " + outputDirectory.toPath().relativize(file));
    }
    for (Path file : outcome.deleted()) {
      getLog().info("Deleted " + outputDirectory.toPath().relativize(file));
    }
    if (outcome.written().isEmpty() && outcome.deleted().isEmpty()) {
      getLog().info(outcome.models() == 0 ? "No networks" : "All networks are up to date");
    }
  }

  private Generator generator(Backends kinds) {
    return new Generator(
        sourceDirectory.toPath(),
        outputDirectory.toPath(),
        packageName,
        kinds,
        Dependencies.of(project),
        text -> getLog().error(text.stripTrailing()),
        text -> getLog().warn(text.stripTrailing()));
  }
}
