package dev.mbnet.maven;

import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.summary.Summary;
import dev.mbnet.compiler.summary.Table;
import java.util.List;
import java.util.Map;

/** The summaries of all networks of a module as one page. */
final class SummaryReport {
  private static final String TITLE = "Networks of ";

  private static final String STYLE =
      """
      body { font-family: sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; }
      table { border-collapse: collapse; margin-bottom: 1em; }
      th, td { padding: 0.2em 0.8em; text-align: left; border-bottom: 1px solid #ddd; }
      .number { text-align: right; font-variant-numeric: tabular-nums; }
      """;

  private SummaryReport() {}

  /**
   * In Markdown.
   *
   * @param depth how many words of layers' names make a row; 0 for the totals alone
   */
  static String markdown(String module, Map<Model, List<ResolvedNetwork>> networks, int depth) {
    StringBuilder out = new StringBuilder("# ").append(TITLE).append(module).append('\n');
    networks.forEach(
        (model, all) ->
            all.forEach(
                network -> {
                  out.append('\n').append(Table.markdown(Summary.of(network).folded(depth)));
                  out.append("\nFrom `").append(model.name()).append("`.\n");
                }));
    return out.toString();
  }

  /** In HTML that needs no other file; see {@link #markdown}. */
  static String html(String module, Map<Model, List<ResolvedNetwork>> networks, int depth) {
    String title = Table.escaped(TITLE + module);
    StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
    out.append("<meta charset=\"utf-8\">\n<title>").append(title).append("</title>\n");
    out.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    out.append("<h1>").append(title).append("</h1>\n");
    networks.forEach(
        (model, all) ->
            all.forEach(
                network -> {
                  out.append(Table.html(Summary.of(network).folded(depth)));
                  out.append("<p>From <code>").append(Table.escaped(model.name()));
                  out.append("</code>.</p>\n");
                }));
    return out.append("</body>\n</html>\n").toString();
  }
}
