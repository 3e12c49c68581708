package dev.mbnet.samples.benchmarks;

import dev.mbnet.runtime.PeakLoop;
import dev.mbnet.testing.Compiled;
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
import org.openjdk.jmh.annotations.Warmup;

/** One kernel of vector code under JMH and its profilers, on one thread. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {
  /** As {@code run --jmh-kernels} names it. */
  @Param("pointwise-14-96-576")
  public String kernel;

  private Runnable work;

  /** Generates and compiles the code of a layer. */
  @Setup
  public void prepare() {
    Kernel wanted = new Kernel(kernel);
    if (wanted.isLayer()) {
      work = new LayerSteps(Compiled.of(wanted.network()).network());
    } else {
      work = kernel.equals(Kernel.PEAK) ? new PeakLoop() : VectorLoops.activation(kernel);
    }
  }

  /** The kernel once over its data. */
  @Benchmark
  public void run() {
    work.run();
  }
}
