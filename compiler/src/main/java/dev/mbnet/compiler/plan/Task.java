package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Convolution;
import dev.mbnet.compiler.op.Dense;
import dev.mbnet.compiler.op.GlobalPool;
import dev.mbnet.compiler.op.Merge;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;
import java.util.List;

/**
 * One operation of the vector backend, with what happens as its results are stored.
 *
 * @param node the operation
 * @param output the node whose value is stored: an {@code add} that was fused, else {@code node}
 * @param residual the tensor that the fused {@code add} adds, or null
 */
public record Task(Node node, Node output, Node residual) {

  /**
   * Rows of a window for which it may be a function that takes where each begins. HotSpot's second
   * compiler passes no more than about 65 numbers.
   */
  private static final int MOST_ROWS = 48;

  /** How a task is computed. */
  public enum Kind {
    /** The network's input, copied from the caller's array; a task without inputs. */
    INPUT,
    /** A matrix product at each pixel: a 1x1 convolution or a dense layer. */
    POINTWISE,
    /** A convolution over windows and all channels. */
    WINDOW,
    /** A convolution over windows of each channel by itself. */
    DEPTHWISE,
    /** A product of each pixel with one that serves for all: what ends a squeeze-excite. */
    SCALE,
    /** The mean over height and width. */
    MEAN,
    /** Whatever else: by the loops that the plain backend has, too. */
    OTHER
  }

  static Task of(Node node) {
    return new Task(node, node, null);
  }

  public Kind kind() {
    if (node.isInput()) {
      return Kind.INPUT;
    } else if (node.op() instanceof Dense) {
      return Kind.POINTWISE;
    } else if (node.op() instanceof GlobalPool) {
      return Kind.MEAN;
    } else if (node.op() instanceof Conv conv) {
      if (conv.isPointwise()) {
        return Kind.POINTWISE;
      } else if (conv.groups() == 1) {
        return conv.kernel().h() <= MOST_ROWS ? Kind.WINDOW : Kind.OTHER;
      }
      return conv.isDepthwise(in()) ? Kind.DEPTHWISE : Kind.OTHER;
    }
    return scales() ? Kind.SCALE : Kind.OTHER;
  }

  private boolean scales() {
    return node.op() instanceof Merge merge
        && merge.kind() == Merge.Kind.MUL
        && merge.activation().isNone()
        && node.inputs().size() == 2
        && node.inputs().get(0).shape().isVector() != node.inputs().get(1).shape().isVector();
  }

  /** Its node's inputs, the tensor before the pixel that scales it. */
  List<Node> inputs() {
    List<Node> inputs = node.inputs();
    return scales() && inputs.get(0).shape().isVector()
        ? List.of(inputs.get(1), inputs.get(0))
        : inputs;
  }

  /** Whether it is computed a row of its output at a time. */
  public boolean byRows() {
    return kind() != Kind.MEAN && kind() != Kind.OTHER;
  }

  public Node input() {
    return inputs().get(0);
  }

  public Shape in() {
    return input().shape();
  }

  public Shape out() {
    return output.shape();
  }

  /** The convolution; null for other operations. */
  public Conv conv() {
    return node.op() instanceof Conv conv ? conv : null;
  }

  public Pair stride() {
    return conv() == null ? Pair.ONE : conv().stride();
  }

  public Pads pads() {
    return conv() == null ? Pads.NONE : conv().pads();
  }

  /** Rows of its input that a row of its output depends on. */
  public int window() {
    return conv() == null ? 1 : (conv().kernel().h() - 1) * conv().dilation().h() + 1;
  }

  /** Columns right of its input that its last window covers. */
  int right() {
    if (conv() == null) {
      return 0;
    }
    int span = (conv().kernel().w() - 1) * conv().dilation().w() + 1;
    int end = (out().width() - 1) * stride().w() + span - pads().left();
    return Math.max(0, end - in().width());
  }

  public Activation activation() {
    if (residual != null) {
      return ((Merge) output.op()).activation();
    } else if (node.op() instanceof Convolution conv) {
      return conv.activation();
    }
    return node.op() instanceof Dense dense ? dense.activation() : Activation.NONE;
  }

  /**
   * Whether what it stores is already activated: by bounds, which cost a depthwise convolution's
   * tiles and additions nothing. Written out for each of a matrix product's many sums they would be
   * most of what HotSpot has to compile, and more than JDK 17 inlines without making objects.
   */
  public boolean storesActivated() {
    boolean bounds = residual != null || kind() == Kind.DEPTHWISE;
    return switch (activation().kind()) {
      case NONE -> true;
      case RELU, RELU6 -> bounds;
      default -> false;
    };
  }

  /** Floats of weights. */
  long weights() {
    return node.weights().stream().mapToLong(w -> w.elements()).sum();
  }
}
