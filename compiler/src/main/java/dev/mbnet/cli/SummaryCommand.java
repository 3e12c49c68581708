package dev.mbnet.cli;

import com.google.gson.GsonBuilder;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.summary.HtmlPage;
import dev.mbnet.compiler.summary.Summary;
import dev.mbnet.compiler.summary.Table;
import dev.mbnet.files.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Option(
        names = "--html",
        paramLabel = "FILE",
        description =
            "writes a page for a browser that draws the network, with stages to unfold, a search and"
                + " the source; all of it is in the one file")
    private Path html;
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
    if (rows.depth != null && rows.depth < 0) {
      throw new ParameterException(spec.commandLine(), "--depth takes a number of at least 0");
    }
    ResolvedNetwork network = model.one(spec.commandLine().getErr());
    if (form.html != null) {
      page(network);
      return 0;
    }
    Summary whole = Summary.of(network);
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

  private void page(ResolvedNetwork network) throws IOException {
    int depth = rows.layers ? Integer.MAX_VALUE : rows.depth == null ? 1 : rows.depth;
    byte[] page = HtmlPage.of(network, depth).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(form.html, page);
    spec.commandLine().getOut().println(network.name() + ": " + form.html);
  }
}
