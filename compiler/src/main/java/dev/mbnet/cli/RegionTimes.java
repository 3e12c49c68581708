package dev.mbnet.cli;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.kernel.RegionKernels;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.Region;
import dev.mbnet.compiler.plan.Task;
import dev.mbnet.compiler.plan.VectorPlan;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.summary.PlanSummary;
import dev.mbnet.runtime.Backend;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.PeakLoop;
import dev.mbnet.runtime.VectorSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long each region of a network takes, on one thread of this virtual machine. */
final class RegionTimes {
  /** Nanoseconds to measure for, and within how many runs. */
  private static final long LENGTH = 2_000_000_000;

  private static final int FEWEST = 5;
  private static final int MOST = 1_000;

  /** Nanoseconds for the core's peak, once before and once after. */
  private static final long PEAK_LENGTH = 300_000_000;

  private RegionTimes() {}

  /**
   * The processor that this virtual machine runs on.
   *
   * @param wanted the one that was asked for, or null
   */
  static Processor processor(Processor wanted) {
    if (!SessionChoice.vectorsAreHere()) {
      // Nobody can tell, and opening a session says what is missing.
      return Processor.AVX512;
    }
    Processor here = VectorSession.hasManyRegisters() ? Processor.AVX512 : Processor.AVX2;
    if (wanted != null && wanted != here) {
      throw new UserError(
          "mbnet: --measure runs the code for this machine, whose processor has "
              + here.registers()
              + " vector registers; leave --processor out");
    }
    return here;
  }

  /** Reads a processor as people write it. */
  static final class Processors implements ITypeConverter<Processor> {
    @Override
    public Processor convert(String word) {
      return switch (word) {
        case "avx512" -> Processor.AVX512;
        case "avx2" -> Processor.AVX2;
        default ->
            throw new TypeConversionException(
                "there is no processor `" + word + "`; give `avx512` or `avx2`");
      };
    }
  }

  /** A plan with the median time of each region, with random weights, and this core's peak. */
  static PlanSummary measure(ResolvedNetwork network, VectorPlan plan, Progress progress)
      throws IOException {
    progress.show("compiling " + network.name());
    NetworkLoader code =
        NetworkLoader.compile(
            Compiler.generate(network, "", SessionChoice.toGenerate(Backend.VECTOR)));
    Network loaded = code.load(RandomTensors.weights(Graph.of(network)));
    VectorSession session = (VectorSession) SessionChoice.open(loaded, Backend.VECTOR);
    float[] input = RandomTensors.input(loaded.input().length());
    progress.show("warming up " + network.name());
    session.warmUp();
    progress.show("measuring " + network.name());
    long start = System.nanoTime();
    session.run(input);
    long time = System.nanoTime() - start;
    int runs = (int) Math.max(FEWEST, Math.min(MOST, LENGTH / time));
    PeakLoop loop = new PeakLoop();
    double before = loop.fastest(PEAK_LENGTH);
    List<Double> times = regions(plan, session.timeSteps(input, runs));
    double peak = Math.max(before, loop.fastest(PEAK_LENGTH));
    return PlanSummary.of(network.name(), plan).measured(times, peak / 1e9);
  }

  /** The sums of the steps that each region consists of. */
  private static List<Double> regions(VectorPlan plan, long[] nanos) {
    List<Double> times = new ArrayList<>();
    int next = 0;
    for (Region region : plan.regions()) {
      long sum = 0;
      for (int end = next + steps(plan, region); next < end; next++) {
        sum += nanos[next];
      }
      times.add(sum / 1e3);
    }
    if (next != nanos.length) {
      throw new IllegalStateException(nanos.length + " steps, not " + next);
    }
    return times;
  }

  private static int steps(VectorPlan plan, Region region) {
    boolean loops = region.last().task().kind() == Task.Kind.OTHER;
    int phases = loops ? 1 : RegionKernels.of(plan, region).phases().size();
    return region.copies().size() + phases;
  }
}
