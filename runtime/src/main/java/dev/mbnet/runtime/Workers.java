package dev.mbnet.runtime;

import java.util.concurrent.Executor;

/** Runs the steps of a session on the caller's thread. */
final class Workers {
  private final int count;
  private final Executor executor;

  Workers(int count, Executor executor) {
    this.count = count;
    this.executor = executor;
  }

  void run(VectorSession session, int steps) {
    for (int step = 0; step < steps; step++) {
      for (int worker = 0; worker < count; worker++) {
        session.step(step, worker, count);
      }
    }
  }
}
