package dev.mbnet.samples.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Times contestants in alternation: a round is a turn of each, and a turn is some runs one after
 * another. Before a turn comes a pause, in which the threads of whoever ran before go to sleep, and
 * then some runs that are not counted: they find the caches full of the others' data, and wake
 * threads of their own.
 */
final class Race {
  /** Milliseconds after which other engines' threads no longer spin; see {@link Alternation}. */
  static final int PAUSE = 50;

  private static final long TURN = 60_000_000;
  private static final long UNCOUNTED = 5_000_000;
  private static final int LEAST_ROUNDS = 3;
  private static final long WARM_UP_STEP = 300_000_000;
  private static final int PATIENCE = 3;
  private static final double SETTLED = 0.97;

  private final List<Contestant> contestants;
  private final int pause;
  private final List<List<double[]>> turns = new ArrayList<>();

  /** {@code pause} is in milliseconds; where there is one thread it may be 0. */
  Race(List<Contestant> contestants, int pause) {
    this.contestants = contestants;
    this.pause = pause;
    contestants.forEach(contestant -> turns.add(new ArrayList<>()));
  }

  /** Runs each contestant until it gets no faster, for so many seconds at most. */
  void warmUp(double seconds) {
    for (Contestant contestant : contestants) {
      contestant.warmUp();
      double best = Double.POSITIVE_INFINITY;
      int since = 0;
      long end = System.nanoTime() + (long) (seconds * 1e9);
      while (System.nanoTime() < end && since < PATIENCE) {
        double now = median(turn(contestant, WARM_UP_STEP));
        since = now < SETTLED * best ? 0 : since + 1;
        best = Math.min(best, now);
      }
    }
  }

  /** Rounds for so many seconds, and a few in any case; who begins changes from round to round. */
  void run(double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() < end; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        int index = (round + i) % contestants.size();
        turns.get(index).add(turn(contestants.get(index), TURN));
      }
    }
  }

  /** Milliseconds of each run of a turn but the first ones. */
  private double[] turn(Contestant contestant, long nanos) {
    rest(pause);
    long start = System.nanoTime();
    do {
      contestant.run();
    } while (System.nanoTime() - start < UNCOUNTED);
    List<Double> times = new ArrayList<>();
    start = System.nanoTime();
    long before = start;
    do {
      contestant.run();
      long now = System.nanoTime();
      times.add((now - before) / 1e6);
      before = now;
    } while (before - start < nanos);
    return times.stream().mapToDouble(Double::doubleValue).toArray();
  }

  static void rest(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The median of all runs, in milliseconds. */
  double median(int contestant) {
    return median(turns.get(contestant).stream().flatMapToDouble(Arrays::stream).toArray());
  }

  /** The fastest run, in milliseconds. */
  double min(int contestant) {
    return turns.get(contestant).stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  /**
   * How much longer one takes than the other, pair by pair: the median over the rounds of the ratio
   * of their turns' medians.
   */
  double ratio(int contestant, int rival) {
    List<double[]> mine = turns.get(contestant);
    List<double[]> theirs = turns.get(rival);
    return median(
        IntStream.range(0, mine.size())
            .mapToDouble(round -> median(mine.get(round)) / median(theirs.get(round)))
            .toArray());
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
