package dev.mbnet.compiler.plan;

import java.util.List;

/**
 * A task with where its tensors lie.
 *
 * @param inputs of the task; what a scaling multiplies by is the second, as are the weights that
 *     one has scaled
 * @param residual of the fused addition, or null
 * @param tile of matrix products, else null
 * @param layer its place among the layers with weights; -1 where it has none but slopes
 * @param weights where its packed weights begin, in floats
 * @param bias where its bias begins, in floats
 * @param slopes of its activation, or null where that has none
 */
public record Stage(
    Task task,
    List<Place> inputs,
    Place output,
    Place residual,
    RegisterTile tile,
    int layer,
    int weights,
    int bias,
    Slopes slopes) {

  /** The vectors of which means are computed together, at most. */
  private static final int MEANS = 4;

  /**
   * Trained slopes of an activation.
   *
   * @param layer the place of what applies them among the layers with weights
   * @param at where they begin among the packed weights, in floats
   */
  public record Slopes(int layer, int at) {}

  public Place input() {
    return inputs.get(0);
  }

  /** Where its weights are that a scaling has made, or null. */
  public Place scaledWeights() {
    return tile != null && inputs.size() > 1 ? inputs.get(1) : null;
  }

  /** Whether it scales the weights of the next stage. */
  public boolean scalesWeights() {
    return task.kind() == Task.Kind.SCALE && !output.shape().equals(task.out());
  }

  public boolean hasWeights() {
    return layer >= 0;
  }

  /** The vectors of the panels in which weights are packed; 0 for rows of all channels. */
  public int packedVectors() {
    return tile != null ? tile.vectors() : task.kind() == Task.Kind.DEPTHWISE ? 1 : 0;
  }

  /** The vectors of output channels that are computed together. */
  public int vectors() {
    if (tile != null) {
      return tile.vectors();
    }
    if (input().layout() != Place.Layout.PIXELS) {
      return input().pitch();
    }
    int all = Place.aligned(task.in().channels()) / Place.LANES;
    // Workers share means: there are two parts where there can be.
    return task.kind() == Task.Kind.MEAN ? Math.min(MEANS, Math.max(1, all / 2)) : 1;
  }
}
