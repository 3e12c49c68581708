package dev.mbnet.runtime;

import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * How a session computes. Immutable.
 *
 * @param backend which code computes
 * @param threads how many threads a run uses, the caller's among them; at least 1
 * @param executor where the others come from; null where {@code threads} is 1
 */
public record SessionOptions(Backend backend, int threads, Executor executor) {

  public SessionOptions {
    Objects.requireNonNull(backend, "backend");
    if (threads < 1) {
      throw new IllegalArgumentException("a run takes at least 1 thread, not " + threads);
    }
    if (threads > 1) {
      Objects.requireNonNull(executor, "more than 1 thread takes an executor that has them");
    }
  }

  /** {@link Backend#AUTO} on the caller's thread alone. */
  public static SessionOptions defaults() {
    return new SessionOptions(Backend.AUTO, 1, null);
  }

  /** The same with another backend. */
  public SessionOptions backend(Backend backend) {
    return new SessionOptions(backend, threads, executor);
  }

  /**
   * The same with {@code threads} threads: the caller's and others of {@code executor}, which a run
   * borrows for its length. An executor without a free thread slows a run, but does not stop it.
   * Results are the same bits for every number of threads.
   */
  public SessionOptions threads(int threads, Executor executor) {
    return new SessionOptions(backend, threads, executor);
  }
}
