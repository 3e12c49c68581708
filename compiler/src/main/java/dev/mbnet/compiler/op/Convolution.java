package dev.mbnet.compiler.op;

/** What a convolution and a transposed one have in common. */
public sealed interface Convolution extends Op permits Conv, Deconv {

  /** A batch norm that became part of a convolution; {@code name} is its layer's. */
  record FoldedNorm(String name, double eps) {}

  /** Output channels. */
  int channels();

  Pair kernel();

  int groups();

  boolean bias();

  /** The batch norm folded into it, or null. */
  FoldedNorm norm();

  Convolution with(FoldedNorm norm);

  Convolution with(Activation activation);

  /** The weights of an output channel, over an input of {@code in}. */
  default long weightsOfChannel(Shape in) {
    return (long) in.channels() / groups() * kernel().h() * kernel().w();
  }
}
