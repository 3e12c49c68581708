package dev.mbnet.runtime;

import java.util.function.Function;

/**
 * Weights as generated code reads them: norms folded, one matrix and one bias a layer. Immutable by
 * agreement: generated code only reads the arrays.
 */
public final class PackedWeights {
  private final float[][][] matrices;
  private final float[][] biases;
  private VectorWeights vectors;

  PackedWeights(float[][][] matrices, float[][] biases) {
    this.matrices = matrices;
    this.biases = biases;
  }

  /** The matrix {@code [kernel row * kernel column * channel in][channel out]} of a layer. */
  public float[][] matrix(int layer) {
    return matrices[layer];
  }

  /** The bias {@code [channel out]} of a layer, zeros where it was trained without. */
  public float[] bias(int layer) {
    return biases[layer];
  }

  /** The same weights for vector code, which {@code pack} packs once. */
  public synchronized VectorWeights vectors(Function<PackedWeights, VectorWeights> pack) {
    if (vectors == null) {
      vectors = pack.apply(this);
    }
    return vectors;
  }
}
