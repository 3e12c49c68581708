package dev.mbnet.samples.benchmarks;

import dev.mbnet.runtime.Backend;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.SessionOptions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** How sessions of generated classes are made: the one place that knows their backends. */
final class Backends {
  static final String PLAIN = "plain";
  static final String VECTOR = "vector";
  static final String AUTO = "auto";

  /** The backends of this version. */
  static final List<String> AVAILABLE = List.of(PLAIN, VECTOR, AUTO);

  /** Those of them whose sessions use more than the caller's thread. */
  private static final List<String> THREADED = List.of(VECTOR, AUTO);

  /** Where threads besides the caller's come from. */
  static final Executor EXECUTOR = Executors.newCachedThreadPool(Backends::daemon);

  private Backends() {}

  /** Whether a backend's sessions use more than the caller's thread. */
  static boolean hasThreads(String backend) {
    return THREADED.contains(backend);
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
    Backend code = Backend.valueOf(backend.toUpperCase(Locale.ROOT));
    SessionOptions options = SessionOptions.defaults().backend(code);
    return network.newSession(threads == 1 ? options : options.threads(threads, EXECUTOR));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "benchmarks");
    thread.setDaemon(true);
    return thread;
  }
}
