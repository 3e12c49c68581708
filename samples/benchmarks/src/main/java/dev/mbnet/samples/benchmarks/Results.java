package dev.mbnet.samples.benchmarks;

import java.util.List;
import java.util.function.Function;

/**
 * Everything that one command measured; this is the JSON file.
 *
 * @param geometricMeans over the networks of the rows
 */
record Results(Machine header, List<Row> rows, List<Mean> geometricMeans) {

  /**
   * The geometric mean of an engine's ratios over all networks, null where the rival did not run.
   *
   * @param networks how many there were
   */
  record Mean(
      String engine,
      int jdk,
      int threads,
      int batch,
      int networks,
      Double ratioToOnnxRuntime,
      Double ratioToLiteRt) {}

  static Results of(Machine machine, List<Row> rows) {
    List<Mean> means =
        rows.stream()
            .map(row -> new Key(row.engine(), row.setting()))
            .distinct()
            .map(key -> mean(key, rows))
            .toList();
    return new Results(machine, List.copyOf(rows), means);
  }

  private record Key(String engine, Row.Setting setting) {}

  private static Mean mean(Key key, List<Row> rows) {
    List<Row> all =
        rows.stream().filter(row -> key.equals(new Key(row.engine(), row.setting()))).toList();
    Row.Setting setting = key.setting();
    return new Mean(
        key.engine(),
        setting.jdk(),
        setting.threads(),
        setting.batch(),
        all.size(),
        mean(all, Row::ratioToOnnxRuntime),
        mean(all, Row::ratioToLiteRt));
  }

  private static Double mean(List<Row> rows, Function<Row, Double> ratio) {
    if (rows.stream().map(ratio).anyMatch(r -> r == null)) {
      return null;
    }
    return Math.exp(
        rows.stream().mapToDouble(row -> Math.log(ratio.apply(row))).average().orElseThrow());
  }

  List<Row.Setting> settings() {
    return rows.stream().map(Row::setting).distinct().toList();
  }

  List<String> engines(Row.Setting setting) {
    return Engines.NAMES.stream()
        .filter(
            name ->
                rows.stream()
                    .anyMatch(row -> row.setting().equals(setting) && row.engine().equals(name)))
        .toList();
  }

  List<String> networks(Row.Setting setting) {
    return rows.stream()
        .filter(row -> row.setting().equals(setting))
        .map(Row::network)
        .distinct()
        .toList();
  }

  /** The row, or null. */
  Row row(String network, String engine, Row.Setting setting) {
    return rows.stream()
        .filter(
            row ->
                row.network().equals(network)
                    && row.engine().equals(engine)
                    && row.setting().equals(setting))
        .findFirst()
        .orElse(null);
  }

  /** The mean, or null. */
  Mean mean(String engine, Row.Setting setting) {
    return geometricMeans.stream()
        .filter(
            mean ->
                mean.engine().equals(engine)
                    && new Row.Setting(mean.jdk(), mean.threads(), mean.batch()).equals(setting))
        .findFirst()
        .orElse(null);
  }
}
