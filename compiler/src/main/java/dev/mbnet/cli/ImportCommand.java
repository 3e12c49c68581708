package dev.mbnet.cli;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.weights.OnnxImport;
import dev.mbnet.runtime.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description = {
      "Takes a network's weights from an ONNX file.",
      "Layers are matched in order; shapes, strides, padding and epsilons must agree."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  private static final long LARGEST = 1L << 30;

  @Spec private CommandSpec spec;
  @Mixin private ModelFile model;

  @Option(
      names = "--from",
      paramLabel = "MODEL.onnx",
      required = true,
      description = "the file that holds the weights")
  private Path from;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "W.safetensors",
      required = true,
      description = "the file to write")
  private Path output;

  @Option(
      names = "--trust-order",
      description = "takes layers of one shape in parallel stacks in the file's order")
  private boolean trustOrder;

  @Option(
      names = {"-v", "--verbose"},
      description = "prints a line for each layer that was matched")
  private boolean verbose;

  @Override
  public Integer call() throws IOException {
    ResolvedNetwork network = model.one(spec.commandLine().getErr());
    if (Files.size(from) > LARGEST) {
      throw new UserError(
          "mbnet: " + from + " has " + Files.size(from) + " bytes; the limit is 1 GiB");
    }
    Graph graph = Graph.of(network);
    OnnxImport.Result result = OnnxImport.read(graph, Files.readAllBytes(from), trustOrder);
    if (!result.problems().isEmpty()) {
      throw new UserError(
          "mbnet: "
              + from
              + " does not fit the network `"
              + network.name()
              + "`:\n  "
              + String.join("\n  ", result.problems()));
    }
    SafetensorsWriter writer = new SafetensorsWriter();
    long values = 0;
    for (Node node : graph.nodes()) {
      for (Weight weight : node.weights()) {
        int[] shape = weight.dims().stream().mapToInt(Integer::intValue).toArray();
        writer.add(weight.name(), shape, result.tensors().get(weight.name()));
        values += weight.elements();
      }
    }
    writer.write(output);
    if (verbose) {
      result.matches().forEach(spec.commandLine().getOut()::println);
    }
    spec.commandLine()
        .getOut()
        .printf("%d layers, %,d values: %s%n", result.matches().size(), values, output);
    return 0;
  }
}
