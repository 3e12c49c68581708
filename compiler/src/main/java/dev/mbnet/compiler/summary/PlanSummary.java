package dev.mbnet.compiler.summary;

import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Dense;
import dev.mbnet.compiler.plan.Estimate;
import dev.mbnet.compiler.plan.Place;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.RegisterTile;
import dev.mbnet.compiler.plan.Stage;
import dev.mbnet.compiler.plan.Task;
import dev.mbnet.compiler.plan.VectorPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How code with vectors computes a network, and what that should cost one core.
 *
 * @param registers that the code is made for
 * @param lanes of a vector that estimates are for
 * @param workingBytes of a session with one thread
 * @param threadBytes that each further thread adds
 * @param unfusedBytes the most bytes of activations alive at once without fusion
 * @param weightBytes of packed weights
 * @param batchRegion the first of the regions, counted from 1, that several images of a batch take
 *     together; null if there are none
 * @param batchImages how many of them, at most; null if there are none
 * @param peakGmacsPerSecond 10^9 multiply-adds in a second of a core that does nothing else; null
 *     unless measured
 */
public record PlanSummary(
    String network,
    int registers,
    int lanes,
    long workingBytes,
    long threadBytes,
    long unfusedBytes,
    long weightBytes,
    Integer batchRegion,
    Integer batchImages,
    Double peakGmacsPerSecond,
    List<Region> regions) {
  private static final int FLOAT = 4;

  /**
   * Layers that run together.
   *
   * @param weightBytes of packed weights and biases
   * @param betweenBytes of what lies between its layers: rings of rows, panels of channels, copies
   *     with borders
   * @param readBytes of whole tensors that it reads, the caller's array among them
   * @param writtenBytes of the whole tensor that it writes
   * @param macs multiply-adds
   * @param estimatedCycles see {@link Estimate}
   * @param estimatedShareOfPeak how much of the estimate multiplying takes at the very best; to a
   *     thousandth
   * @param measuredMicroseconds a median; null unless measured
   * @param measuredGmacsPerSecond 10^9 multiply-adds in a second; null unless measured
   */
  public record Region(
      String kind,
      List<Layer> layers,
      long weightBytes,
      long betweenBytes,
      long readBytes,
      long writtenBytes,
      long macs,
      long estimatedCycles,
      double estimatedShareOfPeak,
      Double measuredMicroseconds,
      Double measuredGmacsPerSecond) {

    Region measured(double microseconds) {
      return new Region(
          kind,
          layers,
          weightBytes,
          betweenBytes,
          readBytes,
          writtenBytes,
          macs,
          estimatedCycles,
          estimatedShareOfPeak,
          microseconds,
          macs / microseconds / 1e3);
    }
  }

  /**
   * A layer.
   *
   * @param what the operation in a few words
   * @param inputs each {@code [h, w, c]}; none of the network's input
   * @param output {@code [h, w, c]}
   * @param tile what a matrix product keeps in registers; null for other operations
   * @param keeps how much of the output is there at a time; null for all
   */
  public record Layer(
      String name,
      String what,
      List<List<Integer>> inputs,
      List<Integer> output,
      RegisterTile tile,
      String keeps) {}

  public static PlanSummary of(String network, VectorPlan plan) {
    long unfused =
        plan.graph().liveElements().values().stream().mapToLong(Long::longValue).max().orElse(0);
    return new PlanSummary(
        network,
        plan.processor().registers(),
        plan.processor().lanes(),
        plan.bytes(1),
        plan.bytes(2) - plan.bytes(1),
        FLOAT * unfused,
        (long) FLOAT * plan.weights(),
        plan.tail().isNone() ? null : plan.tail().region() + 1,
        plan.tail().isNone() ? null : plan.tail().images(),
        null,
        plan.regions().stream().map(region -> region(plan.processor(), region)).toList());
  }

  /** The same with measured times of all regions, and a core's peak. */
  public PlanSummary measured(List<Double> microseconds, double peakGmacsPerSecond) {
    List<Region> timed = new ArrayList<>();
    for (int i = 0; i < regions.size(); i++) {
      timed.add(regions.get(i).measured(microseconds.get(i)));
    }
    return new PlanSummary(
        network,
        registers,
        lanes,
        workingBytes,
        threadBytes,
        unfusedBytes,
        weightBytes,
        batchRegion,
        batchImages,
        peakGmacsPerSecond,
        timed);
  }

  private static Region region(Processor processor, dev.mbnet.compiler.plan.Region region) {
    Set<Place> read = new LinkedHashSet<>();
    Set<Place> between = new LinkedHashSet<>();
    region.copies().forEach(copy -> read.add(copy.from()));
    region.copies().forEach(copy -> between.add(copy.to()));
    long weights = 0;
    long input = 0;
    for (Stage stage : region.stages()) {
      weights += weights(stage);
      input += stage.task().kind() == Task.Kind.INPUT ? stage.task().out().elements() : 0;
      read.addAll(stage.inputs());
      if (stage.residual() != null) {
        read.add(stage.residual());
      }
      if (stage != region.last()) {
        between.add(stage.output());
      }
    }
    read.removeAll(between);
    Estimate estimate = Estimate.of(processor, region);
    return new Region(
        kind(region.kind()),
        region.stages().stream().map(stage -> layer(processor, stage)).toList(),
        FLOAT * weights,
        bytes(between),
        bytes(read) + FLOAT * input,
        bytes(Set.of(region.last().output())),
        estimate.macs(),
        Math.round(estimate.cycles()),
        Math.round(1e3 * estimate.share()) / 1e3,
        null,
        null);
  }

  private static long bytes(Set<Place> places) {
    return places.stream().mapToLong(place -> (long) FLOAT * place.floats()).sum();
  }

  /**
   * Floats of packed weights and, behind them, as many biases as there are channels with padding;
   * and of slopes.
   */
  private static long weights(Stage stage) {
    int channels = stage.task().out().channels();
    long slopes = stage.slopes() == null ? 0 : Place.aligned(channels);
    if (!stage.hasWeights()) {
      return slopes;
    }
    RegisterTile tile = stage.tile();
    long biases = tile == null ? Place.aligned(channels) : tile.padded(channels);
    return stage.bias() - stage.weights() + biases + slopes;
  }

  private static String kind(dev.mbnet.compiler.plan.Region.Kind kind) {
    return switch (kind) {
      case ROWS -> "row by row";
      case PANELS -> "panel by panel";
      case PIXELS -> "all pixels at once";
      case WHOLE -> "whole tensors";
    };
  }

  private static Layer layer(Processor processor, Stage stage) {
    Task task = stage.task();
    return new Layer(
        task.node().name(),
        what(task),
        task.node().inputShapes().stream().map(Summary::list).toList(),
        Summary.list(task.out()),
        stage.tile(),
        keeps(processor, stage));
  }

  private static String what(Task task) {
    StringBuilder what = new StringBuilder();
    if (task.node().op() instanceof Conv conv) {
      what.append(task.kind() == Task.Kind.DEPTHWISE ? "dwconv k=" : "conv k=");
      what.append(conv.kernel());
      what.append(conv.stride().isOne() ? "" : " s=" + conv.stride());
      what.append(task.kind() == Task.Kind.OTHER ? " g=" + conv.groups() : "");
    } else if (task.node().op() instanceof Dense) {
      what.append("dense");
    } else {
      return task.kind() == Task.Kind.INPUT ? "input" : task.node().op().describe();
    }
    if (task.residual() != null) {
      what.append(" + ").append(task.residual().name());
    }
    Activation activation = task.activation();
    return activation.isNone()
        ? what.toString()
        : what + " " + activation.kind().toString().toLowerCase(Locale.ROOT);
  }

  private static String keeps(Processor processor, Stage stage) {
    Place output = stage.output();
    if (stage.scalesWeights()) {
      return "the next layer's weights, scaled";
    }
    if (output.layout() == Place.Layout.PANEL) {
      return "a panel of " + output.pitch() * processor.lanes() + " channels";
    }
    return output.isRing() ? output.rows() + " of its rows" : null;
  }
}
