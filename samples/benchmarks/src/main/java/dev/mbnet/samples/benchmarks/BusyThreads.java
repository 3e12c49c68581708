package dev.mbnet.samples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How long threads of this process go on after a run: Linux alone tells. */
final class BusyThreads {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final int TRIALS = 15;
  private static final int RUNS = 3;
  private static final double QUIET = 60;

  /** How the names of the virtual machine's own threads begin. */
  private static final Pattern MACHINE = Pattern.compile("(C1|C2|G1|GC|VM) .*\\R?");

  /** The part of the time between two looks that counts as work. */
  private static final double WORK = 0.2;

  private BusyThreads() {}

  /**
   * Milliseconds from the end of a run until no thread works but the caller's and the virtual
   * machine's, the median of some trials; NaN where the system does not tell.
   */
  static double after(Contestant contestant) {
    if (!Files.isDirectory(TASKS)) {
      return Double.NaN;
    }
    double[] times = new double[TRIALS];
    for (int trial = 0; trial < TRIALS; trial++) {
      for (int run = 0; run < RUNS; run++) {
        contestant.run();
      }
      times[trial] = afterRun();
    }
    return Race.median(times);
  }

  private static double afterRun() {
    long end = System.nanoTime();
    long before = end;
    long worked = worked();
    double last = 0;
    while ((before - end) / 1e6 - last < QUIET) {
      Race.rest(2);
      long now = System.nanoTime();
      long all = worked();
      if (all - worked > WORK * (now - before)) {
        last = (now - end) / 1e6;
      }
      worked = all;
      before = now;
    }
    return last;
  }

  /** Nanoseconds that these threads have computed. */
  private static long worked() {
    try (Stream<Path> tasks = Files.list(TASKS)) {
      Path own = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
      List<Path> others = tasks.filter(task -> !task.getFileName().equals(own)).toList();
      return others.stream().mapToLong(BusyThreads::worked).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long worked(Path task) {
    try {
      if (MACHINE.matcher(Files.readString(task.resolve("comm"))).matches()) {
        return 0;
      }
      return Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
