package dev.mbnet.samples.benchmarks;

/** A network in some engine, ready to run again and again on one batch of images. */
interface Contestant extends AutoCloseable {

  /**
   * Sets what the following runs read; not part of what is timed.
   *
   * @param images as many as the batch, each in the order {@code [h][w][c]}
   */
  void read(float[][] images);

  /** Runs the whole batch. */
  void run();

  /** Does what the engine offers to become fast before it is needed; changes what outputs hold. */
  default void warmUp() {}

  /** The first output for an image of the last run; a copy. */
  float[] output(int image);

  @Override
  void close();
}
