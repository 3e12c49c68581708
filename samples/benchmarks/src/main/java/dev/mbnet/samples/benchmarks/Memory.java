package dev.mbnet.samples.benchmarks;

import dev.mbnet.compiler.summary.Summary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What engines take: memory, garbage and files. */
record Memory(Path home, String classPath, Progress progress) {
  private static final double MIB = 1 << 20;

  /** A table for each JDK, and the sizes of what an application ships. */
  String measure(List<Jdk> jdks, List<String> engines) throws IOException {
    progress.show("preparing " + ColdStart.NETWORK);
    Subject subject = Zoo.at(home).subject(ColdStart.NETWORK);
    Prepared prepared = Prepared.write(subject, home.resolve(Path.of("target", "cold")), classPath);
    List<String> all = Engines.NAMES.stream().filter(engines::contains).toList();
    StringBuilder out = new StringBuilder();
    out.append(Tables.machine(Machine.of(jdks, engines))).append('\n');
    out.append(
        String.format(
            Locale.ROOT,
            "%nIf every layer had memory of its own, %s would need %.2f MiB at once.%n",
            ColdStart.NETWORK,
            Summary.of(subject.network()).peakActivationBytes() / MIB));
    for (Jdk jdk : jdks) {
      out.append("\nJDK ").append(jdk.feature()).append(", ").append(ColdStart.NETWORK);
      out.append(", 1 thread; MiB on the Java heap after a collection\n\n");
      out.append(
          String.format(
              "%-14s%18s%12s%12s%12s%20s%n",
              "", "bytes a run", "network", "session", "all", "process at most"));
      for (String engine : all) {
        progress.show("JDK " + jdk.feature() + ": " + engine);
        MemoryRun.Found found = run(jdk, engine, prepared, subject);
        out.append(
            String.format(
                Locale.ROOT,
                "%-14s%18.0f%12.2f%12.2f%12.2f%20.1f%n",
                engine,
                found.allocation(),
                found.network() / MIB,
                found.session() / MIB,
                found.heap() / MIB,
                found.resident() / MIB));
      }
    }
    out.append("\nMiB of jars and classes, weights not counted\n\n");
    for (String engine : all) {
      out.append(
          String.format(Locale.ROOT, "%-14s%18.2f%n", engine, shipped(engine, prepared) / MIB));
    }
    progress.clear();
    return out.toString();
  }

  private MemoryRun.Found run(Jdk jdk, String engine, Prepared prepared, Subject subject) {
    List<String> command =
        jdk.command(prepared.classPath(engine, classPath), Backends.needModule(List.of(engine)));
    command.add(MemoryRun.class.getName());
    command.add(engine);
    command.add(prepared.folder().toString());
    command.add(prepared.network());
    command.add(Long.toString(subject.input().elements()));
    String[] last = new String[1];
    Child.run(command, line -> last[0] = line);
    return MemoryRun.Found.ofLine(last[0]);
  }

  /** The bytes of the jars that an engine brings, and of generated classes. */
  private long shipped(String engine, Prepared prepared) throws IOException {
    long jars =
        Arrays.stream(classPath.split(File.pathSeparator))
            .map(File::new)
            .filter(file -> Prepared.jars(engine).stream().anyMatch(file.getName()::startsWith))
            .mapToLong(File::length)
            .sum();
    if (Engines.isNative(engine)) {
      return jars;
    }
    return jars + Files.size(prepared.classes());
  }
}
