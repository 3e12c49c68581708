package dev.mbnet.runtime;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Runs a network, one image at a time, in working memory of its own. Not thread-safe: one session
 * per thread. {@link #run(float[])} allocates nothing, except that vectors are objects until
 * HotSpot has compiled what computes with them, and some stay objects in some processes on JDK 17.
 */
public abstract class Session {
  /** Nanoseconds of a stretch of runs, and how many without a gain end a warm-up. */
  private static final long STRETCH = 100_000_000;

  private static final int CALM = 3;

  private final Network network;
  private final float[][] outputs;
  private float[] staged;

  protected Session(Network network) {
    this.network = network;
    this.outputs = new float[network.outputs().size()][];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = new float[network.outputs().get(i).length()];
    }
  }

  /** Nanoseconds that {@link #warmUp()} takes at the most for each of its two parts. */
  static final long LONGEST_WARM_UP = 5_000_000_000L;

  /** Computes {@code outputs} from {@code input}; every array has its declared length. */
  protected abstract void execute(float[] input, float[][] outputs);

  /**
   * Runs the network on one image.
   *
   * @param input in the order {@code [h][w][c]}, preprocessed; only read, and not kept
   * @return the first output; see {@link #output(int)}
   * @throws IllegalArgumentException if the length is not the input's
   */
  public final float[] run(float[] input) {
    check(input);
    execute(input, outputs);
    return outputs[0];
  }

  /**
   * Runs the network on several images. Each result is what {@link #run(float[])} gives, bit by
   * bit; with vectors, dense layers at the end take less time than they take one by one, for their
   * weights serve several images.
   *
   * @param inputs each as {@link #run(float[])} takes it
   * @param results one array for each input, which receives its first output
   * @throws IllegalArgumentException if there are fewer results than inputs, or a length is wrong
   */
  public final void runBatch(float[][] inputs, float[][] results) {
    if (results.length < inputs.length) {
      throw new IllegalArgumentException(
          inputs.length + " inputs take as many results, not " + results.length);
    }
    int length = outputs[0].length;
    for (int i = 0; i < inputs.length; i++) {
      if (results[i].length != length) {
        throw new IllegalArgumentException(
            "result " + i + " takes " + length + " floats, not " + results[i].length);
      }
    }
    for (float[] input : inputs) {
      check(input);
    }
    executeAll(inputs, outputs, results);
  }

  /** Computes each of {@code results} from an input; {@code outputs} are then the last one's. */
  void executeAll(float[][] inputs, float[][] outputs, float[][] results) {
    for (int i = 0; i < inputs.length; i++) {
      execute(inputs[i], outputs);
      System.arraycopy(outputs[0], 0, results[i], 0, outputs[0].length);
    }
  }

  private void check(float[] input) {
    TensorInfo info = network.input();
    if (input.length != info.length()) {
      throw new IllegalArgumentException(
          "the input " + info + " takes " + info.length() + " floats, not " + input.length);
    }
  }

  /**
   * Runs the network on a picture of any size, with the preprocessing that it declares.
   *
   * @return the first output; see {@link #output(int)}
   * @throws IllegalStateException if the network declares no preprocessing
   */
  public final float[] run(BufferedImage picture) {
    ImageInput image =
        network
            .imageInput()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the input "
                            + network.input()
                            + " does not say how pictures become it; run on floats, or declare"
                            + " `color`, `resize`, `mean` and `std` in the .mbnet file"));
    if (staged == null) {
      staged = new float[network.input().length()];
    }
    image.read(picture, staged);
    return run(staged);
  }

  /**
   * Runs on zeros until runs no longer become faster, some seconds at the most. Afterwards {@link
   * Backend#AUTO} has moved to vectors. Code is compiled once for all sessions of a network, so
   * that one call serves those that are made later. Overwrites the outputs.
   */
  public final void warmUp() {
    float[] zeros = new float[network.input().length()];
    prepare(zeros, outputs);
    long end = System.nanoTime() + LONGEST_WARM_UP;
    long best = Long.MAX_VALUE;
    for (int calm = 0; calm < CALM && System.nanoTime() < end; ) {
      long least = Long.MAX_VALUE;
      long until = System.nanoTime() + STRETCH;
      do {
        long start = System.nanoTime();
        execute(zeros, outputs);
        least = Math.min(least, System.nanoTime() - start);
      } while (System.nanoTime() < until);
      calm = least < 0.95 * best ? 0 : calm + 1;
      best = Math.min(best, least);
    }
  }

  /** What comes before whole runs when warming up. */
  void prepare(float[] input, float[][] outputs) {}

  /**
   * An output of the last run, in the order {@code [h][w][c]}. The array belongs to the session and
   * the next run overwrites it; before the first run it is all zeros.
   *
   * @param index in the order of {@link Network#outputs()}
   */
  public final float[] output(int index) {
    return outputs[index];
  }

  /**
   * An output of the last run by its name; see {@link #output(int)}.
   *
   * @throws IllegalArgumentException if the network has no such output
   */
  public final float[] output(String name) {
    List<TensorInfo> infos = network.outputs();
    for (int i = 0; i < outputs.length; i++) {
      if (infos.get(i).name().equals(name)) {
        return outputs[i];
      }
    }
    throw new IllegalArgumentException("no output is named " + name + "; there are " + infos);
  }

  /**
   * The most probable classes of the first output's last run, the most probable first. Logits go
   * through a softmax; an output of more than one pixel is taken by its first. Allocates the list.
   *
   * @param k how many at most, at least 1
   */
  public final List<Prediction> top(int k) {
    int classes = network.outputs().get(0).channels();
    double[] probabilities = new double[classes];
    if (network.givesProbabilities()) {
      Arrays.setAll(probabilities, i -> outputs[0][i]);
    } else {
      Prediction.softmax(outputs[0], 0, probabilities);
    }
    List<Prediction> all = new ArrayList<>(classes);
    for (int i = 0; i < classes; i++) {
      String label = i < network.labels().size() ? network.labels().get(i) : Integer.toString(i);
      all.add(new Prediction(label, i, (float) probabilities[i]));
    }
    all.sort(Comparator.comparingDouble(Prediction::probability).reversed());
    return List.copyOf(all.subList(0, Math.min(Math.max(1, k), classes)));
  }
}
