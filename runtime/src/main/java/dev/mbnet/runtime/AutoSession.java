package dev.mbnet.runtime;

/**
 * Answers with plain code until vector code has been compiled and is faster. The first run only
 * answers; a further plain run is followed by a stretch of warming up, at most four times as long,
 * and shorter where there is nothing to do but to wait for the compiler.
 */
final class AutoSession extends Session {
  /** How often in a row vector code has to be faster. */
  private static final int WINS = 2;

  /** Nanoseconds of warming up that a run takes at least and at most. */
  private static final long SHORTEST = 50_000_000;

  private static final long LONGEST = 250_000_000;

  private final Network network;
  private final SessionOptions options;
  private VectorSession vector;
  private Session plain;
  private long fastest = Long.MAX_VALUE;
  private boolean answered;
  private int wins;

  /** {@code options} are for vectors, which begin after the first run. */
  AutoSession(Network network, Session plain, SessionOptions options) {
    super(network);
    this.network = network;
    this.plain = plain;
    this.options = options;
  }

  @Override
  protected void execute(float[] input, float[][] outputs) {
    if (plain == null) {
      vector.execute(input, outputs);
      return;
    }
    long start = System.nanoTime();
    plain.execute(input, outputs);
    long time = System.nanoTime() - start;
    fastest = Math.min(fastest, time);
    if (!answered) {
      answered = true;
      return;
    }
    if (vector().warmTiles(Math.min(LONGEST, Math.max(SHORTEST, 4 * time)))) {
      start = System.nanoTime();
      vector.execute(input, outputs);
      wins = System.nanoTime() - start < fastest ? wins + 1 : 0;
      if (wins == WINS) {
        plain = null;
      }
    }
  }

  @Override
  void prepare(float[] input, float[][] outputs) {
    vector().prepare(input, outputs);
    plain = null;
  }

  /** The first call packs the weights once more, for vectors. */
  private VectorSession vector() {
    if (vector == null) {
      vector = network.vectorSession(options);
    }
    return vector;
  }
}
