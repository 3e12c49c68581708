package dev.mbnet.testing;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Concat;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Deconv;
import dev.mbnet.compiler.op.Dense;
import dev.mbnet.compiler.op.Dropout;
import dev.mbnet.compiler.op.Flatten;
import dev.mbnet.compiler.op.GlobalPool;
import dev.mbnet.compiler.op.Merge;
import dev.mbnet.compiler.op.Op;
import dev.mbnet.compiler.op.Pad;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pool;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Softmax;
import dev.mbnet.compiler.op.Upsample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes a graph straight from the definitions of its operators, in double and as slowly as that
 * may be. Tensors are {@code [h][w][c]}; weights are flat, in PyTorch's order.
 */
public final class Interpreter {
  private final Map<String, float[]> weights;

  private Interpreter(Map<String, float[]> weights) {
    this.weights = weights;
  }

  /** The outputs of {@code graph} in their order, each flat. */
  public static List<double[]> run(Graph graph, Map<String, float[]> weights, float[] input) {
    Interpreter interpreter = new Interpreter(weights);
    Map<Node, double[][][]> values = new HashMap<>();
    for (Node node : graph.nodes()) {
      List<double[][][]> inputs = node.inputs().stream().map(values::get).toList();
      double[][][] value =
          node.isInput() ? unflatten(input, node.shape()) : interpreter.compute(node, inputs);
      if (!shape(value).equals(node.shape())) {
        throw new IllegalStateException(node + " gives " + shape(value) + ", not " + node.shape());
      }
      values.put(node, value);
    }
    return graph.outputs().stream().map(output -> flatten(values.get(output.node()))).toList();
  }

  private double[][][] compute(Node node, List<double[][][]> inputs) {
    Op op = node.op();
    double[][][] x = inputs.get(0);
    if (op instanceof Conv conv) {
      return conv(conv, node.name(), x);
    } else if (op instanceof Deconv deconv) {
      return deconv(deconv, node.name(), x, node.shape());
    } else if (op instanceof Upsample upsample) {
      return upsample(upsample, x, node.shape());
    } else if (op instanceof Dense dense) {
      return dense(dense, node.name(), x);
    } else if (op instanceof BatchNorm bn) {
      return batchNorm(bn.eps(), node.name(), x);
    } else if (op instanceof Activate activate) {
      return activate(activate.activation().withSlopesOf(node.name()), x);
    } else if (op instanceof Merge merge) {
      return merge(merge, inputs, node.shape());
    } else if (op instanceof Concat) {
      return concat(inputs, node.shape());
    } else if (op instanceof Pool pool) {
      return pool(pool, x, node.shape());
    } else if (op instanceof GlobalPool) {
      return globalPool(x);
    } else if (op instanceof Flatten) {
      return unflatten(flatten(x), node.shape());
    } else if (op instanceof Softmax) {
      return softmax(x);
    } else if (op instanceof Pad pad) {
      return pad(pad.pads(), x);
    } else if (op instanceof Dropout) {
      return x;
    }
    throw new IllegalStateException("the interpreter does not know " + op.describe());
  }

