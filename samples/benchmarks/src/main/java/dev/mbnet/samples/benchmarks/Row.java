package dev.mbnet.samples.benchmarks;

/**
 * What was measured of an engine on a network.
 *
 * @param jdk the Java version, such as 25
 * @param threads how many the engine could use
 * @param batch images a run
 * @param medianMs milliseconds an image, the median of all runs
 * @param minMs milliseconds an image in the fastest run
 * @param ratioToOnnxRuntime time by its time, the median over the rounds; null if it did not run
 * @param ratioToLiteRt the same for LiteRT
 */
record Row(
    String network,
    String engine,
    int jdk,
    int threads,
    int batch,
    double medianMs,
    double minMs,
    Double ratioToOnnxRuntime,
    Double ratioToLiteRt) {

  /** Under which conditions it was measured. */
  Setting setting() {
    return new Setting(jdk, threads, batch);
  }

  /** What rows have to share to be compared. */
  record Setting(int jdk, int threads, int batch) {

    @Override
    public String toString() {
      return "JDK "
          + jdk
          + ", "
          + threads
          + (threads == 1 ? " thread" : " threads")
          + ", batch "
          + batch;
    }
  }
}
