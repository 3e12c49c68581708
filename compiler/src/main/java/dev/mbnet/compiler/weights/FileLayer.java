package dev.mbnet.compiler.weights;

import java.util.List;

/**
 * A layer of the file that has weights.
 *
 * @param name the operation's, not yet fit to be shown
 * @param operator the file's word for it
 * @param weight in PyTorch's layout; a batch norm's scale
 * @param bias or null
 * @param norm the batch norm that alone reads it, or that it is; else null
 * @param sources the layers it reads, whatever stands between; see {@link Sources}
 * @param order in which a tensor became the vector it reads
 */
record FileLayer(
    String name,
    String operator,
    Kind kind,
    Window window,
    Tensor weight,
    Tensor bias,
    Norm norm,
    List<Integer> sources,
    Order order) {

  /**
   * A batch norm.
   *
   * @param tensors scale, shift, mean and variance
   */
  record Norm(double eps, List<Tensor> tensors) {
    private static final int LONGEST_SHARED = 200;

    /** The words that its tensors' names begin with, or the first name. */
    String name() {
      String first = tensors.get(0).name();
      int common = Math.min(first.length(), LONGEST_SHARED);
      for (Tensor tensor : tensors) {
        String name = tensor.name();
        int i = 0;
        while (i < common && i < name.length() && name.charAt(i) == first.charAt(i)) {
          i++;
        }
        common = i;
      }
      String shared =
          first
              .substring(0, common)
              .replaceAll("[\\p{L}\\p{N}]*$", "")
              .replaceAll("[^\\p{L}\\p{N}]+$", "");
      return shared.isEmpty() ? first : shared;
    }
  }

  /** Where the channels are among a tensor's axes. */
  enum Order {
    CHW,
    HWC,
    OTHER
  }

  FileLayer withBias(Tensor bias) {
    return new FileLayer(name, operator, kind, window, weight, bias, norm, sources, order);
  }

  FileLayer withNorm(Norm norm) {
    return new FileLayer(name, operator, kind, window, weight, bias, norm, sources, order);
  }

  /** Its output's channels. */
  int channels() {
    return kind == Kind.DECONVOLUTION ? dims().get(1) * window.groups() : dims().get(0);
  }

  List<Integer> dims() {
    return weight.dims();
  }

  String describe() {
    String what = kind == Kind.OTHER ? "an operation `" + Quote.plain(operator) + "`" : "" + kind;
    String tensor = " (tensor " + Quote.quoted(weight.name()) + ")";
    return what + " " + Quote.quoted(name) + " " + dims() + tensor;
  }

  /** The tensors it brings, as in {@code w [8, 8, 1, 1] + bias b + batch norm bn}. */
  String tensors() {
    if (kind == Kind.NORM) {
      return "batch norm " + Quote.plain(norm.name()) + " " + dims();
    }
    StringBuilder out = new StringBuilder(Quote.plain(weight.name()) + " " + dims());
    if (bias != null) {
      out.append(" + bias ").append(Quote.plain(bias.name()));
    }
    if (norm != null) {
      out.append(" + batch norm ").append(Quote.plain(norm.name()));
    }
    return out.toString();
  }
}
