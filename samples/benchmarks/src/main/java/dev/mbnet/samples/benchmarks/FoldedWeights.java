package dev.mbnet.samples.benchmarks;

import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Conv;
import java.util.Map;

/** Weights with norms folded into convolutions, in TensorFlow's layouts. */
final class FoldedWeights {
  private final Map<String, float[]> weights;

  FoldedWeights(Map<String, float[]> weights) {
    this.weights = weights;
  }

  float[] of(String name) {
    return weights.get(name);
  }

  /** The bias of a convolution. */
  float[] bias(Node node, Conv conv) {
    float[] bias = conv.bias() ? of(node.name() + ".bias").clone() : new float[conv.channels()];
    if (conv.norm() == null) {
      return bias;
    }
    float[] mean = of(conv.norm().name() + ".running_mean");
    float[] shift = of(conv.norm().name() + ".bias");
    for (int o = 0; o < bias.length; o++) {
      bias[o] = (float) (shift[o] + (bias[o] - (double) mean[o]) * scale(conv, o));
    }
    return bias;
  }

  /** The kernel of a convolution over all channels, {@code [out][h][w][in]}. */
  float[] dense(Node node, Conv conv) {
    float[] from = of(node.name() + ".weight");
    int window = conv.kernel().h() * conv.kernel().w();
    int in = from.length / conv.channels() / window;
    float[] to = new float[from.length];
    for (int o = 0; o < conv.channels(); o++) {
      double scale = scale(conv, o);
      for (int c = 0; c < in; c++) {
        for (int k = 0; k < window; k++) {
          to[(o * window + k) * in + c] = (float) (from[(o * in + c) * window + k] * scale);
        }
      }
    }
    return to;
  }

  /** The kernel of a depthwise convolution, {@code [h][w][c]}. */
  float[] depthwise(Node node, Conv conv) {
    float[] from = of(node.name() + ".weight");
    int channels = conv.channels();
    int window = from.length / channels;
    float[] to = new float[from.length];
    for (int c = 0; c < channels; c++) {
      double scale = scale(conv, c);
      for (int k = 0; k < window; k++) {
        to[k * channels + c] = (float) (from[c * window + k] * scale);
      }
    }
    return to;
  }

  private double scale(Conv conv, int channel) {
    if (conv.norm() == null) {
      return 1;
    }
    String name = conv.norm().name();
    double variance = of(name + ".running_var")[channel] + conv.norm().eps();
    return of(name + ".weight")[channel] / Math.sqrt(variance);
  }
}
