package dev.mbnet.compiler.weights;

/** What has weights. */
enum Kind {
  CONVOLUTION("a convolution"),
  DENSE("a dense layer"),
  NORM("a batch norm"),
  /** Anything else that computes with stored tensors. */
  OTHER("an operation");

  private final String article;

  Kind(String article) {
    this.article = article;
  }

  @Override
  public String toString() {
    return article;
  }
}
