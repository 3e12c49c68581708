package dev.mbnet.runtime;

/**
 * A class and how probable it is.
 *
 * @param label the class's label, or its index in digits where the network declares no labels
 * @param index of the output's channel, from 0
 * @param probability from 0 to 1
 */
public record Prediction(String label, int index, float probability) {

  /** Makes probabilities of as many logits, from {@code from} on. */
  static void softmax(float[] logits, int from, double[] probabilities) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < probabilities.length; c++) {
      largest = Math.max(largest, logits[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = Math.exp(logits[from + c] - largest);
      sum += probabilities[c];
    }
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] /= sum;
    }
  }
}
