package dev.mbnet.cli;

import com.google.gson.GsonBuilder;
import dev.mbnet.compiler.summary.Summary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "summary",
    description = "Shows a network's stages, shapes, parameters and multiply-adds.",
    mixinStandardHelpOptions = true)
final class SummaryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelFile model;

  @Option(names = "--json", description = "prints one JSON object")
  private boolean json;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "1",
      description = "1 has a row for each statement, 0 none, more go down to the layers")
  private int depth;

  @Option(names = "--layers", description = "a row for each layer instead of each stage")
  private boolean layers;

  @Override
  public Integer call() throws Exception {
    Summary summary = Summary.of(model.one(spec.commandLine().getErr()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(summary));
    } else {
      print(summary, out);
    }
    return 0;
  }

  private void print(Summary summary, PrintWriter out) {
    List<Summary.Layer> rows = layers ? summary.layers() : stages(summary.layers(), depth);
    int wide = "layer".length();
    int wideOp = "operator".length();
    for (Summary.Layer row : rows) {
      wide = Math.max(wide, row.name().length());
      wideOp = Math.max(wideOp, row.op().length());
    }
    String format = "%-" + wide + "s  %-" + wideOp + "s  %13s  %12s  %15s%n";
    out.print(summary.network() + "\n\n");
    String ops = layers ? "operator" : "layers";
    out.printf(
        Locale.ROOT, format, layers ? "layer" : "stage", ops, "output", "parameters", "MACs");
    (depth == 0 && !layers ? List.<Summary.Tensor>of() : summary.inputs())
        .forEach(i -> out.printf(format, i.name(), "", shape(i.shape()), "", ""));
    for (Summary.Layer row : rows) {
      out.printf(
          format,
          row.name(),
          row.op(),
          shape(row.output()),
          number(row.parameters()),
          number(row.macs()));
    }
    out.println();
    line(out, "parameters", summary.parameters(), "trainable");
    line(
        out,
        "",
        summary.parameters() + summary.batchNormStatistics(),
        "with batch norm statistics");
    line(out, "", summary.foldedParameters(), "with norms folded, as stored at run time");
    line(out, "", summary.parametersWithoutBatchNorm(), "without batch norm");
    line(out, "MACs", summary.macs(), "multiply-adds of convolutions and dense layers");
    line(out, "", summary.squeezeExciteMacs(), "of these in squeeze-excites");
    line(out, "memory", summary.peakActivationBytes(), "bytes of activations at the peak");
    out.flush();
  }

  /** The layers whose paths begin with the same {@code depth} names as one row. */
  private static List<Summary.Layer> stages(List<Summary.Layer> layers, int depth) {
    if (depth <= 0) {
      return List.of();
    }
    Map<String, List<Summary.Layer>> stages = new LinkedHashMap<>();
    for (Summary.Layer layer : layers) {
      String[] path = layer.name().split("\\.");
      String stage = String.join(".", Arrays.asList(path).subList(0, Math.min(depth, path.length)));
      stages.computeIfAbsent(stage, s -> new ArrayList<>()).add(layer);
    }
    List<Summary.Layer> rows = new ArrayList<>();
    stages.forEach(
        (stage, all) ->
            rows.add(
                new Summary.Layer(
                    stage,
                    all.size() == 1 ? all.get(0).op() : Integer.toString(all.size()),
                    all.get(all.size() - 1).output(),
                    all.stream().mapToLong(Summary.Layer::parameters).sum(),
                    all.stream().mapToLong(Summary.Layer::macs).sum())));
    return rows;
  }

  private static void line(PrintWriter out, String name, long value, String what) {
    out.printf(Locale.ROOT, "%-10s %,15d  %s%n", name, value, what);
  }

  private static String shape(List<Integer> shape) {
    return shape.get(0) + "x" + shape.get(1) + "x" + shape.get(2);
  }

  private static String number(long value) {
    return value == 0 ? "" : String.format(Locale.ROOT, "%,d", value);
  }
}
