package dev.mbnet.cli;

import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.weights.Imported;
import dev.mbnet.files.ImportedFile;
import dev.mbnet.files.WholeFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description = {
      "Takes a network's weights from a model of another format, which its content tells: ONNX,"
          + " LiteRT (TFLite) or the model.json of TensorFlow.js, layers or graph, with its files"
          + " of weights beside it.",
      "Layers are matched in order, by shape and by what they read. What the file says of strides,"
          + " padding, groups, norms and of which layer reads which must agree with the network;"
          + " activations and pooling are not compared."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelFile model;

  @Option(names = "--from", paramLabel = "MODEL", required = true, description = "the model file")
  private Path from;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "W.safetensors",
      required = true,
      description = "the weights file to write")
  private Path output;

  @Option(names = "--verbose", description = "a line for each layer: what it was given")
  private boolean verbose;

  @Override
  public Integer call() throws Exception {
    ResolvedNetwork network = model.one(spec.commandLine().getErr());
    WholeFile.check(output);
    Imported imported = ImportedFile.read(network, from);
    if (!imported.isOk()) {
      throw new UserError("mbnet: " + from + message(imported.problems(), network.name()));
    }
    WholeFile.write(output, imported.weights()::write);
    PrintWriter out = spec.commandLine().getOut();
    if (verbose) {
      int wide = imported.matches().stream().mapToInt(m -> m.layer().length()).max().orElse(1);
      imported
          .matches()
          .forEach(m -> out.printf("%-" + wide + "s  <-  %s%n", m.layer(), m.source()));
    }
    int layers = imported.matches().size();
    out.println(
        layers
            + (layers == 1 ? " layer, " : " layers, ")
            + imported.values()
            + " values: "
            + output);
    return 0;
  }

  private static String message(List<String> problems, String network) {
    return problems.size() == 1
        ? ": " + problems.get(0)
        : " does not fit the network `%s`: %d problems\n  ".formatted(network, problems.size())
            + String.join("\n  ", problems);
  }
}
