package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Concat;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Deconv;
import dev.mbnet.compiler.op.Dense;
import dev.mbnet.compiler.op.Flatten;
import dev.mbnet.compiler.op.GlobalPool;
import dev.mbnet.compiler.op.Merge;
import dev.mbnet.compiler.op.Op;
import dev.mbnet.compiler.op.Pad;
import dev.mbnet.compiler.op.Pool;
import dev.mbnet.compiler.op.Softmax;
import dev.mbnet.compiler.op.Upsample;
import dev.mbnet.compiler.plan.Step;
import java.util.Map;
import java.util.function.Function;

/** The kernel of each operation: the one list that a new operation is added to. */
public final class Kernels {
  private static final Map<Class<? extends Op>, Function<Step, Kernel>> ALL =
      Map.ofEntries(
          Map.entry(Conv.class, Kernels::conv),
          Map.entry(Deconv.class, DeconvKernel::of),
          Map.entry(Upsample.class, UpsampleKernel::of),
          Map.entry(Dense.class, Kernels::dense),
          Map.entry(BatchNorm.class, PixelKernels::batchNorm),
          Map.entry(Activate.class, PixelKernels::activate),
          Map.entry(Merge.class, PixelKernels::merge),
          Map.entry(Concat.class, PixelKernels::concat),
          Map.entry(Pool.class, PoolKernels::window),
          Map.entry(GlobalPool.class, PoolKernels::global),
          Map.entry(Flatten.class, PixelKernels::flatten),
          Map.entry(Softmax.class, PixelKernels::softmax),
          Map.entry(Pad.class, PixelKernels::copy));

  private Kernels() {}

  public static Kernel of(Step step) {
    return ALL.get(step.node().op().getClass()).apply(step);
  }

  private static Kernel conv(Step step) {
    if (step.planes() != null) {
      return PlanesKernel.of(step);
    }
    Conv conv = (Conv) step.node().op();
    return conv.isDepthwise(step.feeds().get(0).node().shape())
        ? DepthwiseKernel.of(step)
        : ConvKernel.of(step);
  }

  private static Kernel dense(Step step) {
    Dense dense = (Dense) step.node().op();
    int channelsIn = step.feeds().get(0).node().shape().channels();
    return new Kernel(step, ConvKernel.pointwise(step, channelsIn, dense.activation()));
  }
}
