package dev.mbnet.runtime;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

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

  /** Nanoseconds between looks at what the compiler has done. */
  private static final long PAUSE = 1_000_000;

  /** Parts of a step that several images take together: about a panel of weights each. */
  private static final int SLICES = 64;

  private final Workers workers;
  private final int shared;
  private final int scratch;
  private final BatchTail tail;
  private TileWarmUp warmUp;

  /** How many images take the steps of the tail together. */
  private int images = 1;

  /** Of each image of a batch, what its tail reads. */
  private float[][] features;

  /** Working memory, of which other sessions may have parts. */
  protected final float[] memory;

  /** Where this session's part begins. */
  private final int origin;

  /** The caller's array, {@code [h][w][c]}, while steps read it. */
  protected float[] input;

  /**
   * @param shared floats of working memory that all workers share
   * @param scratch floats that each worker has besides
   */
  protected VectorSession(Network network, SessionOptions options, int shared, int scratch) {
    this(network, options, shared, scratch, null);
  }

  /**
   * @param shared floats of working memory that all workers share
   * @param scratch floats that each worker has besides
   * @param tail the steps that images of a batch take together; null if there are none
   */
  protected VectorSession(
      Network network, SessionOptions options, int shared, int scratch, BatchTail tail) {
    super(network);
    this.shared = shared;
    this.scratch = scratch;
    this.tail = tail;
    this.workers = new Workers(this, options.threads(), options.executor());
    SessionMemory.Part part = network.memory().take(shared + options.threads() * scratch + 64);
    this.memory = part.floats();
    this.origin = part.from();
  }

  /** Whether the machine has 32 registers for vectors rather than 16. */
  public static boolean hasManyRegisters() {
    return Lanes.REGISTERS > 16;
  }

  /** How many steps a run has. */
  protected abstract int steps();

  /**
   * Computes a part of a step.
   *
   * @param part from 0 on, of {@code parts}
   * @param o where tensors begin in memory
   * @param s where the worker's scratch begins
   */
  protected abstract void step(int step, int part, int parts, int o, int s);

  /** How many functions do the work of all steps. */
  protected abstract int tiles();

  /** The floats that {@link #warm} takes. */
  protected abstract int warmFloats();

  /**
   * Calls one of the functions on zeros.
   *
   * @param idle whether only to be counted, without any work
   * @return how many vectors it multiplies and adds otherwise
   */
  protected abstract int warm(int tile, boolean idle, float[] zeros);

  /** Copies outputs from where steps left them, with tensors that begin at {@code o}. */
  protected abstract void write(float[][] outputs, int o);

  @Override
  protected final void execute(float[] input, float[][] outputs) {
    this.input = input;
    try {
      workers.run(0, steps());
    } finally {
      this.input = null;
    }
    write(outputs, origin);
  }

  @Override
  final void executeAll(float[][] inputs, float[][] outputs, float[][] results) {
    if (tail == null) {
      super.executeAll(inputs, outputs, results);
      return;
    }
    if (features == null) {
      features = new float[tail.images()][tail.count()];
    }
    try {
      for (int i = 0; i < inputs.length; i += images) {
        images = Math.min(tail.images(), inputs.length - i);
        executeGroup(inputs, i, outputs, results);
      }
    } finally {
      images = 1;
      input = null;
    }
  }

  private void executeGroup(float[][] inputs, int from, float[][] outputs, float[][] results) {
    int at = origin + tail.at();
    for (int i = 0; i < images; i++) {
      input = inputs[from + i];
      workers.run(0, tail.step());
      System.arraycopy(memory, at, features[i], 0, tail.count());
    }
    for (int i = 0; i < images; i++) {
      System.arraycopy(features[i], 0, memory, at + i * tail.apart(), tail.count());
    }
    workers.run(tail.step(), steps());
    for (int i = 0; i < images; i++) {
      write(outputs, origin + i * tail.apart());
      System.arraycopy(outputs[0], 0, results[from + i], 0, outputs[0].length);
    }
  }

  /** Computes one worker's part of a step, in the tail of a batch for each of its images. */
  final void part(int step, int worker, int workers) {
    int s = origin + shared + worker * scratch;
    if (images == 1 || step < tail.step()) {
      step(step, worker, workers, origin, s);
      return;
    }
    int end = first(SLICES, worker + 1, workers);
    for (int slice = first(SLICES, worker, workers); slice < end; slice++) {
      for (int i = 0; i < images; i++) {
        step(step, slice, SLICES, origin + i * tail.apart(), s);
      }
    }
  }

  /** Warms up for so many nanoseconds at most; returns whether all is in compiled code. */
  final boolean warmUpFor(long nanos) {
    if (warmUp == null) {
      warmUp = new TileWarmUp(this);
    }
    long end = System.nanoTime() + nanos;
    while (!warmUp.run(end - System.nanoTime())) {
      if (System.nanoTime() >= end) {
        return false;
      }
      LockSupport.parkNanos(PAUSE);
    }
    return true;
  }

  @Override
  final void prepare(float[] input, float[][] outputs) {
    warmUpFor(LONGEST_WARM_UP);
  }

  /**
   * Runs on the caller's thread alone and times each step; for reports on where time goes. Call
   * {@link #warmUp()} before. Leaves the outputs as they are.
   *
   * @param input as {@link #run(float[])} takes it
   * @param runs at least 1
   * @return the median nanoseconds of each step
   */
  public final long[] timeSteps(float[] input, int runs) {
    long[][] times = new long[steps()][runs];
    this.input = input;
    try {
      for (int run = 0; run < runs; run++) {
        for (int step = 0; step < times.length; step++) {
          long start = System.nanoTime();
          part(step, 0, 1);
          times[step][run] = System.nanoTime() - start;
        }
      }
    } finally {
      this.input = null;
    }
    return Arrays.stream(times).mapToLong(VectorSession::median).toArray();
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** The first of {@code count} pieces that belong to a part. */
  protected static int first(int count, int part, int parts) {
    return (int) ((long) count * part / parts);
  }

  /**
   * What lies between a row's last pixel and the next row's first for a pixel that stands in the
   * latter, 0 for one that stands in the former.
   *
   * @param pixel the number of a pixel, from one that stands in the former row
   * @param rowEnd how many pixels the former row has from that one on
   * @param gap floats between the rows
   */
  protected static int behind(int pixel, int rowEnd, int gap) {
    // A branch among vectors could make objects of them.
    return gap & ~(pixel - rowEnd >> 31);
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

  /** The first tap of a window that begins at row {@code first} to meet a row of the tensor. */
  protected static int firstTap(int first, int apart) {
    return first >= 0 ? 0 : (apart - 1 - first) / apart;
  }

  /** One past the last of the window's {@code taps} taps to meet one of {@code height} rows. */
  protected static int lastTap(int first, int apart, int taps, int height) {
    return Math.min(taps, (height - first + apart - 1) / apart);
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
      copyRow(from, source, fromPixel, to, toAt + y * toRow, toPixel, width, channels);
    }
  }

  /**
   * Copies pixels {@code [w][c]} from one array to another.
   *
   * @param fromPixel floats from pixel to pixel where they are
   * @param toPixel floats from pixel to pixel where they go
   */
  protected static void copyRow(
      float[] from,
      int at,
      int fromPixel,
      float[] to,
      int toAt,
      int toPixel,
      int width,
      int channels) {
    if (fromPixel == channels && toPixel == channels) {
      System.arraycopy(from, at, to, toAt, width * channels);
      return;
    }
    for (int x = 0; x < width; x++) {
      for (int c = 0; c < channels; c++) {
        to[toAt + x * toPixel + c] = from[at + x * fromPixel + c];
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
