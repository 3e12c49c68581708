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
  private static final int RUNS = 7;
  private static final int LONG_RUNS = 3;

  /** Native code is at its final speed after a few runs. */
  private static final double NATIVE_SECONDS = 1;

  /** The first JDK that makes an AOT cache in one step, profiles included. */
  private static final int ONE_STEP_AOT = 25;

  /**
   * How a process is started.
   *
   * @param cache an AOT cache to use, or null
   */
  private record Start(String engine, Path cache) {

    String label() {
      return cache == null ? engine : engine + " + AOT";
    }
  }

  private record Times(List<Double> first, List<Double> settled, List<Double> steady) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * Starts processes of all engines in alternation.
   *
   * @param seconds how long some of them go on
   * @param aot whether generated classes also start with an AOT cache, where the JDK makes one
   */
  String measure(List<Jdk> jdks, List<String> engines, double seconds, boolean aot)
      throws IOException {
    progress.show("preparing " + NETWORK);
    Subject subject = Zoo.at(home).subject(NETWORK);
    Prepared prepared = Prepared.write(subject, home.resolve(Path.of("target", "cold")), classPath);
    List<String> all =
        Stream.concat(Stream.of(EMPTY), Engines.NAMES.stream().filter(engines::contains)).toList();
    int floats = (int) subject.input().elements();
    StringBuilder out = new StringBuilder();
    out.append(Tables.machine(Machine.of(jdks, engines))).append('\n');
    for (Jdk jdk : jdks) {
      List<Start> starts = new ArrayList<>();
      all.forEach(engine -> starts.add(new Start(engine, null)));
      if (aot && jdk.feature() >= ONE_STEP_AOT) {
        for (String engine : all) {
          if (!engine.equals(EMPTY) && !Engines.isNative(engine)) {
            starts.add(train(jdk, engine, prepared, floats, seconds));
          }
        }
      }
      Map<String, Times> times = new LinkedHashMap<>();
      starts.forEach(start -> times.put(start.label(), new Times()));
      for (int run = 0; run < RUNS; run++) {
        for (Start start : starts) {
          progress.show(
              "JDK " + jdk.feature() + ", run " + (run + 1) + " of " + RUNS + ": " + start.label());
          boolean goesOn = run < LONG_RUNS && !start.engine().equals(EMPTY);
          double longest = Engines.isNative(start.engine()) ? NATIVE_SECONDS : seconds;
          List<String> options =
              start.cache() == null ? List.of() : List.of("-XX:AOTCache=" + start.cache());
          List<String> command =
              command(jdk, start.engine(), options, prepared, floats, goesOn ? longest : 0);
          run(command, goesOn, times.get(start.label()));
        }
      }
      print(jdk, times, out);
    }
    progress.clear();
    return out.toString();
  }

  /** A run that goes on as long, and leaves what it loaded and which of it was hot. */
  private Start train(Jdk jdk, String engine, Prepared prepared, int floats, double seconds) {
    progress.show("JDK " + jdk.feature() + ", AOT cache: " + engine);
    Path cache = prepared.folder().resolve(engine + ".aot").toAbsolutePath();
    List<String> options = List.of("-XX:AOTCacheOutput=" + cache);
    Child.run(command(jdk, engine, options, prepared, floats, seconds), line -> {});
    return new Start(engine, cache);
  }

  private List<String> command(
      Jdk jdk, String engine, List<String> options, Prepared prepared, int floats, double seconds) {
    List<String> command =
        jdk.command(prepared.classPath(engine, classPath), Backends.needModule(List.of(engine)));
    command.addAll(1, options);
    command.add(ColdRun.class.getName());
    if (!engine.equals(EMPTY)) {
      command.add(engine);
      command.add(prepared.folder().toString());
      command.add(prepared.network());
      command.add(Integer.toString(floats));
      command.add(Double.toString(seconds));
    }
    return command;
  }

  private static void run(List<String> command, boolean goesOn, Times times) {
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
    if (goesOn) {
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
