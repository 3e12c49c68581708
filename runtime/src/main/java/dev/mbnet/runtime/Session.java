package dev.mbnet.runtime;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Runs a network, one image at a time, in working memory of its own. Not thread-safe: one session
 * per thread. {@link #run(float[])} allocates nothing.
 */
public abstract class Session {
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
    TensorInfo info = network.input();
    if (input.length != info.length()) {
      throw new IllegalArgumentException(
          "the input " + info + " takes " + info.length() + " floats, not " + input.length);
    }
    execute(input, outputs);
    return outputs[0];
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
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      probabilities[i] = outputs[0][i];
      largest = Math.max(largest, probabilities[i]);
    }
    if (!network.givesProbabilities()) {
      double sum = 0;
      for (int i = 0; i < classes; i++) {
        probabilities[i] = Math.exp(probabilities[i] - largest);
        sum += probabilities[i];
      }
      for (int i = 0; i < classes; i++) {
        probabilities[i] /= sum;
      }
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
