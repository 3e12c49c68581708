package dev.mbnet.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits a safetensors file to a network. Generated code declares its layers in order, then {@link
 * #load} checks the whole file against them, folds norms and packs. Not thread-safe.
 */
public final class WeightLoader {
  private final String network;
  private final Safetensors file;
  private final List<Layer> layers = new ArrayList<>();

  /** {@code network} is its name for messages. */
  public WeightLoader(String network, Safetensors file) {
    this.network = network;
    this.file = file;
  }

  /** A layer being declared; what is not called for is not there. */
  public static final class Layer {
    private final String name;
    private final int[] shape;
    private boolean bias;
    private String norm;
    private double eps;

    private Layer(String name, int... shape) {
      this.name = name;
      this.shape = shape;
    }

    /** It is trained with a bias. */
    public Layer bias() {
      bias = true;
      return this;
    }

    /** The batch norm of that name follows it. */
    public Layer norm(String name, double eps) {
      this.norm = name;
      this.eps = eps;
      return this;
    }
  }

  /** The next layer is a convolution with weights {@code [out][in / groups][kh][kw]}. */
  public Layer conv(String name, int out, int inPerGroup, int kernelHeight, int kernelWidth) {
    return add(new Layer(name, out, inPerGroup, kernelHeight, kernelWidth));
  }

  /** The next layer is a dense one with weights {@code [out][in]}. */
  public Layer dense(String name, int out, int in) {
    return add(new Layer(name, out, in));
  }

  /** The next layer is a batch norm of its own; its matrix is one row of scales. */
  public void batchNorm(String name, int channels, double eps) {
    add(new Layer(null, channels)).norm(name, eps);
  }

  private Layer add(Layer layer) {
    layers.add(layer);
    return layer;
  }

  /**
   * Folds and packs the declared layers.
   *
   * @throws WeightsException naming every missing, surplus and misshapen tensor
   */
  public PackedWeights load() {
    check();
    float[][][] matrices = new float[layers.size()][][];
    float[][] biases = new float[layers.size()][];
    for (int i = 0; i < matrices.length; i++) {
      Layer layer = layers.get(i);
      int out = layer.shape[0];
      double[] scale = new double[out];
      double[] shift = new double[out];
      fold(layer, scale, shift);
      matrices[i] = pack(layer, scale);
      biases[i] = new float[out];
      for (int c = 0; c < out; c++) {
        biases[i][c] = (float) shift[c];
      }
    }
    return new PackedWeights(matrices, biases);
  }

  /** Sets what the weights are multiplied by and what is added, in double. */
  private void fold(Layer layer, double[] scale, double[] shift) {
    Arrays.fill(scale, 1);
    if (layer.bias) {
      float[] bias = file.floats(layer.name + ".bias");
      for (int c = 0; c < shift.length; c++) {
        shift[c] = bias[c];
      }
    }
    if (layer.norm == null) {
      return;
    }
    float[] weight = file.floats(layer.norm + ".weight");
    float[] bias = file.floats(layer.norm + ".bias");
    float[] mean = file.floats(layer.norm + ".running_mean");
    float[] variance = file.floats(layer.norm + ".running_var");
    for (int c = 0; c < scale.length; c++) {
      scale[c] = weight[c] / Math.sqrt(variance[c] + layer.eps);
      shift[c] = (shift[c] - mean[c]) * scale[c] + bias[c];
    }
  }

  private float[][] pack(Layer layer, double[] scale) {
    int out = layer.shape[0];
    int in = layer.shape.length > 1 ? layer.shape[1] : 1;
    int taps = layer.shape.length > 2 ? layer.shape[2] * layer.shape[3] : 1;
    float[] weight = layer.name == null ? null : file.floats(layer.name + ".weight");
    float[][] matrix = new float[taps * in][out];
    for (int tap = 0; tap < taps; tap++) {
      for (int i = 0; i < in; i++) {
        float[] row = matrix[tap * in + i];
        for (int o = 0; o < out; o++) {
          double value = weight == null ? 1 : weight[(o * in + i) * taps + tap];
          row[o] = (float) (value * scale[o]);
        }
      }
    }
    return matrix;
  }

  private void check() {
    WeightShapes shapes = new WeightShapes();
    for (Layer layer : layers) {
      if (layer.name != null) {
        shapes.add(layer.name + ".weight", layer.shape);
      }
      if (layer.bias) {
        shapes.add(layer.name + ".bias", layer.shape[0]);
      }
      if (layer.norm != null) {
        for (String part : List.of(".weight", ".bias", ".running_mean", ".running_var")) {
          shapes.add(layer.norm + part, layer.shape[0]);
        }
      }
    }
    shapes.check(network, file);
  }
}
