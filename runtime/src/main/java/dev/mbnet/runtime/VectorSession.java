package dev.mbnet.runtime;

import java.util.Arrays;

/**
 * What generated vector code extends: a session whose working memory is one array, and which
 * computes in steps that can be split among workers.
 */
public abstract class VectorSession extends Session {
  /** The bits of the lowest and highest float, of 0 and of 6: bounds of results. */
  protected static final int LOWEST = Integer.MIN_VALUE;

  protected static final int HIGHEST = Integer.MAX_VALUE;
  protected static final int ZERO = 0;
  protected static final int SIX = Float.floatToRawIntBits(6);

  private final Workers workers;

  /** Working memory. */
  protected final float[] memory;

  /** Where working memory begins in its array. */
  protected int origin;

  private float[] input;
  private float[][] outputs;

  /**
   * @param shared floats of working memory that all workers share
   * @param scratch floats that each worker has besides
   */
  protected VectorSession(Network network, SessionOptions options, int shared, int scratch) {
    super(network);
    this.workers = new Workers(options.threads(), options.executor());
    this.memory = new float[shared + options.threads() * scratch + 64];
    this.origin = 12;
  }

  /** How many steps a run has. */
  protected abstract int steps();

  /** Computes one worker's part of a step. */
  protected abstract void step(int step, int worker, int workers);

  /** Copies the input to where steps expect it. */
  protected abstract void read(float[] input);

  /** Copies outputs from where steps left them. */
  protected abstract void write(float[][] outputs);

  @Override
  protected final void execute(float[] input, float[][] outputs) {
    read(input);
    workers.run(this, steps());
    write(outputs);
  }

  /** The first of {@code count} pieces that are {@code worker}'s. */
  protected static int part(int count, int worker, int workers) {
    return (int) ((long) count * worker / workers);
  }

  /** How many panels of {@code vectors} vectors cover the channels. */
  protected static int panels(int channels, int vectors) {
    int panel = vectors * Lanes.COUNT;
    return (channels + panel - 1) / panel;
  }

  /** The first channel of the last panel, which ends where the channels' last vector does. */
  protected static int lastPanel(int channels, int vectors) {
    int lanes = Lanes.COUNT;
    return (channels + lanes - 1) / lanes * lanes - vectors * lanes;
  }

  /** Where a row begins; {@code zeros} outside of the {@code height} rows. */
  protected static int row(int row, int height, int ring, int first, int pitch, int zeros) {
    return row < 0 || row >= height ? zeros : first + row % ring * pitch;
  }

  /** Sets floats to zero. */
  protected static void clear(float[] a, int at, int count) {
    Arrays.fill(a, at, at + count, 0);
  }

  /**
   * Copies pixels {@code [h][w][c]} from one array to another.
   *
   * @param fromRow floats from row to row where they are
   * @param fromPixel floats from pixel to pixel where they are
   */
  protected static void copy(
      float[] from,
      int at,
      int fromRow,
      int fromPixel,
      float[] to,
      int toAt,
      int toRow,
      int toPixel,
      int height,
      int width,
      int channels) {
    for (int y = 0; y < height; y++) {
      int source = at + y * fromRow;
      int target = toAt + y * toRow;
      if (fromPixel == channels && toPixel == channels) {
        System.arraycopy(from, source, to, target, width * channels);
        continue;
      }
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          to[target + c] = from[source + c];
        }
        source += fromPixel;
        target += toPixel;
      }
    }
  }

  /**
   * Copies pixels into the middle of a border.
   *
   * @param rows of the target, with the border
   * @param columns of the target, with the border
   * @param pitch floats from pixel to pixel
   */
  protected static void pad(
      float[] a,
      int from,
      int fromRow,
      int to,
      int rows,
      int columns,
      int top,
      int left,
      int height,
      int width,
      int pitch,
      float border) {
    Arrays.fill(a, to, to + rows * columns * pitch, border);
    for (int y = 0; y < height; y++) {
      int row = to + ((top + y) * columns + left) * pitch;
      System.arraycopy(a, from + y * fromRow, a, row, width * pitch);
    }
  }
}