  private double[][][] conv(Conv conv, String name, double[][][] unpadded) {
    double[][][] x = pad(conv.pads(), unpadded);
    float[] weight = weights.get(name + ".weight");
    float[] bias = conv.bias() ? weights.get(name + ".bias") : new float[conv.channels()];
    int kh = conv.kernel().h();
    int kw = conv.kernel().w();
    int inPerGroup = x[0][0].length / conv.groups();
    int outPerGroup = conv.channels() / conv.groups();
    int spanH = (kh - 1) * conv.dilation().h() + 1;
    int spanW = (kw - 1) * conv.dilation().w() + 1;
    int height = (x.length - spanH) / conv.stride().h() + 1;
    int width = (x[0].length - spanW) / conv.stride().w() + 1;
    double[][][] y = new double[height][width][conv.channels()];
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        for (int o = 0; o < conv.channels(); o++) {
          int firstIn = o / outPerGroup * inPerGroup;
          double sum = bias[o];
          for (int c = 0; c < inPerGroup; c++) {
            for (int a = 0; a < kh; a++) {
              for (int b = 0; b < kw; b++) {
                int row = i * conv.stride().h() + a * conv.dilation().h();
                int column = j * conv.stride().w() + b * conv.dilation().w();
                sum +=
                    x[row][column][firstIn + c] * weight[((o * inPerGroup + c) * kh + a) * kw + b];
              }
            }
          }
          y[i][j][o] = sum;
        }
      }
    }
    if (conv.norm() != null) {
      y = batchNorm(conv.norm().eps(), conv.norm().name(), y);
    }
    return activate(conv.activation(), y);
  }

  private double[][][] deconv(Deconv deconv, String name, double[][][] x, Shape shape) {
    float[] weight = weights.get(name + ".weight");
    float[] bias = deconv.bias() ? weights.get(name + ".bias") : new float[deconv.channels()];
    int kh = deconv.kernel().h();
    int kw = deconv.kernel().w();
    int inPerGroup = x[0][0].length / deconv.groups();
    int outPerGroup = deconv.channels() / deconv.groups();
    double[][][] y = map(shape, (i, j, o) -> bias[o]);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        for (int c = 0; c < x[i][j].length; c++) {
          int firstOut = c / inPerGroup * outPerGroup;
          for (int a = 0; a < kh; a++) {
            for (int b = 0; b < kw; b++) {
              int row = i * deconv.step().h() + a - deconv.crop().top();
              int column = j * deconv.step().w() + b - deconv.crop().left();
              boolean cut = row < 0 || row >= y.length || column < 0 || column >= y[0].length;
              for (int o = 0; o < outPerGroup && !cut; o++) {
                y[row][column][firstOut + o] +=
                    x[i][j][c] * weight[((c * outPerGroup + o) * kh + a) * kw + b];
              }
            }
          }
        }
      }
    }
    if (deconv.norm() != null) {
      y = batchNorm(deconv.norm().eps(), deconv.norm().name(), y);
    }
    return activate(deconv.activation(), y);
  }

  private static double[][][] upsample(Upsample upsample, double[][][] x, Shape shape) {
    return map(
        shape,
        (i, j, c) -> {
          double row = source(upsample, i, x.length, shape.height());
          double column = source(upsample, j, x[0].length, shape.width());
          int top = (int) row;
          int left = (int) column;
          int bottom = Math.min(top + 1, x.length - 1);
          int right = Math.min(left + 1, x[0].length - 1);
          double down = row - top;
          double over = column - left;
          return (1 - down) * ((1 - over) * x[top][left][c] + over * x[top][right][c])
              + down * ((1 - over) * x[bottom][left][c] + over * x[bottom][right][c]);
        });
  }

  /** Where a cell of {@code to} lies among {@code from}. */
  private static double source(Upsample upsample, int i, int from, int to) {
    if (!upsample.linear()) {
      return i * from / to;
    } else if (upsample.corners()) {
      return to == 1 ? 0 : (double) i * (from - 1) / (to - 1);
    }
    return Math.max(0, (i + 0.5) * from / to - 0.5);
  }

  private double[][][] dense(Dense dense, String name, double[][][] x) {
    float[] weight = weights.get(name + ".weight");
    double[] in = x[0][0];
    double[][][] y = new double[1][1][dense.channels()];
    for (int o = 0; o < dense.channels(); o++) {
      y[0][0][o] = dense.bias() ? weights.get(name + ".bias")[o] : 0;
      for (int c = 0; c < in.length; c++) {
        y[0][0][o] += in[c] * weight[o * in.length + c];
      }
    }
    return activate(dense.activation(), y);
  }

  private double[][][] batchNorm(double eps, String name, double[][][] x) {
    float[] weight = weights.get(name + ".weight");
    float[] bias = weights.get(name + ".bias");
    float[] mean = weights.get(name + ".running_mean");
    float[] variance = weights.get(name + ".running_var");
    return map(
        shape(x),
        (i, j, c) -> (x[i][j][c] - mean[c]) / Math.sqrt(variance[c] + eps) * weight[c] + bias[c]);
  }

  private double[][][] activate(Activation activation, double[][][] x) {
    if (activation.kind() == Activation.Kind.PRELU) {
      float[] slopes = weights.get(activation.layer() + ".weight");
      return map(
          shape(x),
          (i, j, c) -> x[i][j][c] * (x[i][j][c] >= 0 ? 1 : slopes[slopes.length == 1 ? 0 : c]));
    }
    return map(shape(x), (i, j, c) -> activate(activation, x[i][j][c]));
  }

  private static double activate(Activation activation, double x) {
    return switch (activation.kind()) {
      case NONE -> x;
      case RELU -> Math.max(x, 0);
      case RELU6 -> Math.min(Math.max(x, 0), 6);
      case HSWISH -> x * Math.min(Math.max(x + 3, 0), 6) / 6;
      case SWISH -> x / (1 + Math.exp(-x));
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case HSIGMOID -> Math.min(Math.max(activation.slope() * x + 0.5, 0), 1);
      case TANH -> Math.tanh(x);
      case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
      case PRELU -> throw new IllegalStateException("its slopes are weights");
      case LEAKY -> x >= 0 ? x : activation.slope() * x;
    };
  }

  /** The error function, by a series whose terms have one sign, or as good as 1. */
  public static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double sum = 0;
    double term = x;
    for (int n = 0; n < 200; n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 3);
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  private double[][][] merge(Merge merge, List<double[][][]> inputs, Shape shape) {
    double[][][] y =
        map(
            shape,
            (i, j, c) -> {
              double result = merge.kind() == Merge.Kind.ADD ? 0 : 1;
              for (double[][][] x : inputs) {
                boolean single = x.length == 1 && x[0].length == 1;
                double value = single ? x[0][0][c] : x[i][j][c];
                result = merge.kind() == Merge.Kind.ADD ? result + value : result * value;
              }
              return result;
            });
    return activate(merge.activation(), y);
  }

  private static double[][][] concat(List<double[][][]> inputs, Shape shape) {
    return map(
        shape,
        (i, j, c) -> {
          int rest = c;
          for (double[][][] x : inputs) {
            if (rest < x[i][j].length) {
              return x[i][j][rest];
            }
            rest -= x[i][j].length;
          }
          throw new IllegalStateException("no input holds channel " + c);
        });
  }

  private static double[][][] pool(Pool pool, double[][][] x, Shape shape) {
    return map(
        shape,
        (i, j, c) -> {
          double sum = 0;
          double most = Double.NEGATIVE_INFINITY;
          int inside = 0;
          for (int a = 0; a < pool.kernel().h(); a++) {
            for (int b = 0; b < pool.kernel().w(); b++) {
              int row = i * pool.stride().h() + a - pool.pads().top();
              int column = j * pool.stride().w() + b - pool.pads().left();
              if (row >= 0 && row < x.length && column >= 0 && column < x[0].length) {
                sum += x[row][column][c];
                most = Math.max(most, x[row][column][c]);
                inside++;
              }
            }
          }
          int all = pool.kernel().h() * pool.kernel().w();
          return pool.max() ? most : sum / (pool.countPads() ? all : inside);
        });
  }

  private static double[][][] globalPool(double[][][] x) {
    double[][][] y = new double[1][1][x[0][0].length];
    for (double[][] row : x) {
      for (double[] pixel : row) {
        for (int c = 0; c < pixel.length; c++) {
          y[0][0][c] += pixel[c] / (x.length * row.length);
        }
      }
    }
    return y;
  }

  private static double[][][] softmax(double[][][] x) {
    double[][][] y = map(shape(x), (i, j, c) -> Math.exp(x[i][j][c]));
    return map(shape(x), (i, j, c) -> y[i][j][c] / Arrays.stream(y[i][j]).sum());
  }

  private static double[][][] pad(Pads pads, double[][][] x) {
    int height = x.length;
    int width = x[0].length;
    return map(
        new Shape(
            pads.top() + height + pads.bottom(),
            pads.left() + width + pads.right(),
            x[0][0].length),
        (i, j, c) -> {
          int row = i - pads.top();
          int column = j - pads.left();
          boolean inside = row >= 0 && row < height && column >= 0 && column < width;
          return inside ? x[row][column][c] : 0;
        });
  }

  /** An element of a tensor from its position. */
  private interface Element {
    double at(int row, int column, int channel);
  }

  private static double[][][] map(Shape shape, Element element) {
    double[][][] y = new double[shape.height()][shape.width()][shape.channels()];
    for (int i = 0; i < shape.height(); i++) {
      for (int j = 0; j < shape.width(); j++) {
        for (int c = 0; c < shape.channels(); c++) {
          y[i][j][c] = element.at(i, j, c);
        }
      }
    }
    return y;
  }

  private static Shape shape(double[][][] x) {
    return new Shape(x.length, x[0].length, x[0][0].length);
  }

  private static double[] flatten(double[][][] x) {
    Shape shape = shape(x);
    double[] flat = new double[(int) shape.elements()];
    map(shape, (i, j, c) -> flat[(i * shape.width() + j) * shape.channels() + c] = x[i][j][c]);
    return flat;
  }

  private static double[][][] unflatten(double[] flat, Shape shape) {
    return map(shape, (i, j, c) -> flat[(i * shape.width() + j) * shape.channels() + c]);
  }

  private static double[][][] unflatten(float[] flat, Shape shape) {
    return map(shape, (i, j, c) -> flat[(i * shape.width() + j) * shape.channels() + c]);
  }
}
