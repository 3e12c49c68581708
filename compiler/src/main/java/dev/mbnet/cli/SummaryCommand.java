package dev.mbnet.cli;

import com.google.gson.GsonBuilder;
import dev.mbnet.compiler.summary.Summary;
import dev.mbnet.compiler.summary.Table;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "summary",
    description = {
      "Shows a network's stages with their outputs, parameters, multiply-adds (MACs) and memory,"
          + " and the share of each in per cent.",
      "",
      "A row's live bytes are the most bytes of float activations that have to be kept at once while"
          + " it is computed: what it reads, what it makes and what later layers still wait for."
          + " Their share is that of the peak. What does no work of its own, such as dropout, has"
          + " none.",
      ""
    },
    mixinStandardHelpOptions = true)
final class SummaryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelFile model;
  @ArgGroup private Form form = new Form();
  @ArgGroup private Rows rows = new Rows();

  /** What is printed. */
  private static final class Form {
    @Option(names = "--json", description = "prints one JSON object; a row for each layer")
    private boolean json;

    @Option(names = "--markdown", description = "prints tables in Markdown")
    private boolean markdown;
  }

  /** How many rows. */
  private static final class Rows {
    @Option(
        names = "--depth",
        paramLabel = "N",
        description =
            "1, unless given, has a row for each statement, 0 only the totals; more go down to the"
                + " layers")
    private Integer depth;

    @Option(names = "--layers", description = "a row for each layer")
    private boolean layers;
  }

  @Override
  public Integer call() throws Exception {
    Summary whole = Summary.of(model.one(spec.commandLine().getErr()));
    boolean all = rows.layers || form.json && rows.depth == null;
    Summary summary = all ? whole : whole.folded(rows.depth == null ? 1 : rows.depth);
    PrintWriter out = spec.commandLine().getOut();
    if (form.json) {
      out.println(
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(summary));
    } else {
      out.print(form.markdown ? Table.markdown(summary) : Table.text(summary));
    }
    out.flush();
    return 0;
  }
}
