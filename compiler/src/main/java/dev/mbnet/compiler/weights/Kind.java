package dev.mbnet.compiler.weights;

/** What has weights. */
enum Kind {
  CONVOLUTION("a convolution"),
  DECONVOLUTION("a transposed convolution"),
  DENSE("a dense layer"),
  NORM("a batch norm"),
  SLOPES("a PReLU"),
  /** Anything else that computes with stored tensors. */
  OTHER("an operation");

  private final String article;

  Kind(String article) {
    this.article = article;
  }

  /** Whether a bias or a norm that follows is part of it. */
  boolean takesNorm() {
    return this == CONVOLUTION || this == DECONVOLUTION || this == DENSE || this == OTHER;
  }

  @Override
  public String toString() {
    return article;
  }
}
