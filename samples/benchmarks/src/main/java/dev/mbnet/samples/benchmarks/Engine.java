package dev.mbnet.samples.benchmarks;

/** Something that can run networks. */
interface Engine {

  /** As the command line and the rows name it. */
  String name();

  /**
   * Makes a network ready to run.
   *
   * @param threads how many it may use, the caller's included
   * @param batch images a run
   */
  Contestant prepare(Subject subject, int threads, int batch);
}
