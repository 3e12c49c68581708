package dev.mbnet.cli;

import java.util.Arrays;

/**
 * How long a run took.
 *
 * @param first milliseconds of the first run
 * @param repeats how many followed
 * @param median milliseconds of those that followed; of the first where none did
 */
record Timing(double first, int repeats, double median) {

  /** Runs once, then {@code repeats} times more, if any after the warm-up. */
  static Timing of(Runnable run, Runnable warmUp, int repeats) {
    double first = time(run);
    if (repeats == 0) {
      return new Timing(first, 0, first);
    }
    warmUp.run();
    double[] times = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      times[i] = time(run);
    }
    Arrays.sort(times);
    double median = (times[(repeats - 1) / 2] + times[repeats / 2]) / 2;
    return new Timing(first, repeats, median);
  }

  private static double time(Runnable run) {
    long start = System.nanoTime();
    run.run();
    return (System.nanoTime() - start) / 1e6;
  }
}
