package dev.mbnet.runtime;

import java.util.function.Function;

/**
 * Weights as generated code reads them: norms folded, one matrix and one bias a layer. Immutable by
 * agreement: generated code only reads the arrays.
 */
public final class PackedWeights {
  private final float[][][] matrices;
  private final boolean[] byOutput;
  private final float[][] biases;
  private final float[][] slopes;
  private VectorWeights vectors;

  PackedWeights(float[][][] matrices, boolean[] byOutput, float[][] biases, float[][] slopes) {
    this.matrices = matrices;
    this.byOutput = byOutput;
    this.biases = biases;
    this.slopes = slopes;
  }

  /**
   * The matrix {@code [kernel row * kernel column * channel in][channel out]} of a layer, or the
   * other way round where it was declared {@link WeightLoader.Layer#byOutput}.
   */
  public float[][] matrix(int layer) {
    return matrices[layer];
  }

  /** How many products there are in each sum of a layer. */
  int taps(int layer) {
    return byOutput[layer] ? matrices[layer][0].length : matrices[layer].length;
  }

  /** Copies the weights of output channels {@code from}, ... for one of the products. */
  void copyTap(int layer, int tap, int from, int count, float[] to, int at) {
    float[][] matrix = matrices[layer];
    if (!byOutput[layer]) {
      System.arraycopy(matrix[tap], from, to, at, count);
      return;
    }
    for (int o = 0; o < count; o++) {
      to[at + o] = matrix[from + o][tap];
    }
  }

  /** The bias {@code [channel out]} of a layer, zeros where it was trained without. */
  public float[] bias(int layer) {
    return biases[layer];
  }

  /** The slopes {@code [channel out]} of the PReLU of a layer, which has one. */
  public float[] slopes(int layer) {
    return slopes[layer];
  }

  /** The same weights for vector code, which {@code pack} packs once. */
  public synchronized VectorWeights vectors(Function<PackedWeights, VectorWeights> pack) {
    if (vectors == null) {
      vectors = pack.apply(this);
    }
    return vectors;
  }
}
