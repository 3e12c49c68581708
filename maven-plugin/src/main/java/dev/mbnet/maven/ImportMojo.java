package dev.mbnet.maven;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.weights.OnnxImport;
import dev.mbnet.runtime.SafetensorsWriter;
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

/**
 * Converts the trained weights of a network from an ONNX file. Below {@code
 * ${project.build.outputDirectory}} they become part of the module's jar, and the generated class
 * reads them with {@code loadResource}.
 */
@Mojo(name = "import", defaultPhase = LifecyclePhase.PROCESS_RESOURCES, threadSafe = true)
public final class ImportMojo extends AbstractMojo {

  /** The {@code .mbnet} file. */
  @Parameter(required = true)
  private File network;

  /** Which of the file's networks; the first unless given. */
  @Parameter private String networkName;

  /**
   * The ONNX file. Its layers are matched with the network's in order; shapes, strides, padding and
   * epsilons must agree.
   */
  @Parameter(required = true)
  private File from;

  /** The safetensors file to write; folders are made. */
  @Parameter(required = true)
  private File to;

  /**
   * Takes layers of one shape in parallel stacks in the order in which the ONNX file has them.
   * Without it they are an error, because that order need not be the network's.
   */
  @Parameter(defaultValue = "false")
  private boolean trustOrder;

  /** Does nothing, and leaves an earlier file where it is. */
  @Parameter(property = "mbnet.skip", defaultValue = "false")
  private boolean skip;

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
    Graph graph = graph();
    OnnxImport.Result result =
        OnnxImport.read(graph, Files.readAllBytes(from.toPath()), trustOrder);
    if (!result.problems().isEmpty()) {
      result.problems().forEach(getLog()::error);
      throw new MojoFailureException(from + " does not fit " + network.getName());
    }
    Path target = to.toPath();
    boolean written = Output.write(target, bytes(graph, result));
    getLog().info((written ? "Wrote " : "Up to date: ") + target);
  }

  private static byte[] bytes(Graph graph, OnnxImport.Result result) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Node node : graph.nodes()) {
      for (Weight weight : node.weights()) {
        int[] shape = weight.dims().stream().mapToInt(Integer::intValue).toArray();
        writer.add(weight.name(), shape, result.tensors().get(weight.name()));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(bytes);
    return bytes.toByteArray();
  }

  private Graph graph() throws IOException, MojoFailureException {
    Model model = Model.of(network.toPath().toAbsolutePath().getParent(), network.toPath());
    Compiler.Checked checked = model.explain(networkName);
    for (Diagnostic d : checked.diagnostics()) {
      if (d.isError()) {
        getLog().error(Renderer.render(d).stripTrailing());
      }
    }
    if (checked.hasErrors()) {
      throw new MojoFailureException(Output.mistakes(checked.diagnostics(), network.getName()));
    }
    return Graph.of(checked.networks().get(0));
  }
}
