package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.weights.FileLayer.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Finds the layers of a file, whatever its format, by following every value from operation to
 * operation in an order in which each follows what it reads.
 */
final class FileLayers {

  /**
   * All layers of a file in order.
   *
   * @param outputs for each output the layers it is computed from
   */
  record All(List<FileLayer> layers, List<Sources> outputs) {}

  /**
   * What is known of a value that is computed.
   *
   * @param pads the zeros around it, which a window may count as its own; null for other padding
   * @param order where its channels are or, of a vector, were
   * @param open the layer whose bias or norm may follow, or -1
   */
  record Flow(Sources sources, Pads pads, Order order, int open) {

    /** The same values, as far as layers go, but not to be completed by what follows. */
    Flow closed() {
      return new Flow(sources, pads, order, -1);
    }

    /** The same values with padding around them. */
    Flow padded(Pads pads) {
      return new Flow(sources, pads, order, -1);
    }

    /** The flow of another tensor computed from these values alone. */
    Flow moved(Order order, int open) {
      return new Flow(sources, Pads.NONE, order, open);
    }
  }

  private final List<FileLayer> layers = new ArrayList<>();
  private final Map<String, Flow> flows = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Map<String, String> origins = new HashMap<>();
  private final Flow nothing;
  private final List<String> problems;

  /**
   * A file of which nothing has been read.
   *
   * @param order where the channels of its pictures are
   */
  FileLayers(Order order, List<String> problems) {
    this.nothing = new Flow(Sources.NONE, Pads.NONE, order, -1);
    this.problems = problems;
  }

  void input(String value) {
    flows.put(value, new Flow(Sources.INPUT, Pads.NONE, nothing.order, -1));
    origins.put(value, "an input of the file");
  }

  /** Counts one more reader of a value; all are counted before the first operation. */
  void countReader(String value) {
    readers.merge(value, 1, Integer::sum);
  }

  void set(String value, Flow flow, Operation by) {
    flows.put(value, flow);
    origins.put(value, "computed by the " + by);
  }

  boolean isComputed(String value) {
    return flows.containsKey(value);
  }

  /** What is known of a value; nothing if it is not computed. */
  Flow flow(String value) {
    return flows.getOrDefault(value, nothing);
  }

  /** What a value that does not come from the input is, such as a size. */
  Flow nothing() {
    return nothing;
  }

  /** Where a value that is not stored comes from, or null. */
  String origin(String value) {
    return origins.get(value);
  }

  All all(List<String> outputs) {
    return new All(layers, outputs.stream().map(output -> flow(output).sources()).toList());
  }

  /** The flow out of a layer, which is null if it could not be read. */
  Flow layer(FileLayer layer, Flow input) {
    if (layer == null) {
      return input.moved(nothing.order, -1);
    }
    layers.add(layer);
    int id = layers.size() - 1;
    int open = layer.kind().takesNorm() ? id : -1;
    return new Flow(Sources.of(id), Pads.NONE, nothing.order, open);
  }

  /** The flow out of a norm, which belongs to the layer whose output it alone reads. */
  Flow norm(FileLayer norm, String value) {
    Flow input = flow(value);
    int open = open(value);
    if (norm == null || open < 0 || layers.get(open).norm() != null) {
      Flow flow = layer(norm, input);
      return new Flow(flow.sources(), flow.pads(), input.order(), -1);
    }
    layers.set(open, layers.get(open).withNorm(norm.norm()));
    return input.moved(input.order(), -1);
  }

  /** The flow out of a PReLU, whose slopes are null if they could not be read. */
  Flow slopes(FileLayer slopes, Flow input) {
    return new Flow(layer(slopes, input).sources(), Pads.NONE, input.order(), -1);
  }

  /**
   * The flow out of a sum that gives the layer before it a bias; null if it is some other sum.
   *
   * @param bias the stored tensor of a name as a layer's bias; null if it is none
   */
  Flow biased(List<String> inputs, BiFunction<FileLayer, String, Tensor> bias) {
    for (int i = 0; i < 2 && inputs.size() == 2; i++) {
      int open = open(inputs.get(i));
      FileLayer layer = open < 0 ? null : layers.get(open);
      boolean lacks = layer != null && layer.bias() == null && layer.norm() == null;
      Tensor added = lacks ? bias.apply(layer, inputs.get(1 - i)) : null;
      if (added != null) {
        layers.set(open, layer.withBias(added));
        Flow flow = flow(inputs.get(i));
        return flow.moved(flow.order(), open);
      }
    }
    return null;
  }

  /** The flow out of what leaves {@code value} as it is. */
  Flow same(String value) {
    Flow flow = flow(value);
    return new Flow(flow.sources(), flow.pads(), flow.order(), open(value));
  }

  /** The layer that the only reader of {@code value} may complete, or -1. */
  private int open(String value) {
    return readers.getOrDefault(value, 0) == 1 ? flow(value).open() : -1;
  }

  /** The same of a dense layer, whose vector stays one however it is written. */
  int openVector(String value) {
    int open = open(value);
    return open >= 0 && layers.get(open).kind() == Kind.DENSE ? open : -1;
  }

  /**
   * The flow out of any other operation, a layer of its own if it has weights.
   *
   * @param inputs the values it reads
   * @param ordered whether their order counts
   * @param weights stored, its values not needed; or null
   */
  Flow other(Operation operation, List<String> inputs, boolean ordered, Tensor weights) {
    List<Flow> read = inputs.stream().map(this::flow).toList();
    Sources joined = Sources.join(read.stream().map(Flow::sources).toList(), ordered);
    Order order =
        read.stream()
            .filter(flow -> !flow.sources().layers().isEmpty())
            .map(Flow::order)
            .findFirst()
            .orElse(nothing.order);
    if (weights == null || joined.layers().isEmpty()) {
      return new Flow(joined, Pads.NONE, order, -1);
    }
    Window window = Window.PLAIN;
    layers.add(new FileLayer(operation, Kind.OTHER, window, weights, null, null, joined, order));
    return new Flow(Sources.of(layers.size() - 1), Pads.NONE, order, -1);
  }

  /** The flow out of a transposition. */
  Flow transposed(Flow input, List<Long> perm) {
    Order order = input.order();
    Order to = Order.OTHER;
    if (List.of(0L, 1L, 2L, 3L).equals(perm)) {
      to = order;
    } else if (order == Order.CHW && List.of(0L, 2L, 3L, 1L).equals(perm)) {
      to = Order.HWC;
    } else if (order == Order.HWC && List.of(0L, 3L, 1L, 2L).equals(perm)) {
      to = Order.CHW;
    }
    return input.moved(to, -1);
  }

  /** Notes an operation that holds operations of its own. */
  void choosesAtRunTime(Operation operation) {
    problems.add(
        "the file's operation "
            + Quote.quoted(operation.name())
            + " is an "
            + Quote.quoted(operation.type())
            + ", which chooses at run time what is computed; export the model without it");
  }
}
