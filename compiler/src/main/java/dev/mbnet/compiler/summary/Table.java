package dev.mbnet.compiler.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A summary for people: a row for each stage or layer, then the totals, each with its meaning. */
public final class Table {
  private static final List<String> HEADER =
      List.of("name", "what", "output", "parameters", "%", "MACs", "%", "live bytes", "%");

  /** The columns of words, which begin at the left; the others end at the right. */
  private static final int WORDS = 2;

  private record Total(String name, long value, String meaning) {}

  private final Summary summary;

  private Table(Summary summary) {
    this.summary = summary;
  }

  /** With blanks between columns, for a terminal. */
  public static String text(Summary summary) {
    return new Table(summary).text();
  }

  /** As a section of Markdown. */
  public static String markdown(Summary summary) {
    return new Table(summary).markdown();
  }

  /** As a section of HTML, whose id is the network's name. */
  public static String html(Summary summary) {
    return new Table(summary).html();
  }

  private String text() {
    List<List<String>> rows = rows();
    StringBuilder out = new StringBuilder(summary.network()).append("\n\n");
    if (!rows.isEmpty()) {
      rows.add(0, HEADER);
      lines(rows, WORDS).forEach(line -> out.append(line).append('\n'));
      out.append('\n');
    }
    for (Total total : totals()) {
      out.append(
          String.format(
              Locale.ROOT, "%-10s %,15d  %s%n", total.name(), total.value(), total.meaning()));
    }
    return out.toString().replace("\r", "");
  }

  /**
   * Rows with blanks between their columns; a column without words takes no room.
   *
   * @param left how many columns begin at the left; the others end at the right
   */
  static List<String> lines(List<List<String>> rows, int left) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String blanks = " ".repeat(widths[i] - row.get(i).length());
        line.append(i < left ? row.get(i) + blanks : blanks + row.get(i));
        line.append(widths[i] == 0 ? "" : "  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private String markdown() {
    StringBuilder out = new StringBuilder("## ").append(summary.network()).append("\n\n");
    List<List<String>> rows = rows();
    if (!rows.isEmpty()) {
      line(out, HEADER);
      out.append("|---|---|").append("--:|".repeat(HEADER.size() - WORDS)).append('\n');
      rows.forEach(row -> line(out, row));
      out.append('\n');
    }
    out.append("| total | | |\n|---|--:|---|\n");
    for (Total t : totals()) {
      line(out, List.of(t.name(), number(t.value()), t.meaning()));
    }
    return out.toString();
  }

  private String html() {
    String name = escaped(summary.network());
    StringBuilder out = new StringBuilder("<section id=\"" + name + "\">\n<h2>" + name + "</h2>\n");
    List<List<String>> rows = rows();
    if (!rows.isEmpty()) {
      out.append("<table>\n<thead>");
      cells(out, "th", HEADER, WORDS, HEADER.size());
      out.append("</thead>\n<tbody>\n");
      rows.forEach(row -> cells(out, "td", row, WORDS, HEADER.size()));
      out.append("</tbody>\n</table>\n");
    }
    out.append("<table>\n<tbody>\n");
    for (Total t : totals()) {
      List<String> row = List.of(t.name(), number(t.value()), t.meaning().replace("`", ""));
      cells(out, "td", row, 1, 2);
    }
    return out.append("</tbody>\n</table>\n</section>\n").toString();
  }

  /** A row, whose cells {@code [from, to)} are numbers. */
  private static void cells(StringBuilder out, String tag, List<String> row, int from, int to) {
    out.append("<tr>");
    for (int i = 0; i < row.size(); i++) {
      boolean number = from <= i && i < to;
      out.append('<').append(tag).append(number ? " class=\"number\">" : ">");
      out.append(escaped(row.get(i))).append("</").append(tag).append('>');
    }
    out.append("</tr>\n");
  }

  /** Text as HTML has it, in an attribute, too. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    if (summary.layers().isEmpty()) {
      return rows;
    }
    for (Summary.Tensor input : summary.inputs()) {
      rows.add(row(input.name(), "input", input.shape(), 0, 0, input.bytes()));
    }
    for (Summary.Layer l : summary.layers()) {
      rows.add(row(l.name(), l.op(), l.output(), l.parameters(), l.macs(), l.liveBytes()));
    }
    return rows;
  }

  private List<String> row(
      String name, String what, List<Integer> output, long parameters, long macs, long live) {
    return List.of(
        name,
        what,
        shape(output),
        parameters == 0 ? "" : number(parameters),
        share(parameters, summary.parameters()),
        macs == 0 ? "" : number(macs),
        share(macs, summary.macs()),
        live == 0 ? "" : number(live),
        share(live, summary.peakActivationBytes()));
  }

  private List<Total> totals() {
    return List.of(
        new Total("parameters", summary.parameters(), "trainable (PyTorch, torchvision, timm)"),
        new Total(
            "",
            summary.parameters() + summary.batchNormStatistics(),
            "with batch norm's statistics (Keras)"),
        new Total(
            "", summary.parametersWithoutBatchNorm(), "without batch norm (TensorFlow's slim)"),
        new Total("", summary.foldedParameters(), "with norms folded, as the compiled class has"),
        new Total("MACs", summary.macs(), "multiply-adds of convolutions and dense layers"),
        new Total("", summary.squeezeExciteMacs(), "of these in squeeze-excites"),
        new Total("FLOPs", summary.flops(), "two for each MAC; many papers call MACs FLOPs"),
        new Total("live bytes", summary.peakActivationBytes(), peak()));
  }

  private String peak() {
    String what = "the most bytes of float activations alive at once";
    return summary.layers().stream()
        .filter(layer -> layer.liveBytes() == summary.peakActivationBytes())
        .findFirst()
        .map(layer -> what + ", in `" + layer.name() + "`")
        .orElse(what);
  }

  static String shape(List<Integer> shape) {
    return shape.get(0) + "x" + shape.get(1) + "x" + shape.get(2);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String share(long part, long whole) {
    return part == 0 ? "" : String.format(Locale.ROOT, "%.1f", 100.0 * part / whole);
  }
}
