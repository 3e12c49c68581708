package dev.mbnet.samples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as tables, for a terminal and for Markdown. */
final class Tables {
  private static final String LEGEND =
      "Milliseconds an image (median), and that time by ONNX Runtime's.";

  private Tables() {}

  /** A table for each setting, with the fastest runs in parentheses. */
  static String text(Results results) {
    StringBuilder out = new StringBuilder();
    out.append(LEGEND).append(" In parentheses: the fastest run.\n");
    out.append(machine(results.header())).append('\n');
    for (Row.Setting setting : results.settings()) {
      out.append('\n').append(setting).append("\n\n");
      List<List<String>> table = table(results, setting, true);
      for (List<String> line : table) {
        out.append(String.format("%-18s", line.get(0)));
        line.stream().skip(1).forEach(cell -> out.append(String.format("%24s", cell)));
        out.append('\n');
      }
    }
    return out.toString();
  }

  /** A table for each setting. */
  static String markdown(Results results) {
    StringBuilder out = new StringBuilder();
    out.append(LEGEND).append(' ').append(machine(results.header())).append('\n');
    for (Row.Setting setting : results.settings()) {
      out.append('\n').append(setting).append(":\n\n");
      List<List<String>> table = table(results, setting, false);
      out.append(markdown(table.get(0)));
      out.append("|---|").append("---:|".repeat(table.get(0).size() - 1)).append('\n');
      table.stream().skip(1).forEach(line -> out.append(markdown(line)));
    }
    return out.toString();
  }

  private static String markdown(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** One line: the machine, the JDKs and the rivals' versions. */
  static String machine(Machine machine) {
    String jdks = String.join("; ", machine.jdks().values());
    String versions =
        machine.versions().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return machine.cpu()
        + ", "
        + machine.cores()
        + " cores; "
        + machine.os()
        + "; "
        + jdks
        + (versions.isEmpty() ? "" : "; " + versions)
        + ".";
  }

  private static List<List<String>> table(Results results, Row.Setting setting, boolean fastest) {
    List<String> engines = results.engines(setting);
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("network"));
    head.addAll(engines);
    table.add(head);
    for (String network : results.networks(setting)) {
      List<String> line = new ArrayList<>(List.of(network));
      engines.forEach(engine -> line.add(cell(results.row(network, engine, setting), fastest)));
      table.add(line);
    }
    List<String> means = new ArrayList<>(List.of("geometric mean"));
    engines.forEach(engine -> means.add(cell(results.mean(engine, setting))));
    table.add(means);
    return table;
  }

  private static String cell(Row row, boolean fastest) {
    if (row == null) {
      return "";
    }
    String time = number(row.medianMs());
    if (fastest) {
      time += " (" + number(row.minMs()) + ")";
    }
    return row.ratioToOnnxRuntime() == null || row.engine().equals(OnnxRuntimeEngine.NAME)
        ? time
        : time + (fastest ? "  " : ", ") + number(row.ratioToOnnxRuntime());
  }

  private static String cell(Results.Mean mean) {
    return mean == null || mean.ratioToOnnxRuntime() == null
        ? ""
        : number(mean.ratioToOnnxRuntime());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 99.5 ? "%.2f" : "%.0f", value);
  }
}
