package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.weights.FileLayer.Order;
import dev.mbnet.compiler.weights.FileLayers.Flow;
import dev.mbnet.compiler.weights.LayerMaker.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds the layers of a Keras model, whose weights are named after its layers. */
final class KerasLayers {
  private final KerasModel model;
  private final TfjsWeights weights;
  private final FileLayers layers;
  private final LayerMaker maker;
  private final TfLayouts layouts;
  private final List<String> problems;

  private KerasLayers(Json model, TfjsWeights weights, List<String> problems)
      throws UnreadableFile {
    this.model = new KerasModel(model);
    this.weights = weights;
    this.problems = problems;
    this.layers = new FileLayers(Order.HWC, problems);
    this.maker = new LayerMaker(weights, layers, problems);
    this.layouts = new TfLayouts(maker);
  }

  /** The layers of a model; what cannot be read of them goes to {@code problems}. */
  static FileLayers.All read(Json model, TfjsWeights weights, List<String> problems)
      throws UnreadableFile {
    return new KerasLayers(model, weights, problems).read();
  }

  private FileLayers.All read() throws UnreadableFile {
    List<String> order = Dependencies.inOrder(model.outputs(), this::inputs);
    order.forEach(value -> inputs(value).forEach(layers::countReader));
    model.outputs().forEach(layers::countReader);
    for (String value : order) {
      KerasModel.Call call = model.call(value);
      if (call == null) {
        problems.add("no layer of it makes " + Quote.quoted(value) + ", which it reads");
      } else if (call.inputs().isEmpty()) {
        layers.input(value);
      } else {
        layers.set(value, compute(call), call.operation());
      }
    }
    return layers.all(model.outputs());
  }

  private List<String> inputs(String value) {
    KerasModel.Call call = model.call(value);
    return call == null ? List.of() : call.inputs();
  }

  private Flow compute(KerasModel.Call call) throws UnreadableFile {
    String value = call.inputs().get(0);
    Flow first = layers.flow(value);
    Json config = call.config();
    switch (call.operation().type()) {
      case "Conv2D":
        Parameters conv = parameters(call, "kernel");
        return layer(call, convolution(call, TfLayouts.Layout.H_W_IN_OUT, conv, first), first);
      case "DepthwiseConv2D":
        Parameters own = parameters(call, "depthwise_kernel");
        return layer(call, convolution(call, TfLayouts.Layout.H_W_IN_TIMES, own, first), first);
      case "Conv2DTranspose":
        return layer(call, deconvolution(call, first), first);
      case "PReLU":
        return slopes(call, first);
      case "SeparableConv2D":
        return separable(call, first);
      case "Dense":
        return layer(call, dense(call, first), first);
      case "BatchNormalization":
        return layers.norm(norm(call, first), value);
      case "ZeroPadding2D":
        return first.padded(pads(config, first));
      case "Permute":
        return first.moved(Order.OTHER, -1);
      case "Flatten", "Reshape":
        return first.moved(first.order(), layers.openVector(value));
      case KerasModel.ALIAS, "Dropout", "SpatialDropout2D", "GaussianNoise", "GaussianDropout":
        return layers.same(value);
      default:
        return other(call);
    }
  }

  /** The flow out of a layer, which may end in an activation. */
  private Flow layer(KerasModel.Call call, FileLayer layer, Flow input) throws UnreadableFile {
    Flow flow = layers.layer(layer, input);
    Json activation = call.config().at("activation");
    boolean linear =
        !activation.isThere() || !activation.isObject() && activation.text().equals("linear");
    return linear ? flow : flow.closed();
  }

  /** What a layer calls {@code kernel} and, unless it is told to have none, its bias. */
  private Parameters parameters(KerasModel.Call call, String kernel) throws UnreadableFile {
    Tensor weight = stored(call, kernel, "weights");
    boolean biased = call.config().at("use_bias").flag(true);
    return Parameters.of(weight, biased, biased ? stored(call, "bias", "bias") : null);
  }

  private FileLayer convolution(
      KerasModel.Call call, TfLayouts.Layout layout, Parameters read, Flow input)
      throws UnreadableFile {
    return read == null || !isChannelsLast(call)
        ? null
        : layouts.convolution(call.operation(), layout, slide(call.config()), read, input);
  }

  private FileLayer deconvolution(KerasModel.Call call, Flow input) throws UnreadableFile {
    Parameters read = parameters(call, "kernel");
    if (read == null || !isChannelsLast(call)) {
      return null;
    }
    Json config = call.config();
    if (config.at("output_padding").isThere()) {
      return maker.wrong(call.operation(), "has an output_padding, which is not read");
    }
    TfLayouts.Layout layout = TfLayouts.Layout.H_W_OUT_IN;
    return layouts.deconvolution(call.operation(), layout, slide(config), null, read, input);
  }

