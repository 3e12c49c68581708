package dev.mbnet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Writes a report of the module's networks: stages with their outputs, parameters, multiply-adds
 * and memory, as {@code mbnet summary} counts them. It is a page {@code mbnet/summary.html} of the
 * module's site, and {@code mbnet/summary.md} beside it; a site links it in its {@code site.xml}:
 *
 * <pre>{@code
 * <menu name="Networks">
 *   <item name="Summary" href="mbnet/summary.html"/>
 * </menu>
 * }</pre>
 */
@Mojo(
    name = "summary",
    defaultPhase = LifecyclePhase.PRE_SITE,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class SummaryMojo extends MainModelsMojo {

  /** The folder that the report is written to. */
  @Parameter(
      property = "mbnet.summaryDirectory",
      defaultValue = "${project.reporting.outputDirectory}/mbnet",
      required = true)
  private File summaryDirectory;

  /**
   * How detailed the tables are: 1 has a row for each statement of a network, 0 only the totals;
   * more go down to the layers.
   */
  @Parameter(property = "mbnet.depth", defaultValue = "1")
  private int depth;

  @Override
  String run(Request request, Messages messages) throws IOException, Mistake {
    if (depth < 0) {
      throw new Mistake("`depth` takes a number of at least 0, not " + depth);
    }
    Checked checked = Checked.of(request, messages);
    Path page = summaryDirectory.toPath().resolve("summary.html");
    write(page, SummaryReport.html(project.getName(), checked.networks(), depth));
    write(
        page.resolveSibling("summary.md"),
        SummaryReport.markdown(project.getName(), checked.networks(), depth));
    int networks = checked.networks().values().stream().mapToInt(List::size).sum();
    return "Summary of " + Messages.count(networks, "network") + ": " + page;
  }

  private static void write(Path file, String text) throws IOException {
    Output.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
