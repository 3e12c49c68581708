package dev.mbnet.compiler.summary;

import dev.mbnet.compiler.plan.RegisterTile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan for people: each region with its layers, its bytes and its time, then the totals. */
public final class PlanTable {
  private final PlanSummary plan;
  private final StringBuilder out = new StringBuilder();
  private final long cycles;
  private final double microseconds;

  private PlanTable(PlanSummary plan) {
    this.plan = plan;
    this.cycles = Math.max(1, plan.regions().stream().mapToLong(r -> r.estimatedCycles()).sum());
    this.microseconds =
        plan.regions().stream()
            .filter(r -> r.measuredMicroseconds() != null)
            .mapToDouble(r -> r.measuredMicroseconds())
            .sum();
  }

  /** With blanks between columns, for a terminal. */
  public static String text(PlanSummary plan) {
    return new PlanTable(plan).text();
  }

  private String text() {
    line("%s, for %d registers", plan.network(), plan.registers());
    for (int i = 0; i < plan.regions().size(); i++) {
      region(i + 1, plan.regions().get(i));
    }
    out.append('\n');
    line(
        "working memory  %,d bytes, and %,d for each further thread; unfused activations %,d",
        plan.workingBytes(), plan.threadBytes(), plan.unfusedBytes());
    line("weights         %,d bytes", plan.weightBytes());
    if (plan.batchRegion() != null) {
      line(
          "batches         up to %d images at once from region %d on",
          plan.batchImages(), plan.batchRegion());
    }
    long macs = plan.regions().stream().mapToLong(PlanSummary.Region::macs).sum();
    double ideal =
        plan.regions().stream()
            .mapToDouble(r -> r.estimatedCycles() * r.estimatedShareOfPeak())
            .sum();
    line("multiply-adds   %,d", macs);
    line(
        "estimated       %,d cycles of %d lanes, %.0f %% of peak",
        cycles, plan.lanes(), 100 * ideal / cycles);
    if (microseconds > 0) {
      double speed = macs / microseconds / 1e3;
      line("measured        %,.0f us, %.1f GMAC/s, %s", microseconds, speed, ofPeak(speed));
      line(
          "peak            %.1f GMAC/s, measured without loads or stores",
          plan.peakGmacsPerSecond());
    }
    return out.toString();
  }

  private void region(int number, PlanSummary.Region region) {
    line("\n%3d  %s", number, region.kind());
    List<List<String>> rows = region.layers().stream().map(PlanTable::row).toList();
    int columns = rows.get(0).size();
    Table.lines(rows, columns).forEach(line -> out.append("     ").append(line).append('\n'));
    List<String> bytes = new ArrayList<>();
    bytes(bytes, "weights", region.weightBytes());
    bytes(bytes, "between", region.betweenBytes());
    bytes(bytes, "read", region.readBytes());
    bytes(bytes, "written", region.writtenBytes());
    line("     bytes      %s", String.join(", ", bytes));
    line(
        "     estimated  %,d MACs in %,d cycles, %.0f %% of peak, %.1f %% of the time",
        region.macs(),
        region.estimatedCycles(),
        100 * region.estimatedShareOfPeak(),
        100.0 * region.estimatedCycles() / cycles);
    if (region.measuredMicroseconds() != null) {
      line(
          "     measured   %.1f us, %.1f GMAC/s, %s, %.1f %% of the time",
          region.measuredMicroseconds(),
          region.measuredGmacsPerSecond(),
          ofPeak(region.measuredGmacsPerSecond()),
          100 * region.measuredMicroseconds() / microseconds);
    }
  }

  private String ofPeak(double gmacsPerSecond) {
    return String.format(
        Locale.ROOT, "%.0f %% of peak", 100 * gmacsPerSecond / plan.peakGmacsPerSecond());
  }

  private static String tile(RegisterTile tile) {
    String rest = tile.rest() == 0 ? "" : ", " + tile.rest() + "x" + tile.vectors();
    if (tile.last() > 0) {
      String lastRest = tile.rest() == 0 ? "" : ", " + tile.rest() + "x" + tile.last();
      rest += ", " + tile.pixels() + "x" + tile.last() + lastRest;
    }
    String across = tile.across() ? " across rows" : "";
    return "tile " + tile.pixels() + "x" + tile.vectors() + rest + across;
  }

  private static void bytes(List<String> all, String what, long count) {
    if (count > 0) {
      all.add(String.format(Locale.ROOT, "%s %,d", what, count));
    }
  }

  private static List<String> row(PlanSummary.Layer layer) {
    String inputs = layer.inputs().stream().map(Table::shape).collect(Collectors.joining(", "));
    return List.of(
        layer.name(),
        layer.what(),
        (inputs.isEmpty() ? "" : inputs + " to ") + Table.shape(layer.output()),
        layer.tile() == null ? "" : tile(layer.tile()),
        layer.keeps() == null ? "" : "keeps " + layer.keeps());
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
