package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import java.util.List;

/** A layer with weights as a file holds it, in PyTorch's layouts. */
sealed interface FileLayer {

  /** What the file calls it. */
  String name();

  /**
   * A convolution.
   *
   * @param bias null where there is none
   * @param pads null where the file asks for TensorFlow's {@code same}
   */
  record Convolution(
      String name,
      FileTensor weight,
      FileTensor bias,
      Pair stride,
      Pair dilation,
      int groups,
      Pads pads)
      implements FileLayer {}

  /** A dense layer with weights {@code [out][in]}; {@code bias} may be null. */
  record FullyConnected(String name, FileTensor weight, FileTensor bias) implements FileLayer {}

  /** A batch norm: weight, bias, mean and variance. */
  record Norm(String name, List<FileTensor> parts, double eps) implements FileLayer {}
}
