package dev.mbnet.samples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Whether engines that take turns are as fast as each of them alone, and how long they rest. */
final class Alternation {

  private Alternation() {}

  /** A table of one setting, as {@link Heat#run} times it. */
  static String measure(
      Subject subject,
      List<Engine> engines,
      int threads,
      int batch,
      double seconds,
      Consumer<String> progress) {
    List<Contestant> contestants = new ArrayList<>();
    try {
      engines.forEach(engine -> contestants.add(engine.prepare(subject, threads, batch)));
      contestants.forEach(contestant -> contestant.read(subject.images(batch, 1)));
      progress.accept("warming up");
      Race turns = new Race(contestants, Race.PAUSE);
      turns.warmUp(seconds);
      List<Double> alone = new ArrayList<>();
      List<Double> busy = new ArrayList<>();
      for (Contestant contestant : contestants) {
        progress.accept("each alone");
        busy.add(BusyThreads.after(contestant));
        Race race = new Race(List.of(contestant), Race.PAUSE);
        race.run(seconds / contestants.size());
        alone.add(race.median(0) / batch);
      }
      progress.accept("in turns");
      turns.run(seconds);
      Race hasty = new Race(contestants, 0);
      hasty.run(seconds);
      StringBuilder out = new StringBuilder();
      out.append(
          String.format(
              "%-14s%18s%14s%14s%22s%n",
              "", "busy after, ms", "alone, ms", "in turns, ms", "without a pause, ms"));
      for (int i = 0; i < engines.size(); i++) {
        out.append(
            String.format(
                Locale.ROOT,
                "%-14s%18.0f%14.3f%14.3f%22.3f%n",
                engines.get(i).name(),
                busy.get(i),
                alone.get(i),
                turns.median(i) / batch,
                hasty.median(i) / batch));
      }
      return out.toString();
    } finally {
      contestants.forEach(Contestant::close);
    }
  }
}
