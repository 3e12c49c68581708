package dev.mbnet.samples.benchmarks;

import dev.mbnet.runtime.PeakLoop;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link KernelBenchmark} on many kernels, and sets them against the machine's peak. */
public final class KernelTable {
  private static final String LINE = "%-26s%8s%12s%16s%12s%n";

  private KernelTable() {}

  /** Arguments: parts of names, of which a kernel's name has to have one; or whole new names. */
  public static void main(String[] args) throws Exception {
    List<String> parts = Arrays.asList(args);
    List<String> names =
        parts.isEmpty()
            ? Kernel.NAMES
            : Kernel.NAMES.stream().filter(n -> parts.stream().anyMatch(n::contains)).toList();
    names = names.isEmpty() ? parts : names;
    Progress progress = Progress.ofLauncher();
    Jdk jdk = Jdk.of(Path.of(System.getProperty("java.home")));
    System.out.println(Tables.machine(Machine.of(List.of(jdk), List.of())));
    System.out.println();
    System.out.printf(LINE, "kernel", "tile", "µs", "GMAC/s", "of peak");
    progress.show(Kernel.PEAK);
    double time = microseconds(Kernel.PEAK);
    double peak = PeakLoop.products() / time / 1e3;
    print(progress, Kernel.PEAK, "", time, number("%.1f", peak), "");
    for (String name : names) {
      progress.show(name);
      Kernel kernel = new Kernel(name);
      String tile = kernel.tile();
      time = microseconds(name);
      if (kernel.isLayer()) {
        double rate = kernel.products() / time / 1e3;
        String share = number("%.0f %%", 100 * rate / peak);
        print(progress, name, tile, time, number("%.1f", rate), share);
      } else {
        String rate = number("%.1f floats/ns", Kernel.ROW / time / 1e3);
        print(progress, name, tile, time, rate, "");
      }
    }
  }

  private static void print(
      Progress progress, String name, String tile, double time, String rate, String share) {
    progress.clear();
    System.out.printf(LINE, name, tile, number("%.2f", time), rate, share);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** The fastest of JMH's iterations: whatever else the machine does only ever adds time. */
  private static double microseconds(String kernel) throws RunnerException {
    PrintStream out = System.out;
    // Even when silent, JMH passes on that each process uses an incubating module.
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    try {
      return run(kernel).getPrimaryResult().getStatistics().getMin();
    } finally {
      System.setOut(out);
    }
  }

  private static RunResult run(String kernel) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(KernelBenchmark.class.getName())
                .param("kernel", kernel)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build())
        .runSingle();
  }
}
