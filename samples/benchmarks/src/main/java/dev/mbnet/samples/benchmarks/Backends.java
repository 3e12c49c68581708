package dev.mbnet.samples.benchmarks;

import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Session;
import java.util.List;

/** How sessions of generated classes are made: the one place that knows their backends. */
final class Backends {
  static final String PLAIN = "plain";
  static final String VECTOR = "vector";
  static final String AUTO = "auto";

  /** The backends of this version. */
  static final List<String> AVAILABLE = List.of(PLAIN);

  private Backends() {}

  /** Whether a backend's sessions use more than the caller's thread. */
  static boolean hasThreads(String backend) {
    return !backend.equals(PLAIN);
  }

  /** Whether one of these takes the JVM option {@code --add-modules jdk.incubator.vector}. */
  static boolean needModule(List<String> engines) {
    return engines.contains(VECTOR) || engines.contains(AUTO);
  }

  /**
   * A session.
   *
   * @param threads how many it may use, the caller's included
   */
  static Session session(Network network, String backend, int threads) {
    return switch (backend) {
      case PLAIN -> network.newSession();
      default -> throw new IllegalArgumentException("this version has no backend " + backend);
    };
  }

  /** Runs a batch; the first outputs go to {@code outputs}. */
  static void run(Session session, float[][] inputs, float[][] outputs) {
    for (int i = 0; i < inputs.length; i++) {
      float[] output = session.run(inputs[i]);
      System.arraycopy(output, 0, outputs[i], 0, output.length);
    }
  }
}
