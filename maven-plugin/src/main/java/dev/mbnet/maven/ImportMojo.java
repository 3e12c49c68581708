package dev.mbnet.maven;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.weights.Imported;
import dev.mbnet.compiler.weights.Importer;
import dev.mbnet.files.FilesBeside;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;

/**
 * Converts the trained weights of a network from a model file: ONNX, LiteRT (TFLite) or
 * TensorFlow.js. Below {@code ${project.build.outputDirectory}} they become part of the module's
 * jar, and the generated class reads them with {@code loadResource}.
 */
@Mojo(
    name = "import",
    defaultPhase = LifecyclePhase.PROCESS_RESOURCES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class ImportMojo extends AbstractMojo {

  /** The {@code .mbnet} file. */
  @Parameter(required = true)
  private File network;

  /** Which of the file's networks; the first unless given. */
  @Parameter private String networkName;

  /**
   * The model file; of a TensorFlow.js model its {@code model.json}, with the weights beside it.
   * Its layers are matched with the network's; shapes, strides, padding, norms and which layer
   * reads which must agree.
   */
  @Parameter(required = true)
  private File from;

  /** The safetensors file to write; folders are made. */
  @Parameter(required = true)
  private File to;

  /** Does nothing, and leaves an earlier file where it is. */
  @Parameter(property = "mbnet.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("Skipped");
      return;
    }
    try {
      importWeights();
    } catch (NoSuchFileException e) {
      throw new MojoFailureException("No such file: " + e.getMessage());
    } catch (IOException e) {
      throw new MojoExecutionException("Weights cannot be imported: " + e, e);
    }
  }

  private void importWeights() throws IOException, MojoFailureException {
    Imported imported =
        Importer.read(
            resolved(), Files.readAllBytes(from.toPath()), new FilesBeside(from.toPath()));
    if (!imported.isOk()) {
      imported.problems().forEach(getLog()::error);
      throw new MojoFailureException(from + " does not fit " + network.getName());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    imported.weights().write(bytes);
    Path target = to.toPath();
    boolean written = Output.write(target, bytes.toByteArray());
    getLog().info((written ? "Wrote " : "Up to date: ") + target);
  }

  private ResolvedNetwork resolved() throws IOException, MojoFailureException {
    Model model =
        Model.of(
            network.toPath().toAbsolutePath().getParent(),
            network.toPath(),
            Dependencies.of(project));
    Compiler.Checked checked = model.explain(networkName);
    for (Diagnostic d : checked.diagnostics()) {
      if (d.isError()) {
        getLog().error(Renderer.render(d).stripTrailing());
      }
    }
    if (checked.hasErrors()) {
      throw new MojoFailureException(Output.mistakes(checked.diagnostics(), network.getName()));
    }
    return checked.networks().get(0);
  }
}
