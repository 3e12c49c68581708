package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.op.Deconv;

/**
 * What a region should cost one core of a processor that multiplies and adds two vectors a cycle.
 * Only products in register tiles come from {@link CostModel}; the rest is bounded by how many
 * vectors are loaded and stored. Nothing is said of main memory, or of how a region's weights and
 * tensors get into the caches, so that measurements may well be above it.
 *
 * @param macs multiply-adds of convolutions and dense layers
 * @param cycles as estimated
 * @param share the part of the cycles that a core at its peak would take; 0 where nothing is
 *     multiplied
 */
public record Estimate(long macs, double cycles, double share) {
  /** Vectors multiplied and added in a cycle, at the very best. */
  private static final double PEAK = 2;

  /** Vectors loaded in a cycle. */
  private static final double LOADS = 2;

  /** What each tap of a window over a single channel loads: pixels and weights. */
  private static final double TAP = 2;

  /** Cycles of an activation with an exponential, for each vector. */
  private static final double EXPONENTIAL = 12;

  /** Cycles of other activations that are more than bounds. */
  private static final double CLAMPED = 2;

  /** For one thread on the processor that the region was planned for. */
  public static Estimate of(Processor processor, Region region) {
    long macs = 0;
    double cycles = 0;
    for (Stage stage : region.stages()) {
      macs += stage.task().node().macs();
      cycles += cycles(processor, region.kind(), stage);
    }
    for (Region.Copy copy : region.copies()) {
      cycles += 2.0 * vectors(processor, copy.to().floats());
    }
    double least = macs / PEAK / processor.lanes();
    return new Estimate(macs, cycles, cycles == 0 ? 0 : least / cycles);
  }

  private static double cycles(Processor processor, Region.Kind kind, Stage stage) {
    Task task = stage.task();
    if (task.kind() == Task.Kind.INPUT) {
      return vectors(processor, task.out().elements()) * (1 + 1 / LOADS);
    }
    if (stage.scalesWeights()) {
      return 2.0 * vectors(processor, stage.output().floats());
    }
    long outputs = vectors(processor, task.out().channels()) * task.out().pixels();
    double cycles = outputs * activation(task) + (task.residual() == null ? 0 : outputs / LOADS);
    if (stage.tile() != null) {
      boolean flat = kind == Region.Kind.PIXELS || stage.tile().across();
      int pixels = flat ? task.out().pixels() : task.out().width();
      int rows = flat ? 1 : task.out().height();
      long products = CostModel.products(task);
      CostModel costs = new CostModel(processor);
      return cycles + costs.cycles(stage.tile(), rows, pixels, task.out().channels(), products);
    } else if (task.conv() != null) {
      return cycles + outputs * (CostModel.products(task) * TAP / LOADS + 1);
    }
    if (task.node().op() instanceof Deconv) {
      // Each product loads a weight and a sum, and stores the sum for every few of them.
      return cycles + task.node().macs() / processor.lanes() * TAP / LOADS + outputs;
    }
    long inputs = 0;
    for (Place input : stage.inputs()) {
      inputs += vectors(processor, input.shape().channels()) * input.shape().pixels();
    }
    return cycles + inputs / LOADS + outputs;
  }

  private static double activation(Task task) {
    return switch (task.activation().kind()) {
      case NONE, RELU, RELU6 -> 0;
      case SWISH, SIGMOID, TANH, GELU -> EXPONENTIAL;
      case HSWISH, HSIGMOID, LEAKY, PRELU -> CLAMPED;
    };
  }

  private static long vectors(Processor processor, long floats) {
    return (floats + processor.lanes() - 1) / processor.lanes();
  }
}
