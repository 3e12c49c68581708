package dev.mbnet.runtime;

/**
 * Answers with plain code until vector code has been compiled and is faster. The first run is as
 * soon over as plain code can make it. The second one waits for vectors: meanwhile another run of
 * plain code would only give the compiler more of it to compile, and vectors would have to wait.
 * Where they are not ready after some time, plain code answers, and later runs wait less.
 */
final class AutoSession extends Session {
  /** How often in a row vector code has to be faster. */
  private static final int WINS = 2;

  /** How many times as long as the last run of plain code the next run waits. */
  private static final int PATIENCE = 4;

  /** Nanoseconds that runs after the second wait at least and at most. */
  private static final long SHORTEST = 50_000_000;

  private static final long LONGEST = 250_000_000;

  private final Network network;
  private final SessionOptions options;
  private VectorSession vector;
  private Session plain;
  private long fastest = Long.MAX_VALUE;
  private long patience;
  private boolean plainsTurn = true;
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
    } else if (plainsTurn || !vector().warmUpFor(patience)) {
      answerPlainly(input, outputs);
    } else {
      compete(input, outputs);
    }
  }

  @Override
  void executeAll(float[][] inputs, float[][] outputs, float[][] results) {
    if (plain == null) {
      vector.executeAll(inputs, outputs, results);
    } else {
      super.executeAll(inputs, outputs, results);
    }
  }

  private void answerPlainly(float[] input, float[][] outputs) {
    long start = System.nanoTime();
    plain.execute(input, outputs);
    long time = System.nanoTime() - start;
    long wait = PATIENCE * time;
    boolean first = patience == 0;
    patience = first ? wait : Math.min(LONGEST, Math.max(SHORTEST, wait));
    fastest = Math.min(fastest, time);
    plainsTurn = false;
  }

  private void compete(float[] input, float[][] outputs) {
    long start = System.nanoTime();
    vector.execute(input, outputs);
    boolean faster = System.nanoTime() - start < fastest;
    wins = faster ? wins + 1 : 0;
    plainsTurn = !faster;
    if (wins == WINS) {
      plain = null;
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
