package dev.mbnet.samples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One network with one number of threads and one batch: compared, then timed. */
final class Heat {

  private Heat() {}

  /**
   * Compares the engines and times them.
   *
   * @param seconds of timing, all engines together; before that they are warmed up, each for at
   *     most as long
   * @throws Comparison.Disagreement before anything is timed
   */
  static List<Row> run(
      Subject subject,
      List<Engine> engines,
      int threads,
      int batch,
      double seconds,
      Consumer<String> progress) {
    List<String> names = engines.stream().map(Engine::name).toList();
    List<Contestant> contestants = new ArrayList<>();
    try {
      engines.forEach(engine -> contestants.add(engine.prepare(subject, threads, batch)));
      contestants.forEach(contestant -> contestant.read(subject.images(batch, 1)));
      // First of all: what runs before it is warmed up may be compiled from another profile.
      progress.accept("warming up");
      Race race = new Race(contestants, threads == 1 ? 0 : Race.PAUSE);
      race.warmUp(seconds);
      progress.accept("comparing");
      Comparison.compare(names, contestants, subject, batch);
      progress.accept("timing");
      race.run(seconds);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        rows.add(
            new Row(
                subject.name(),
                names.get(i),
                Runtime.version().feature(),
                threads,
                batch,
                race.median(i) / batch,
                race.min(i) / batch,
                ratio(race, i, names.indexOf(OnnxRuntimeEngine.NAME)),
                ratio(race, i, names.indexOf(LiteRtEngine.NAME))));
      }
      return rows;
    } finally {
      contestants.forEach(Contestant::close);
    }
  }

  private static Double ratio(Race race, int contestant, int rival) {
    return rival < 0 ? null : race.ratio(contestant, rival);
  }
}
