package dev.mbnet.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the steps of a session on the caller's thread and on threads that an executor lends. A step
 * has as many parts as there are workers; whoever is free takes the next one, so that a thread that
 * never comes costs time and nothing else.
 */
final class Workers {
  /** Between runs there is no part to take. */
  private static final long CLOSED = Long.MIN_VALUE;

  private static final int SPINS = 1 << 12;

  private final VectorSession session;
  private final int count;
  private final Executor executor;
  private final Runnable help = this::help;

  /** The step in the upper half, the next of its parts in the lower. */
  private final AtomicLong next = new AtomicLong(CLOSED);

  private final AtomicInteger done = new AtomicInteger();
  private volatile Throwable failure;

  Workers(VectorSession session, int count, Executor executor) {
    this.session = session;
    this.count = count;
    this.executor = executor;
  }

  /** Runs the steps from {@code from} to before {@code to}. */
  void run(int from, int to) {
    if (count == 1) {
      for (int step = from; step < to; step++) {
        session.part(step, 0, 1);
      }
      return;
    }
    failure = null;
    for (int i = 1; i < count; i++) {
      executor.execute(help);
    }
    try {
      for (int step = from; step < to && failure == null; step++) {
        done.set(0);
        next.set((long) step << Integer.SIZE);
        while (takePart()) {}
        for (int spins = 0; done.get() < count; spins++) {
          pause(spins);
        }
      }
    } finally {
      next.set(CLOSED);
    }
    if (failure != null) {
      throw new IllegalStateException("a worker failed", failure);
    }
  }

  /** What a lent thread does until the run is over. */
  private void help() {
    for (int spins = 0; next.get() != CLOSED; spins++) {
      if (takePart()) {
        spins = 0;
      } else {
        pause(spins);
      }
    }
  }

  /** Computes the next part of the present step, if one is left. */
  private boolean takePart() {
    long ticket = next.get();
    int part = (int) ticket;
    if (ticket == CLOSED || part >= count || !next.compareAndSet(ticket, ticket + 1)) {
      return ticket != CLOSED && part < count;
    }
    try {
      session.part((int) (ticket >> Integer.SIZE), part, count);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    done.incrementAndGet();
    return true;
  }

  private static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
