package dev.mbnet.runtime;

/**
 * Weights as generated vector code reads them: one array, each layer at a place that the code
 * knows. Immutable by agreement, and shared by all sessions of a network.
 */
public final class VectorWeights {
  private final PackedWeights layers;
  private final float[] floats;

  /** Room for {@code count} floats, all zero. */
  public VectorWeights(PackedWeights layers, int count) {
    this.layers = layers;
    this.floats = LargeArrays.floats(count);
  }

  /** The array that code reads. */
  public float[] floats() {
    return floats;
  }

  /**
   * Packs a layer's matrix in panels {@code [channel out / panel][vector][row][lane]}, {@code
   * panel} being {@code vectors} vectors. Each vector's rows lie one behind the other, for
   * processors fetch ahead for each such stream. Where channels end, the last panel lies over the
   * one before.
   *
   * @param at where the matrix begins
   * @param bias where the bias begins
   */
  public VectorWeights panels(int layer, int at, int bias, int vectors) {
    int taps = layers.taps(layer);
    int channels = layers.bias(layer).length;
    int panel = vectors * Lanes.COUNT;
    for (int c = 0; c < channels; c += panel) {
      int from = Math.min(c, VectorSession.lastPanel(channels, vectors));
      panel(layer, from, panel, at + c * taps);
    }
    System.arraycopy(layers.bias(layer), 0, floats, bias, channels);
    return this;
  }

  /**
   * The same, but where the last panel has no more channels than fit into a vector, it is one
   * vector wide and lies over nothing; {@code vectors} is 2.
   */
  public VectorWeights oddPanels(int layer, int at, int bias, int vectors) {
    int taps = layers.taps(layer);
    int channels = layers.bias(layer).length;
    int panel;
    for (int c = 0; c < channels; c += panel) {
      panel = channels - c > Lanes.COUNT ? vectors * Lanes.COUNT : Lanes.COUNT;
      panel(layer, c, panel, at + c * taps);
    }
    System.arraycopy(layers.bias(layer), 0, floats, bias, channels);
    return this;
  }

  /** Packs the channels from {@code from} on as a panel of so many. */
  private void panel(int layer, int from, int panel, int at) {
    int taps = layers.taps(layer);
    int end = Math.min(from + panel, layers.bias(layer).length);
    for (int c = from; c < end; c += Lanes.COUNT) {
      int vector = at + (c - from) * taps;
      for (int k = 0; k < taps; k++) {
        int count = Math.min(Lanes.COUNT, end - c);
        layers.copyTap(layer, k, c, count, floats, vector + k * Lanes.COUNT);
      }
    }
  }

  /** Packs a layer's matrix row by row, each {@code pitch} floats behind the other. */
  public VectorWeights rows(int layer, int at, int bias, int pitch) {
    int channels = layers.bias(layer).length;
    for (int k = 0; k < layers.taps(layer); k++) {
      layers.copyTap(layer, k, 0, channels, floats, at + k * pitch);
    }
    System.arraycopy(layers.bias(layer), 0, floats, bias, channels);
    return this;
  }

  /** Packs the slopes of a layer's PReLU one behind the other. */
  public VectorWeights slopes(int layer, int at) {
    System.arraycopy(layers.slopes(layer), 0, floats, at, layers.slopes(layer).length);
    return this;
  }
}
