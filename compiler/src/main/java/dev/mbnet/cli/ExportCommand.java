package dev.mbnet.cli;

import dev.mbnet.compiler.export.OnnxModel;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.files.WholeFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = {
      "Writes a network with its weights as an ONNX file, operator set 17, for other engines.",
      "The input is float32 [n][c][h][w], prepared as the network declares; outputs have the same"
          + " order, and those of one pixel are [n][c]. Inputs, outputs, operations and weights keep"
          + " their names. The doc comment, the labels and the preparation of pictures go along as"
          + " the model's description and metadata."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelFile model;

  @Option(
      names = "--weights",
      paramLabel = "W.safetensors",
      description =
          "the trained weights; unless given, the file of the .mbnet file's or of the network's name"
              + " beside the .mbnet file or in what its Maven module has built")
  private Path weights;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "MODEL.onnx",
      required = true,
      description = "the ONNX file to write")
  private Path output;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "fixes the number of images in a run, as some converters demand; unless given, a run takes"
              + " any number")
  private Integer batch;

  @Override
  public Integer call() throws Exception {
    if (batch != null && batch < 1) {
      throw new ParameterException(spec.commandLine(), "--batch takes a number of at least 1");
    }
    ResolvedNetwork network = model.one(spec.commandLine().getErr());
    long bytes = OnnxModel.bytes(Graph.of(network));
    if (bytes > OnnxModel.MOST_BYTES) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "mbnet: the weights of network `%s` take %,d bytes, and an ONNX file has room for %,d;"
                  + " split the network or make it smaller",
              network.name(),
              bytes,
              OnnxModel.MOST_BYTES));
    }
    WholeFile.check(output);
    Path file = WeightsFile.of(model.path(), network.name(), weights);
    int images = batch == null ? OnnxModel.ANY_BATCH : batch;
    OnnxModel onnx = OnnxModel.of(network, WeightsFile.read(file), images);
    WholeFile.write(output, onnx::write);
    spec.commandLine()
        .getOut()
        .println(network.name() + ", " + onnx.operations() + " operations: " + output);
    return 0;
  }
}
