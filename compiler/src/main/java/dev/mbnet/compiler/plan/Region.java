package dev.mbnet.compiler.plan;

import java.util.List;

/**
 * Stages that run together; between regions all workers wait for each other.
 *
 * @param copies what is copied before, for stages that read all pixels one after another
 */
public record Region(Kind kind, List<Stage> stages, List<Copy> copies) {

  /** How the stages take turns. */
  public enum Kind {
    /** Row by row of the last one's output; the others stay a window ahead. */
    ROWS,
    /** Panel by panel of channels: a matrix product, and what reads it channel by channel. */
    PANELS,
    /** One matrix product over all pixels. */
    PIXELS,
    /** One stage over its whole tensor. */
    WHOLE
  }

  /**
   * A copy of a tensor with borders around it.
   *
   * @param top rows of {@code border} before the first
   */
  public record Copy(Place from, Place to, int top, float border) {}

  public Region {
    stages = List.copyOf(stages);
    copies = List.copyOf(copies);
  }

  public Stage last() {
    return stages.get(stages.size() - 1);
  }
}
