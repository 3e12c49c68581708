package dev.mbnet.samples.benchmarks;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Dense;
import dev.mbnet.compiler.op.GlobalPool;
import dev.mbnet.compiler.op.Merge;
import dev.mbnet.compiler.op.Op;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.pass.Passes;
import dev.mbnet.samples.benchmarks.LiteRtFile.Operator;
import java.util.HashMap;
import java.util.Map;

/** Writes a network as LiteRT's converter does: {@code [n][h][w][c]}, norms folded. */
final class LiteRtWriter {
  private static final int NO_ACTIVATION = 0;
  private static final int RELU = 1;
  private static final int RELU6 = 3;

  private final LiteRtFile file = new LiteRtFile();
  private final Map<Node, Integer> values = new HashMap<>();
  private final FoldedWeights weights;
  private final int batch;

  private LiteRtWriter(FoldedWeights weights, int batch) {
    this.weights = weights;
    this.batch = batch;
  }

  static byte[] write(Subject subject, int batch) {
    LiteRtWriter writer = new LiteRtWriter(new FoldedWeights(subject.weights()), batch);
    return writer.write(Passes.run(subject.graph()));
  }

  private byte[] write(Graph graph) {
    for (Node node : graph.nodes()) {
      values.put(node, node.isInput() ? value(node.shape()) : translate(node));
    }
    return file.finish(values.get(graph.input()), values.get(graph.outputs().get(0).node()));
  }

  private int translate(Node node) {
    Op op = node.op();
    Shape in = node.inputShapes().get(0);
    int x = values.get(node.inputs().get(0));
    if (op instanceof Conv conv) {
      return conv(node, conv, in, x);
    } else if (op instanceof Dense dense) {
      return dense(node, dense, in, x);
    } else if (op instanceof Activate activate) {
      return activate(activate.activation(), x, node.shape());
    } else if (op instanceof Merge merge) {
      return merge(node, merge);
    } else if (op instanceof GlobalPool) {
      int axes = file.integers(new int[] {1, 2}, 2);
      return add(Operator.MEAN, node.shape(), () -> file.first(1), x, axes);
    }
    throw new IllegalArgumentException("no translation to LiteRT for " + op.describe());
  }

  private int conv(Node node, Conv conv, Shape in, int x) {
    boolean depthwise = conv.isDepthwise(in);
    if (conv.groups() > 1 && !depthwise || !conv.dilation().isOne()) {
      throw new IllegalArgumentException("no translation to LiteRT for " + conv.describe());
    }
    boolean same = isSame(conv, in);
    int padded = same || conv.pads().isNone() ? x : pad(conv.pads(), in, x);
    int activation = fused(conv.activation());
    int kh = conv.kernel().h();
    int kw = conv.kernel().w();
    int bias = file.floats(weights.bias(node, conv), conv.channels());
    int result;
    if (depthwise) {
      int kernel = file.floats(weights.depthwise(node, conv), 1, kh, kw, conv.channels());
      result =
          add(
              Operator.DEPTHWISE_CONV_2D,
              node.shape(),
              () -> file.depthwise(same, conv.stride().h(), conv.stride().w(), activation),
              padded,
              kernel,
              bias);
    } else {
      int kernel = file.floats(weights.dense(node, conv), conv.channels(), kh, kw, in.channels());
      result =
          add(
              Operator.CONV_2D,
              node.shape(),
              () -> file.conv(same, conv.stride().h(), conv.stride().w(), activation),
              padded,
              kernel,
              bias);
    }
    return unfused(conv.activation(), result, node.shape());
  }

  /** Whether the padding is what LiteRT computes for {@code SAME}. */
  private static boolean isSame(Conv conv, Shape in) {
    int high = missing(in.height(), conv.kernel().h(), conv.stride().h());
    int wide = missing(in.width(), conv.kernel().w(), conv.stride().w());
    return conv.pads().equals(new Pads(high / 2, high - high / 2, wide / 2, wide - wide / 2));
  }

  private static int missing(int size, int kernel, int stride) {
    return Math.max(0, (size - 1) / stride * stride + kernel - size);
  }

  private int pad(Pads p, Shape in, int x) {
    int sides =
        file.integers(new int[] {0, 0, p.top(), p.bottom(), p.left(), p.right(), 0, 0}, 4, 2);
    Shape shape =
        new Shape(
            in.height() + p.top() + p.bottom(), in.width() + p.left() + p.right(), in.channels());
    return add(Operator.PAD, shape, file::none, x, sides);
  }

  private int dense(Node node, Dense dense, Shape in, int x) {
    int rows = file.value(batch, in.channels());
    int shape = file.integers(new int[] {batch, in.channels()}, 2);
    file.add(
        Operator.RESHAPE, new int[] {x, shape}, rows, () -> file.reshape(batch, in.channels()));
    int matrix = file.floats(weights.of(node.name() + ".weight"), dense.channels(), in.channels());
    float[] zeros = new float[dense.channels()];
    int bias =
        file.floats(dense.bias() ? weights.of(node.name() + ".bias") : zeros, dense.channels());
    int result = file.value(batch, dense.channels());
    file.add(
        Operator.FULLY_CONNECTED,
        new int[] {rows, matrix, bias},
        result,
        () -> file.first(fused(dense.activation())));
    return unfused(dense.activation(), result, node.shape());
  }

  private int merge(Node node, Merge merge) {
    Operator operator = merge.kind() == Merge.Kind.ADD ? Operator.ADD : Operator.MUL;
    if (node.inputs().size() != 2) {
      throw new IllegalArgumentException("no translation to LiteRT for " + merge.describe());
    }
    int result =
        add(
            operator,
            node.shape(),
            () -> file.first(fused(merge.activation())),
            values.get(node.inputs().get(0)),
            values.get(node.inputs().get(1)));
    return unfused(merge.activation(), result, node.shape());
  }

  private static int fused(Activation activation) {
    return switch (activation.kind()) {
      case RELU -> RELU;
      case RELU6 -> RELU6;
      default -> NO_ACTIVATION;
    };
  }

  private int unfused(Activation activation, int x, Shape shape) {
    return fused(activation) == NO_ACTIVATION ? activate(activation, x, shape) : x;
  }

  private int activate(Activation activation, int x, Shape shape) {
    return switch (activation.kind()) {
      case NONE -> x;
      case RELU -> add(Operator.RELU, shape, file::none, x);
      case RELU6 -> add(Operator.RELU6, shape, file::none, x);
      case HSWISH -> add(Operator.HARD_SWISH, shape, file::none, x);
      case SIGMOID -> add(Operator.LOGISTIC, shape, file::none, x);
      case SWISH -> {
        int gate = add(Operator.LOGISTIC, shape, file::none, x);
        yield add(Operator.MUL, shape, () -> file.first(NO_ACTIVATION), x, gate);
      }
      case HSIGMOID -> {
        float slope = (float) activation.slope();
        int line = add(Operator.ADD, shape, () -> file.first(RELU6), x, scalar(0.5f / slope));
        yield add(Operator.MUL, shape, () -> file.first(NO_ACTIVATION), line, scalar(slope));
      }
      case TANH, GELU, LEAKY, PRELU ->
          throw new IllegalArgumentException("no translation to LiteRT for " + activation);
    };
  }

  private int scalar(float value) {
    return file.floats(new float[] {value});
  }

  private int value(Shape shape) {
    return file.value(batch, shape.height(), shape.width(), shape.channels());
  }

  private int add(
      Operator operator, Shape shape, java.util.function.IntSupplier options, int... inputs) {
    int result = value(shape);
    file.add(operator, inputs, result, options);
    return result;
  }
}
