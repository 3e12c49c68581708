package dev.mbnet.samples.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Whether contestants compute the same. Nothing is timed that has not been compared. */
final class Comparison {
  /** The largest difference that is let pass, as a part of the largest output. */
  static final double TOLERANCE = 1e-4;

  private static final int ROUNDS = 3;

  /** That a contestant computes something else. */
  static final class Disagreement extends RuntimeException {
    private static final long serialVersionUID = 1;

    Disagreement(String message) {
      super(message);
    }
  }

  private Comparison() {}

  /**
   * Runs every contestant on several batches of random images and compares each with each.
   *
   * @return the largest difference of any two, as a part of the largest output
   * @throws Disagreement if it is above the tolerance, or if all outputs are alike
   */
  static double compare(
      List<String> names, List<Contestant> contestants, Subject subject, int batch) {
    double worst = 0;
    float[] first = null;
    boolean varied = false;
    for (int round = 0; round < ROUNDS; round++) {
      float[][] images = subject.images(batch, 1 + (long) round * batch);
      contestants.forEach(
          contestant -> {
            contestant.read(images);
            contestant.run();
          });
      for (int image = 0; image < batch; image++) {
        int index = image;
        List<float[]> outputs = contestants.stream().map(c -> c.output(index)).toList();
        worst = Math.max(worst, worst(names, outputs, subject));
        first = first == null ? outputs.get(0) : first;
        varied |= difference(first, outputs.get(0)) > 10 * TOLERANCE;
      }
    }
    if (!varied) {
      throw new Disagreement(subject.name() + " gives the same for every image");
    }
    return worst;
  }

  private static double worst(List<String> names, List<float[]> outputs, Subject subject) {
    double worst = 0;
    for (int a = 0; a < outputs.size(); a++) {
      for (int b = 0; b < a; b++) {
        double here = difference(outputs.get(a), outputs.get(b));
        if (!(here <= TOLERANCE)) {
          throw new Disagreement(
              String.format(
                  Locale.ROOT,
                  "%s: the outputs of %s and %s differ by %.1e of the largest; %.0e is let pass",
                  subject.name(),
                  names.get(b),
                  names.get(a),
                  here,
                  TOLERANCE));
        }
        worst = Math.max(worst, here);
      }
    }
    return worst;
  }

  /** The largest difference as a part of the largest value; NaN where either holds one. */
  static double difference(float[] a, float[] b) {
    double largest = IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i])).max().orElse(0);
    double difference =
        IntStream.range(0, a.length)
            .mapToDouble(i -> Math.abs((double) a[i] - b[i]))
            .max()
            .orElse(0);
    return difference / largest;
  }
}
