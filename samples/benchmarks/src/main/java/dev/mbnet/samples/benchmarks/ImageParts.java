package dev.mbnet.samples.benchmarks;

import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * A generated class on a batch. One image has all threads to itself; several are divided, and each
 * thread computes its part with a session of its own, without ever waiting for the others.
 */
final class ImageParts implements Contestant {
  private final List<Part> parts = new ArrayList<>();
  private final Semaphore finished = new Semaphore(0);
  private final float[][] outputs;

  ImageParts(Network network, String backend, int threads, int batch) {
    outputs = new float[batch][network.outputs().get(0).length()];
    int count = Math.min(threads, batch);
    for (int i = 0; i < count; i++) {
      Session session = Backends.session(network, backend, batch == 1 ? threads : 1);
      parts.add(new Part(session, batch * i / count, batch * (i + 1) / count));
    }
  }

  /** Some of the images. */
  private final class Part implements Runnable {
    private final Session session;
    private final int from;
    private final int to;
    private final float[][] results;
    private float[][] inputs;
    private Throwable failure;

    Part(Session session, int from, int to) {
      this.session = session;
      this.from = from;
      this.to = to;
      this.results = Arrays.copyOfRange(outputs, from, to);
    }

    @Override
    public void run() {
      try {
        session.runBatch(inputs, results);
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        finished.release();
      }
    }
  }

  @Override
  public void read(float[][] images) {
    parts.forEach(part -> part.inputs = Arrays.copyOfRange(images, part.from, part.to));
  }

  @Override
  public void warmUp() {
    parts.forEach(part -> part.session.warmUp());
  }

  @Override
  public void run() {
    for (int i = 1; i < parts.size(); i++) {
      Backends.EXECUTOR.execute(parts.get(i));
    }
    parts.get(0).run();
    finished.acquireUninterruptibly(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).failure != null) {
        throw new IllegalStateException("a part of the batch failed", parts.get(i).failure);
      }
    }
  }

  @Override
  public float[] output(int image) {
    return outputs[image].clone();
  }

  @Override
  public void close() {}
}
