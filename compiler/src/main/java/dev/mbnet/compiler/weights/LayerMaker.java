package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.weights.FileLayer.Norm;
import dev.mbnet.compiler.weights.FileLayers.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Makes a layer of what an operation reads; null, and a problem, where it does not fit together.
 */
final class LayerMaker {
  /**
   * What a layer multiplies with and adds.
   *
   * @param bias null if it has none
   */
  record Parameters(Tensor weight, Tensor bias) {

    /** Null if something that the layer has could not be read. */
    static Parameters of(Tensor weight, boolean biased, Tensor bias) {
      return weight == null || biased && bias == null ? null : new Parameters(weight, bias);
    }
  }

  private final Stored stored;
  private final FileLayers values;
  private final List<String> problems;

  /** {@code values} knows of tensors that are not stored where they come from. */
  LayerMaker(Stored stored, FileLayers values, List<String> problems) {
    this.stored = stored;
    this.values = values;
    this.problems = problems;
  }

  FileLayer wrong(Operation operation, String fact) {
    problems.add("the " + operation + " " + fact);
    return null;
  }

  /**
   * A tensor that an operation reads; null, and a problem, if the file does not store it.
   *
   * @param name or null if the operation has no such input
   * @param what as in {@code weights}
   */
  Tensor stored(Operation operation, String name, String what) {
    if (name != null && stored.has(name)) {
      return stored.floats(name);
    }
    String origin = values.origin(name);
    if (name == null) {
      wrong(operation, "has no " + what);
    } else if (origin != null) {
      problems.add(
          "the "
              + what
              + " of the "
              + operation
              + (what.endsWith("s") && !what.equals("bias") ? " are " : " is ")
              + origin
              + ", not stored in it; only"
              + " stored tensors can be taken");
    }
    // A name that nothing computes is a problem of its own.
    return null;
  }

  /** {@code weight} is [out, in / groups, h, w]; {@code bias} is null if there is none. */
  FileLayer convolution(
      Operation operation, Window window, Tensor weight, Tensor bias, Flow input) {
    return layer(operation, Kind.CONVOLUTION, window, weight, bias, input);
  }

  /** {@code weight} is [in, out / groups, h, w]; {@code bias} is null if there is none. */
  FileLayer deconvolution(
      Operation operation, Window window, Tensor weight, Tensor bias, Flow input) {
    return layer(operation, Kind.DECONVOLUTION, window, weight, bias, input);
  }

  /** {@code weight} is [out, in]; {@code bias} is null if there is none. */
  FileLayer dense(Operation operation, Tensor weight, Tensor bias, Flow input) {
    return layer(operation, Kind.DENSE, Window.PLAIN, weight, bias, input);
  }

  private FileLayer layer(
      Operation operation, Kind kind, Window window, Tensor weight, Tensor bias, Flow input) {
    FileLayer layer =
        new FileLayer(operation, kind, window, weight, null, null, input.sources(), input.order());
    if (bias == null) {
      return layer;
    }
    int out = layer.channels();
    if (!isVector(bias, out)) {
      return wrong(
          operation,
          "has weights "
              + weight.dims()
              + " and a bias "
              + bias.dims()
              + "; a bias is one value for each output channel");
    }
    return layer.withBias(bias.reshaped(List.of(out)));
  }

  /** The trained slopes of a PReLU: one for each channel, or one for all. */
  FileLayer slopes(Operation operation, Tensor slopes, Flow input) {
    int count = slopes.values().length;
    if (!isVector(slopes, count) && count != 1) {
      return wrong(
          operation,
          "has slopes " + slopes.dims() + ", neither one for each channel nor one for all");
    }
    Tensor flat = slopes.reshaped(List.of(count));
    return layer(operation, Kind.SLOPES, Window.PLAIN, flat, null, input);
  }

  /**
   * Scale, shift, mean and variance of a norm; null, and a problem, if the file does not store one.
   *
   * @param names of the first tensor, the second and so on; null for one that is not there
   */
  List<Tensor> ofNorm(Operation operation, IntFunction<String> names) {
    List<Tensor> tensors = new ArrayList<>();
    for (String what : List.of("scale", "shift", "mean", "variance")) {
      Tensor tensor = stored(operation, names.apply(tensors.size()), what);
      if (tensor == null) {
        return null;
      }
      tensors.add(tensor);
    }
    return tensors;
  }

  /** {@code tensors} are scale, shift, mean and variance. */
  FileLayer norm(Operation operation, double eps, List<Tensor> tensors, Flow input) {
    Tensor scale = tensors.get(0);
    for (Tensor tensor : tensors) {
      if (!isVector(tensor, scale.values().length) || tensor.dims().size() != 1) {
        return wrong(
            operation,
            "has a scale "
                + scale.dims()
                + " and "
                + Quote.quoted(tensor.name())
                + " "
                + tensor.dims()
                + "; its tensors are vectors of one size");
      }
    }
    Norm norm = new Norm(eps, tensors);
    return new FileLayer(
        operation, Kind.NORM, Window.PLAIN, scale, null, norm, input.sources(), input.order());
  }

  private static boolean isVector(Tensor tensor, int length) {
    return tensor.values().length == length && tensor.dims().contains(length);
  }
}
