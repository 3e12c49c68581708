package dev.mbnet.runtime;

/** Which of a network's generated code computes. */
public enum Backend {
  /**
   * Plain code for the first run, and vectors as soon as they have become faster; plain code only
   * where there are no vectors. The second run of a session waits while HotSpot compiles vectors,
   * which it does once for all sessions of a network, at most a few times as long as the first run
   * took; see {@link Session#warmUp()}.
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
