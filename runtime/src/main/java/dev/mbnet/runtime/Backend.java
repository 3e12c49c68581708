package dev.mbnet.runtime;

/** Which of a network's generated code computes. */
public enum Backend {
  /**
   * Plain code at first, and vectors as soon as they have become faster; plain code only where
   * there are no vectors.
   */
  AUTO,
  /** Scalar Java, on any machine and without any flags. */
  PLAIN,
  /**
   * The Vector API: the module {@code jdk.incubator.vector}, added with {@code --add-modules}, and
   * code that was generated for it.
   */
  VECTOR
}
