package dev.mbnet.maven;

import dev.mbnet.files.FileErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What all goals have in common. */
abstract class MbnetMojo extends AbstractMojo {

  /** Does nothing, and leaves what earlier runs have made where it is. */
  @Parameter(property = "mbnet.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  protected MavenProject project;

  /** What happens where the goal is skipped, too. */
  void prepare() {}

  /** Does the work and returns a line that sums it up. */
  abstract String work() throws IOException, Mistake;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    prepare();
    if (skip) {
      getLog().info("Skipped");
      return;
    }
    try {
      getLog().info(work());
    } catch (Mistake e) {
      throw new MojoFailureException(e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      Optional<String> message = FileErrors.message(e);
      if (message.isEmpty()) {
        throw new MojoExecutionException("Reading or writing failed: " + e, e);
      }
      throw new MojoFailureException(message.get());
    }
  }

  /** Where class files and resources go. */
  Path classes() {
    return Path.of(project.getBuild().getOutputDirectory());
  }

  /** Where the plugin keeps files of its own. */
  Path ownFolder() {
    return Path.of(project.getBuild().getDirectory()).resolve("mbnet-maven-plugin");
  }
}
