package dev.mbnet.samples.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.mbnet.runtime.Network;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A process that measures its own memory with a network in one engine. */
final class MemoryRun {
  private static final int RUNS = 50;

  /**
   * What it found, in bytes.
   *
   * @param allocation on the Java heap, a run
   * @param network on the Java heap: weights and what the first session packs for all
   * @param session on the Java heap: the working memory of one session more
   * @param heap on the Java heap after a collection, all in all
   * @param resident the most memory that the process ever had, native memory included; 0 where the
   *     system does not tell
   */
  record Found(double allocation, long network, long session, long heap, long resident) {

    String toLine() {
      return allocation + " " + network + " " + session + " " + heap + " " + resident;
    }

    static Found ofLine(String line) {
      String[] words = line.split(" ");
      return new Found(
          Double.parseDouble(words[0]),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]));
    }
  }

  private MemoryRun() {}

  /** Arguments: engine, folder and name of the network, floats of its input. */
  public static void main(String[] args) throws Exception {
    Prepared prepared = new Prepared(Path.of(args[1]), args[2]);
    float[][] image = {ColdRun.image(Integer.parseInt(args[3]))};
    boolean generated = !Engines.isNative(args[0]);
    long empty = used();
    Network network = generated ? prepared.loadClass() : null;
    Contestant contestant =
        generated ? GeneratedEngine.prepare(network, args[0], 1, 1) : prepared.load(args[0]);
    contestant.read(image);
    contestant.warmUp();
    long one = used();
    // Asking allocates, too: a difference of two counts of runs does not hold that.
    allocated(contestant, RUNS);
    double few = allocated(contestant, RUNS);
    double many = allocated(contestant, 3 * RUNS);
    double allocation = (many - few) / (2 * RUNS);
    long resident = resident();
    long before = used();
    Contestant another = generated ? GeneratedEngine.prepare(network, args[0], 1, 1) : contestant;
    another.read(image);
    another.warmUp();
    long session = used() - before;
    Found found = new Found(allocation, one - empty - session, session, one, resident);
    another.close();
    System.out.println(found.toLine());
  }

  private static double allocated(Contestant contestant, int runs) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < runs; i++) {
      contestant.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    }
  }
}
