package dev.mbnet.maven;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.weights.Imported;
import dev.mbnet.files.DiskTexts;
import dev.mbnet.files.ImportedFile;
import dev.mbnet.files.InputFile;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProjectHelper;

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
public final class ImportMojo extends MbnetMojo {

  /** The {@code .mbnet} file. */
  @Parameter(property = "mbnet.network", required = true)
  private File network;

  /** Which of the file's networks; the first unless given. */
  @Parameter(property = "mbnet.networkName")
  private String networkName;

  /**
   * Values for the networks' parameters, as for the goal {@code generate}: weights have to fit the
   * network that it generates.
   *
   * <pre>{@code
   * <parameters>
   *   <parameter>classes=12</parameter>
   * </parameters>
   * }</pre>
   */
  @Parameter(property = "mbnet.parameters")
  private List<String> parameters;

  /**
   * The model file; of a TensorFlow.js model its {@code model.json}, with the weights beside it.
   * Its layers are matched with the network's; shapes, strides, padding, norms and which layer
   * reads which must agree.
   */
  @Parameter(property = "mbnet.from", required = true)
  private File from;

  /** The safetensors file to write; folders are made. */
  @Parameter(property = "mbnet.to", required = true)
  private File to;

  /**
   * Attaches the file to the module as an artifact of the type {@code safetensors}, and its
   * checksum beside it: both are installed and deployed with the module, and the goal {@code
   * weights} of another takes them.
   */
  @Parameter(property = "mbnet.attach", defaultValue = "false")
  private boolean attach;

  /** The classifier of the attached artifact. */
  @Parameter(property = "mbnet.classifier", defaultValue = "weights")
  private String classifier;

  @Inject private MavenProjectHelper projectHelper;

  @Override
  String work() throws IOException, Mistake {
    Imported imported = ImportedFile.read(resolved(), from.toPath());
    if (!imported.isOk()) {
      imported.problems().forEach(getLog()::error);
      throw new Mistake(from + " does not fit " + network.getName());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    imported.weights().write(out);
    byte[] bytes = out.toByteArray();
    Path target = to.toPath();
    boolean written = Output.write(target, bytes);
    if (attach) {
      attach(bytes);
    }
    return (written ? "Wrote " : "Up to date: ") + target;
  }

  private void attach(byte[] bytes) throws IOException {
    Path checksum = ownFolder().resolve(to.getName() + ".sha256");
    Checksum.write(checksum, to.getName(), bytes);
    projectHelper.attachArtifact(project, "safetensors", classifier, to);
    projectHelper.attachArtifact(project, Checksum.TYPE, classifier, checksum.toFile());
  }

  private ResolvedNetwork resolved() throws IOException, Mistake {
    Path file = InputFile.of(network.toPath().toAbsolutePath(), "an .mbnet file");
    Model model = Model.of(file.getParent(), file);
    Settings settings = new Settings(Configured.list("parameters", parameters, List.of()));
    List<String> own = settings.of(model.syntax());
    settings.checkUsed(Sources.usual(project.getBasedir().toPath()));
    Compiler.Checked checked =
        model.explain(networkName, own, new DiskTexts(file, Dependencies.of(project)));
    List<Diagnostic> errors = checked.errors();
    errors.forEach(d -> getLog().error(Messages.text(d)));
    if (!errors.isEmpty()) {
      throw new Mistake(Messages.count(errors.size(), "error") + " in " + network.getName());
    }
    if (checked.networks().isEmpty()) {
      throw new Mistake(
          network
              + " has only blocks and families of networks; `networkName` takes a network that has"
              + " values for all its parameters");
    }
    return checked.networks().get(0);
  }
}
