package dev.mbnet.samples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Whole processes, from their start to the first result and on to the steady state. */
record ColdStart(Path home, String classPath, Progress progress) {
  static final String NETWORK = "MobileNetV2";
  private static final String EMPTY = "(empty JVM)";
  private static final int RUNS = 9;
  private static final int LONG_RUNS = 3;

  private record Times(List<Double> first, List<Double> settled, List<Double> steady) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /** Starts processes of all engines in alternation; {@code seconds} is how long some go on. */
  String measure(List<Jdk> jdks, List<String> engines, double seconds) throws IOException {
    progress.show("preparing " + NETWORK);
    Subject subject = Zoo.at(home).subject(NETWORK);
    Prepared prepared = Prepared.write(subject, home.resolve(Path.of("target", "cold")));
    List<String> all =
        Stream.concat(Stream.of(EMPTY), Engines.NAMES.stream().filter(engines::contains)).toList();
    StringBuilder out = new StringBuilder();
    out.append(Tables.machine(Machine.of(jdks, engines))).append('\n');
    for (Jdk jdk : jdks) {
      Map<String, Times> times = new LinkedHashMap<>();
      all.forEach(engine -> times.put(engine, new Times()));
      for (int run = 0; run < RUNS; run++) {
        for (String engine : all) {
          progress.show(
              "JDK " + jdk.feature() + ", run " + (run + 1) + " of " + RUNS + ": " + engine);
          boolean goesOn = run < LONG_RUNS && !engine.equals(EMPTY) && !Engines.isNative(engine);
          run(jdk, engine, prepared, subject, goesOn ? seconds : 0, times.get(engine));
        }
      }
      print(jdk, times, out);
    }
    progress.clear();
    return out.toString();
  }

  private void run(
      Jdk jdk, String engine, Prepared prepared, Subject subject, double seconds, Times times) {
    List<String> command =
        jdk.command(prepared.classPath(engine, classPath), Backends.needModule(List.of(engine)));
    command.add(ColdRun.class.getName());
    if (!engine.equals(EMPTY)) {
      command.add(engine);
      command.add(prepared.folder().toString());
      command.add(prepared.network());
      command.add(Long.toString(subject.input().elements()));
      command.add(Double.toString(seconds));
    }
    long[] first = new long[1];
    String[] last = new String[1];
    long start =
        Child.run(
            command,
            line -> {
              first[0] = line.equals("first") ? System.nanoTime() : first[0];
              last[0] = line;
            });
    double milliseconds = (first[0] - start) / 1e6;
    times.first().add(milliseconds);
    if (seconds > 0) {
      String[] words = last[0].split(" ");
      times.settled().add(milliseconds / 1e3 + Double.parseDouble(words[0]));
      times.steady().add(Double.parseDouble(words[1]));
    }
  }

  private static void print(Jdk jdk, Map<String, Times> times, StringBuilder out) {
    out.append("\nJDK ").append(jdk.feature()).append(", ").append(NETWORK);
    out.append(", from the start of the process; median (least) of ").append(RUNS).append("\n\n");
    out.append(
        String.format(
            "%-14s%24s%28s%16s%n",
            "", "first result, ms", "within 10 % of steady, s", "steady, ms"));
    times.forEach(
        (engine, t) ->
            out.append(
                String.format(
                    "%-14s%24s%28s%16s%n",
                    engine,
                    cell(t.first(), "%.0f"),
                    cell(t.settled(), "%.2f"),
                    t.steady().isEmpty()
                        ? ""
                        : String.format(Locale.ROOT, "%.2f", median(t.steady())))));
  }

  private static String cell(List<Double> values, String format) {
    if (values.isEmpty()) {
      return "";
    }
    double least = values.stream().mapToDouble(d -> d).min().orElseThrow();
    return String.format(Locale.ROOT, format + " (" + format + ")", median(values), least);
  }

  private static double median(List<Double> values) {
    return Race.median(values.stream().mapToDouble(d -> d).toArray());
  }
}
