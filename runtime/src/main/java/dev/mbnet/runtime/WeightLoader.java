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

  /** The weights of the layer that is being packed, as the file has them. */
  private float[] weight = {};

  /** {@code network} is its name for messages. */
  public WeightLoader(String network, Safetensors file) {
    this.network = network;
    this.file = file;
  }

  /** How a layer's weights lie in the file. */
  private enum Order {
    NONE,
    OUT_IN,
    IN_OUT
  }

  /** A layer being declared; what is not called for is not there. */
  public static final class Layer {
    private final String name;
    private final int[] shape;
    private final int out;
    private final Order order;
    private boolean bias;
    private String norm;
    private double eps;
    private String prelu;
    private boolean shared;
    private boolean byOutput;

    private Layer(String name, int out, Order order, int... shape) {
      this.name = name;
      this.out = out;
      this.order = order;
      this.shape = shape;
    }

    /** It is trained with a bias. */
    public Layer bias() {
      bias = true;
      return this;
    }

    /** Its matrix is wanted by output channel; for convolutions, not for transposed ones. */
    public Layer byOutput() {
      byOutput = true;
      return this;
    }

    /** The batch norm of that name follows it. */
    public Layer norm(String name, double eps) {
      this.norm = name;
      this.eps = eps;
      return this;
    }

    /**
     * The PReLU of that name follows it.
     *
     * @param shared whether the file has one slope for all channels
     */
    public Layer slopes(String name, boolean shared) {
      this.prelu = name;
      this.shared = shared;
      return this;
    }
  }

  /** The next layer is a convolution with weights {@code [out][in / groups][kh][kw]}. */
  public Layer conv(String name, int out, int inPerGroup, int kernelHeight, int kernelWidth) {
    return add(new Layer(name, out, Order.OUT_IN, out, inPerGroup, kernelHeight, kernelWidth));
  }

  /** The next layer is a transposed convolution with {@code [in][out / groups][kh][kw]}. */
  public Layer deconv(String name, int in, int out, int kernelHeight, int kernelWidth, int groups) {
    int outPerGroup = out / groups;
    return add(new Layer(name, out, Order.IN_OUT, in, outPerGroup, kernelHeight, kernelWidth));
  }

  /** The next layer is a dense one with weights {@code [out][in]}. */
  public Layer dense(String name, int out, int in) {
    return add(new Layer(name, out, Order.OUT_IN, out, in));
  }

  /** The next layer is a batch norm of its own; its matrix is one row of scales. */
  public void batchNorm(String name, int channels, double eps) {
    add(new Layer(null, channels, Order.NONE)).norm(name, eps);
  }

  /**
   * The next layer has no weights but the slopes of a PReLU.
   *
   * @param shared whether the file has one slope for all channels
   */
  public void slopes(String name, int channels, boolean shared) {
    add(new Layer(null, channels, Order.NONE)).slopes(name, shared);
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
    boolean[] byOutput = new boolean[layers.size()];
    float[][] biases = new float[layers.size()][];
    float[][] slopes = new float[layers.size()][];
    for (int i = 0; i < matrices.length; i++) {
      Layer layer = layers.get(i);
      int out = layer.out;
      double[] scale = new double[out];
      double[] shift = new double[out];
      fold(layer, scale, shift);
      matrices[i] = layer.byOutput ? packByOutput(layer, scale) : pack(layer, scale);
      byOutput[i] = layer.byOutput;
      slopes[i] = layer.prelu == null ? null : slopes(layer);
      biases[i] = new float[out];
      for (int c = 0; c < out; c++) {
        biases[i][c] = (float) shift[c];
      }
    }
    return new PackedWeights(matrices, byOutput, biases, slopes);
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
    // One array for all layers: memory that is touched for the first time is what takes time here.
    weight = layer.name == null ? weight : file.floats(layer.name + ".weight", weight);
    int out = layer.out;
    int[] shape = layer.shape;
    int taps = shape.length > 2 ? shape[2] * shape[3] : 1;
    int in =
        switch (layer.order) {
          case NONE -> 1;
          case OUT_IN -> shape[1];
          // As many input channels as there are for the groups of output channels.
          case IN_OUT -> shape[0] / (out / shape[1]);
        };
    float[][] matrix = new float[taps * in][out];
    for (int tap = 0; tap < taps; tap++) {
      for (int i = 0; i < in; i++) {
        float[] row = matrix[tap * in + i];
        switch (layer.order) {
          case NONE -> {
            for (int o = 0; o < out; o++) {
              row[o] = (float) scale[o];
            }
          }
          case OUT_IN -> column(row, 0, out, i * taps + tap, in * taps, scale);
          case IN_OUT -> {
            for (int o = 0; o < out; o += shape[1]) {
              int channel = o / shape[1] * in + i;
              column(row, o, shape[1], channel * shape[1] * taps + tap, taps, scale);
            }
          }
        }
      }
    }
    return matrix;
  }

  private float[][] packByOutput(Layer layer, double[] scale) {
    weight = file.floats(layer.name + ".weight", weight);
    int in = layer.shape[1];
    int taps = layer.shape[2] * layer.shape[3];
    float[][] matrix = new float[layer.out][taps * in];
    double[] same = new double[taps * in];
    for (int o = 0; o < layer.out; o++) {
      Arrays.fill(same, scale[o]);
      for (int tap = 0; tap < taps; tap++) {
        column(matrix[o], tap * in, in, o * in * taps + tap, taps, same);
      }
    }
    return matrix;
  }

  private float[] slopes(Layer layer) {
    float[] slopes = file.floats(layer.prelu + ".weight");
    if (layer.shared) {
      float slope = slopes[0];
      slopes = new float[layer.out];
      Arrays.fill(slopes, slope);
    }
    return slopes;
  }

  /**
   * Takes what lies {@code apart} in the present weights, each times the scale of its place. Nearly
   * all time of loading goes here, and a process that has just begun has to compile it first: it is
   * small.
   */
  private void column(float[] row, int at, int count, int from, int apart, double[] scale) {
    float[] weights = weight;
    for (int o = 0; o < count; o++) {
      row[at + o] = (float) (weights[from + o * apart] * scale[at + o]);
    }
  }

  private void check() {
    WeightShapes shapes = new WeightShapes();
    for (Layer layer : layers) {
      if (layer.name != null) {
        shapes.add(layer.name + ".weight", layer.shape);
      }
      if (layer.bias) {
        shapes.add(layer.name + ".bias", layer.out);
      }
      if (layer.norm != null) {
        for (String part : List.of(".weight", ".bias", ".running_mean", ".running_var")) {
          shapes.add(layer.norm + part, layer.out);
        }
      }
      if (layer.prelu != null) {
        shapes.add(layer.prelu + ".weight", layer.shared ? 1 : layer.out);
      }
    }
    shapes.check(network, file);
  }
}
