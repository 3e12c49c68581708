package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.weights.FileLayer.Order;
import dev.mbnet.compiler.weights.FileLayers.Flow;
import dev.mbnet.compiler.weights.LayerMaker.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the layers of a LiteRT (TFLite) model. Numbers of fields and operators are those of
 * TensorFlow's {@code schema.fbs}, version 3.
 */
final class TfLiteModel {
  private static final byte[] MARK = "TFL3".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_OPERATIONS = 100_000;
  private static final int MOST_INPUTS = 1_000;

  private final FlatTable model;
  private final FlatTable graph;
  private final List<String> problems;
  private final TfLiteTensors tensors;
  private final FileLayers layers;
  private final LayerMaker maker;
  private final TfLayouts layouts;

  private TfLiteModel(FlatTable model, List<String> problems) throws UnreadableFile {
    this.model = model;
    if (model.size(2, 4) == 0) {
      throw new UnreadableFile("it has no graph of operations");
    }
    this.graph = model.table(2, 0);
    this.problems = problems;
    this.tensors = new TfLiteTensors(model, graph, problems);
    this.layers = new FileLayers(Order.HWC, problems);
    this.maker = new LayerMaker(tensors, layers, problems);
    this.layouts = new TfLayouts(maker);
  }

  static boolean is(byte[] file) {
    return file.length >= 8 && Arrays.equals(file, 4, 8, MARK, 0, 4);
  }

  /** The layers of a file; what cannot be read of them goes to {@code problems}. */
  static FileLayers.All read(byte[] file, List<String> problems) throws UnreadableFile {
    try {
      return new TfLiteModel(FlatTable.root(file), problems).read();
    } catch (IndexOutOfBoundsException e) {
      throw new UnreadableFile("it is a LiteRT file that is damaged or was cut short");
    }
  }

  private FileLayers.All read() throws UnreadableFile {
    int count = graph.size(3, 4);
    if (count > MOST_OPERATIONS) {
      throw new UnreadableFile("it has " + count + " operations; the limit is " + MOST_OPERATIONS);
    }
    values(graph, 1).forEach(layers::input);
    List<String> outputs = values(graph, 2);
    outputs.forEach(layers::countReader);
    for (int i = 0; i < count; i++) {
      values(graph.table(3, i), 1).forEach(layers::countReader);
    }
    for (int i = 0; i < count; i++) {
      take(graph.table(3, i));
    }
    return layers.all(outputs);
  }

  /** A list of tensors by their numbers; empty for one that is left out. */
  private List<String> values(FlatTable table, int field) throws UnreadableFile {
    List<String> values = new ArrayList<>();
    for (int tensor : table.ints(field, MOST_INPUTS)) {
      if (tensor < -1 || tensor >= tensors.count()) {
        throw new UnreadableFile(
            "it reads or writes the tensor " + tensor + ", and has " + tensors.count());
      }
      values.add(tensor < 0 ? "" : Integer.toString(tensor));
    }
    return values;
  }

  private void take(FlatTable table) throws UnreadableFile {
    List<String> inputs = values(table, 1);
    List<String> outputs = values(table, 2);
    String type = TfLiteOperators.name(model.table(1, table.intAt(0, 0)));
    String name = outputs.isEmpty() ? "" : tensors.name(outputs.get(0));
    Operation operation = new Operation(type, name);
    if (type.equals("DEQUANTIZE")
        && inputs.size() == 1
        && outputs.size() == 1
        && has(inputs, 0)
        && !inputs.equals(outputs)) {
      tensors.convert(inputs.get(0), outputs.get(0));
      return;
    }
    for (String input : inputs) {
      if (!input.isEmpty() && !tensors.has(input) && !layers.isComputed(input)) {
        problems.add(
            Quote.quoted(name)
                + " reads "
                + Quote.quoted(tensors.name(input))
                + ", which nothing before it computes");
      }
    }
    Flow flow = compute(operation, inputs, table.table(4));
    outputs.forEach(output -> layers.set(output, flow, operation));
  }

  private boolean has(List<String> inputs, int index) {
    return index < inputs.size() && !inputs.get(index).isEmpty() && tensors.has(inputs.get(index));
  }

  private Flow compute(Operation operation, List<String> inputs, FlatTable options) {
    String value = inputs.isEmpty() ? "" : inputs.get(0);
    Flow first = layers.flow(value);
    switch (operation.type()) {
      case "CONV_2D":
        return convolution(operation, inputs, options, false);
      case "DEPTHWISE_CONV_2D":
        return convolution(operation, inputs, options, true);
      case "TRANSPOSE_CONV":
        return deconvolution(operation, inputs, options);
      case "PRELU":
        Tensor slopes = stored(operation, inputs, 1, "slopes");
        return layers.slopes(slopes == null ? null : maker.slopes(operation, slopes, first), first);
      case "FULLY_CONNECTED":
        return dense(operation, inputs, options);
      case "ADD":
        Flow biased = layers.biased(inputs, (layer, name) -> TfLayouts.bias(tensors, name, layer));
        return biased == null ? other(operation, inputs) : ended(biased, options, 0);
      case "PAD", "PADV2", "MIRROR_PAD":
        return first.padded(pads(operation, inputs, first));
      case "TRANSPOSE":
        List<Long> perm = has(inputs, 1) ? tensors.wholes(inputs.get(1)) : null;
        return layers.transposed(first, perm);
      case "SHAPE":
        return layers.nothing();
      case "RESHAPE", "SQUEEZE", "EXPAND_DIMS":
        return first.moved(first.order(), layers.openVector(value));
      case "RESIZE_BILINEAR", "RESIZE_NEAREST_NEIGHBOR", "STRIDED_SLICE", "SLICE":
        return first.moved(first.order(), -1);
      case "IF", "WHILE":
        layers.choosesAtRunTime(operation);
        return layers.nothing();
      default:
        return other(operation, inputs);
    }
  }