  private Flow slopes(KerasModel.Call call, Flow input) {
    Tensor alpha = stored(call, "alpha", "slopes");
    return layers.slopes(
        alpha == null ? null : maker.slopes(call.operation(), alpha, input), input);
  }

  private static TfLayouts.Slide slide(Json config) throws UnreadableFile {
    return new TfLayouts.Slide(
        pair(config.at("strides")),
        pair(config.at("dilation_rate")),
        config.at("padding").text("valid").toUpperCase(Locale.ROOT),
        Pads.NONE);
  }

  private Flow separable(KerasModel.Call call, Flow input) throws UnreadableFile {
    Tensor weight = stored(call, "depthwise_kernel", "weights");
    TfLayouts.Layout layout = TfLayouts.Layout.H_W_IN_TIMES;
    FileLayer depthwise = convolution(call, layout, Parameters.of(weight, false, null), input);
    Flow between = layers.layer(depthwise, input).closed();
    Parameters read = parameters(call, "pointwise_kernel");
    layout = TfLayouts.Layout.H_W_IN_OUT;
    FileLayer pointwise =
        read == null
            ? null
            : layouts.convolution(call.operation(), layout, TfLayouts.Slide.PLAIN, read, between);
    return layer(call, pointwise, between);
  }

  private FileLayer dense(KerasModel.Call call, Flow input) throws UnreadableFile {
    Parameters read = parameters(call, "kernel");
    if (read == null) {
      return null;
    }
    Tensor weight = read.weight();
    return weight.dims().size() == 2
        ? maker.dense(call.operation(), weight.transposed(List.of(1, 0)), read.bias(), input)
        : maker.wrong(call.operation(), "has weights " + weight.dims() + ", not [in, out]");
  }

  private FileLayer norm(KerasModel.Call call, Flow input) throws UnreadableFile {
    Tensor mean = stored(call, "moving_mean", "mean");
    Tensor variance = stored(call, "moving_variance", "variance");
    boolean scales = call.config().at("scale").flag(true);
    boolean shifts = call.config().at("center").flag(true);
    Tensor scale = scales ? stored(call, "gamma", "scale") : filled(call, "gamma", mean, 1);
    Tensor shift = shifts ? stored(call, "beta", "shift") : filled(call, "beta", mean, 0);
    if (mean == null || variance == null || scale == null || shift == null) {
      return null;
    }
    double eps = call.config().at("epsilon").number(1e-3);
    return maker.norm(call.operation(), eps, List.of(scale, shift, mean, variance), input);
  }

  /** What a norm without scale or shift computes with. */
  private static Tensor filled(KerasModel.Call call, String what, Tensor like, float value) {
    if (like == null) {
      return null;
    }
    float[] values = new float[like.values().length];
    Arrays.fill(values, value);
    return new Tensor(call.operation().name() + "/" + what, like.dims(), values);
  }

  private Tensor stored(KerasModel.Call call, String variable, String what) {
    String name = call.operation().name() + "/" + variable;
    if (!weights.has(name)) {
      maker.wrong(
          call.operation(), "has no " + what + ": the manifest lists no " + Quote.quoted(name));
      return null;
    }
    return weights.floats(name);
  }

  private boolean isChannelsLast(KerasModel.Call call) throws UnreadableFile {
    String format = call.config().at("data_format").text("channels_last");
    if (!format.equals("channels_last")) {
      maker.wrong(
          call.operation(),
          "has data_format " + Quote.quoted(format) + "; only `channels_last` is read");
    }
    return format.equals("channels_last");
  }

  /** A pair, or a number for both; 1 where there is none. */
  private static List<Long> pair(Json numbers) throws UnreadableFile {
    if (numbers.isList()) {
      return numbers.wholes();
    }
    long number = numbers.isThere() ? numbers.whole() : 1;
    return List.of(number, number);
  }

  /** {@code [[top, bottom], [left, right]]}, {@code [height, width]} or a number for all sides. */
  private static Pads pads(Json config, Flow input) throws UnreadableFile {
    Json padding = config.at("padding");
    List<Long> sides = new ArrayList<>();
    for (Json axis : padding.isList() ? padding.items() : List.of(padding, padding)) {
      sides.addAll(pair(axis));
    }
    boolean sound = Window.isSound(sides, 4, 0) && input.pads() != null;
    return sound ? Window.sum(input.pads(), TfLayouts.pads(sides)) : null;
  }

  private Flow other(KerasModel.Call call) {
    Tensor tensor =
        weights.startingWith(call.operation().name() + "/").stream()
            .findFirst()
            .map(name -> new Tensor(name, weights.dims(name), new float[0]))
            .orElse(null);
    return layers.other(
        call.operation(), call.inputs(), call.operation().type().equals("Concatenate"), tensor);
  }
}
