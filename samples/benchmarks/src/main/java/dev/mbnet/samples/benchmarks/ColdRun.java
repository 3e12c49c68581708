package dev.mbnet.samples.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that says {@code first} when it has its first result, and later how it went on. Without
 * arguments it does nothing, as the measure of an empty virtual machine.
 */
final class ColdRun {
  /** What is within this of the steady state counts as it. */
  private static final double NEAR = 1.1;

  private static final int WINDOW = 10;

  private ColdRun() {}

  /** Arguments: engine, folder and name of the network, floats of its input, seconds to go on. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.out.println("first");
      return;
    }
    Contestant contestant = new Prepared(Path.of(args[1]), args[2]).load(args[0]);
    contestant.read(new float[][] {image(Integer.parseInt(args[3]))});
    contestant.run();
    System.out.println("first");
    System.out.flush();
    double seconds = Double.parseDouble(args[4]);
    if (seconds > 0) {
      System.out.println(goOn(contestant, seconds));
    }
  }

  static float[] image(int floats) {
    float[] image = new float[floats];
    for (int i = 0; i < floats; i++) {
      image[i] = i % 255 / 127f - 1;
    }
    return image;
  }

  /** Seconds until the steady state, and its milliseconds a run. */
  private static String goOn(Contestant contestant, double seconds) {
    List<Double> ends = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    long start = System.nanoTime();
    for (long before = start, now; before - start < seconds * 1e9; before = now) {
      contestant.run();
      now = System.nanoTime();
      ends.add((now - start) / 1e9);
      times.add((now - before) / 1e6);
    }
    double steady = median(times, times.size() * 3 / 4, times.size());
    int first = 0;
    while (first + WINDOW < times.size() && median(times, first, first + WINDOW) > NEAR * steady) {
      first++;
    }
    return (first == 0 ? 0 : ends.get(first - 1)) + " " + steady;
  }

  private static double median(List<Double> times, int from, int to) {
    return Race.median(times.subList(from, to).stream().mapToDouble(d -> d).toArray());
  }
}