  private Flow convolution(
      Operation operation, List<String> inputs, FlatTable options, boolean depthwise) {
    Flow input = layers.flow(inputs.isEmpty() ? "" : inputs.get(0));
    Parameters read = parameters(operation, inputs, 2);
    int more = depthwise ? 1 : 0;
    TfLayouts.Slide slide =
        options == null
            ? TfLayouts.Slide.PLAIN
            : slide(options, options.intAt(5 + more, 1), options.intAt(4 + more, 1));
    FileLayer layer = null;
    if (read != null) {
      TfLayouts.Layout layout =
          depthwise ? TfLayouts.Layout.ONE_H_W_OUT : TfLayouts.Layout.OUT_H_W_IN;
      layer = layouts.convolution(operation, layout, slide, read, input);
    }
    return ended(layers.layer(layer, input), options, 3 + more);
  }

  /** A transposed convolution reads its output's size, its weights and only then its input. */
  private Flow deconvolution(Operation operation, List<String> inputs, FlatTable options) {
    Flow input = layers.flow(isGiven(inputs, 2) ? inputs.get(2) : "");
    Parameters read = parameters(operation, inputs, 3);
    FileLayer layer = null;
    if (options == null) {
      maker.wrong(operation, "does not say how it moves");
    } else if (read != null) {
      List<Long> sizes = has(inputs, 0) ? tensors.wholes(inputs.get(0)) : null;
      List<Long> size = sizes == null || sizes.size() != 4 ? null : sizes.subList(1, 3);
      TfLayouts.Layout layout = TfLayouts.Layout.OUT_H_W_FROM;
      layer = layouts.deconvolution(operation, layout, slide(options, 1, 1), size, read, input);
    }
    return ended(layers.layer(layer, input), options, 3);
  }

  private Flow dense(Operation operation, List<String> inputs, FlatTable options) {
    Flow input = layers.flow(inputs.isEmpty() ? "" : inputs.get(0));
    Parameters read = parameters(operation, inputs, 2);
    FileLayer layer = null;
    if (options != null && options.byteAt(1) != 0) {
      maker.wrong(operation, "has its weights shuffled, which is not read");
    } else if (read != null) {
      layer =
          read.weight().dims().size() == 2
              ? maker.dense(operation, read.weight(), read.bias(), input)
              : maker.wrong(operation, "has weights " + read.weight().dims() + ", not [out, in]");
    }
    return ended(layers.layer(layer, input), options, 0);
  }

  private static TfLayouts.Slide slide(FlatTable options, long down, long across) {
    return new TfLayouts.Slide(
        List.of((long) options.intAt(2, 0), (long) options.intAt(1, 0)),
        List.of(down, across),
        options.byteAt(0) == 0 ? "SAME" : "VALID",
        Pads.NONE);
  }

  /** A flow that ends where its operation has an activation, which {@code field} of them says. */
  private static Flow ended(Flow flow, FlatTable options, int field) {
    return options != null && options.byteAt(field) != 0 ? flow.closed() : flow;
  }

  private static boolean isGiven(List<String> inputs, int index) {
    return index < inputs.size() && !inputs.get(index).isEmpty();
  }

  /** Weights, the second input, and a bias, which need not be there. */
  private Parameters parameters(Operation operation, List<String> inputs, int bias) {
    boolean biased = isGiven(inputs, bias);
    return Parameters.of(
        stored(operation, inputs, 1, "weights"),
        biased,
        biased ? stored(operation, inputs, bias, "bias") : null);
  }

  private Tensor stored(Operation operation, List<String> inputs, int index, String what) {
    return maker.stored(operation, isGiven(inputs, index) ? inputs.get(index) : null, what);
  }

  private Pads pads(Operation operation, List<String> inputs, Flow input) {
    boolean constant = !operation.type().equals("MIRROR_PAD");
    if (has(inputs, 2)) {
      Tensor value = tensors.floats(inputs.get(2));
      constant &= value != null && value.values().length == 1 && value.values()[0] == 0;
    }
    List<Long> sides = has(inputs, 1) ? tensors.wholes(inputs.get(1)) : null;
    return constant ? TfLayouts.pads(sides, input) : null;
  }

  private Flow other(Operation operation, List<String> inputs) {
    List<String> given = inputs.stream().filter(input -> !input.isEmpty()).toList();
    boolean ordered = operation.type().equals("CONCATENATION");
    return layers.other(operation, inputs, ordered, tensors.firstWeights(given));
  }
}
