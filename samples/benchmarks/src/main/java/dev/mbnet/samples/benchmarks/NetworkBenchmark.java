package dev.mbnet.samples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Whole networks under JMH and its profilers: one image, one thread. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class NetworkBenchmark {
  /** A network of the zoo. */
  @Param("MobileNetV2")
  public String network;

  /** As {@code run --engines} takes it. */
  @Param("plain")
  public String engine;

  private Contestant contestant;

  /** Loads the network, with the weights that {@code run} uses. */
  @Setup
  public void prepare() throws IOException {
    Path home = Path.of(System.getProperty("benchmarks.home", "."));
    Subject subject = Zoo.at(home).subject(network);
    contestant = Engines.of(List.of(engine), subject).get(0).prepare(subject, 1, 1);
    contestant.read(subject.images(1, 1));
  }

  /** One image. */
  @Benchmark
  public void run() {
    contestant.run();
  }

  /** Frees native memory. */
  @TearDown
  public void close() {
    contestant.close();
  }
}
