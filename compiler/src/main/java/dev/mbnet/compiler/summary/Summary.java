package dev.mbnet.compiler.summary;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Convolution;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.pass.Passes;
import dev.mbnet.compiler.resolve.ResolvedLayer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network's cost in the conventions of the field.
 *
 * @param parameters trainable: weights, biases, batch norm's scale and shift (PyTorch's count)
 * @param batchNormStatistics running means and variances (Keras counts them too)
 * @param parametersWithoutBatchNorm trainable but for batch norm's scale and shift
 * @param foldedParameters with norms folded: weights and at most one bias a layer
 * @param macs multiply-adds of convolutions and dense layers, squeeze-excite's among them
 * @param squeezeExciteMacs those of them in squeeze-excites
 * @param flops twice {@code macs}: a multiplication and an addition counted as two
 * @param peakActivationBytes the most bytes of float activations alive at once, without fusion
 */
public record Summary(
    String network,
    List<Tensor> inputs,
    List<Tensor> outputs,
    long parameters,
    long batchNormStatistics,
    long parametersWithoutBatchNorm,
    long foldedParameters,
    long macs,
    long squeezeExciteMacs,
    long flops,
    long peakActivationBytes,
    List<Layer> layers) {
  private static final int FLOAT = 4;

  /** {@code shape} is {@code [h, w, c]}; {@code bytes} are those of its floats. */
  public record Tensor(String name, List<Integer> shape, long bytes) {}

  /**
   * A layer, or a stage of several.
   *
   * @param op the operator, or how many layers there are
   * @param output {@code [h, w, c]}
   * @param parameters trainable
   * @param outputBytes of the output as floats
   * @param liveBytes the most bytes of float activations alive at once while it is computed: what
   *     it reads, what it makes and what later layers still wait for, each tensor in memory of its
   *     own, norms and activations in place; 0 where another layer does its work
   */
  public record Layer(
      String name,
      String op,
      List<Integer> output,
      long parameters,
      long macs,
      long outputBytes,
      long liveBytes) {}

  public static Summary of(ResolvedNetwork network) {
    Graph graph = Graph.of(network);
    Graph folded = Passes.run(graph);
    Map<String, Long> live = liveBytes(folded, network);
    List<Layer> layers =
        network.layers().stream()
            .filter(layer -> !layer.parts().isEmpty())
            .map(layer -> layer(layer, live.getOrDefault(layer.path(), 0L)))
            .toList();
    long macs = layers.stream().mapToLong(Layer::macs).sum();
    return new Summary(
        network.name(),
        List.of(tensor(network.input().path(), network.input().shape())),
        network.outputs().stream()
            .map(output -> tensor(output.name(), network.shapeOf(output)))
            .toList(),
        layers.stream().mapToLong(Layer::parameters).sum(),
        graph.nodes().stream()
            .flatMap(node -> node.weights().stream())
            .filter(weight -> !weight.trainable())
            .mapToLong(Weight::elements)
            .sum(),
        graph.nodes().stream()
            .filter(node -> !(node.op() instanceof BatchNorm))
            .flatMap(node -> node.weights().stream())
            .mapToLong(Weight::elements)
            .sum(),
        folded.nodes().stream().mapToLong(Summary::foldedParameters).sum(),
        macs,
        network.layers().stream()
            .filter(ResolvedLayer::isSqueezeExcite)
            .mapToLong(ResolvedLayer::macs)
            .sum(),
        2 * macs,
        live.values().stream().mapToLong(Long::longValue).max().orElse(0),
        layers);
  }

  /** The layers whose names begin with the same {@code depth} words as one, its counts summed. */
  public Summary folded(int depth) {
    Map<String, List<Layer>> stages = new LinkedHashMap<>();
    for (Layer layer : depth <= 0 ? List.<Layer>of() : layers) {
      String[] path = layer.name().split("\\.");
      String stage = String.join(".", Arrays.asList(path).subList(0, Math.min(depth, path.length)));
      stages.computeIfAbsent(stage, s -> new ArrayList<>()).add(layer);
    }
    List<Layer> rows = new ArrayList<>();
    stages.forEach((stage, all) -> rows.add(stage(stage, all)));
    return new Summary(
        network,
        inputs,
        outputs,
        parameters,
        batchNormStatistics,
        parametersWithoutBatchNorm,
        foldedParameters,
        macs,
        squeezeExciteMacs,
        flops,
        peakActivationBytes,
        rows);
  }

  private static Layer stage(String name, List<Layer> layers) {
    Layer last = layers.get(layers.size() - 1);
    return new Layer(
        name,
        layers.size() == 1 ? last.op() : layers.size() + " layers",
        last.output(),
        layers.stream().mapToLong(Layer::parameters).sum(),
        layers.stream().mapToLong(Layer::macs).sum(),
        last.outputBytes(),
        layers.stream().mapToLong(Layer::liveBytes).max().orElse(0));
  }

  /** By the paths of layers; a layer whose work another one does has none. */
  private static Map<String, Long> liveBytes(Graph folded, ResolvedNetwork network) {
    List<String> paths = network.layers().stream().map(ResolvedLayer::path).toList();
    Map<String, Long> live = new HashMap<>();
    folded
        .liveElements()
        .forEach(
            (node, elements) -> {
              String name = node.name();
              String path = paths.contains(name) ? name : name.substring(0, name.lastIndexOf('.'));
              live.merge(path, FLOAT * elements, Math::max);
            });
    return live;
  }

  private static Layer layer(ResolvedLayer layer, long liveBytes) {
    long parameters =
        layer.weights().stream().filter(Weight::trainable).mapToLong(Weight::elements).sum();
    return new Layer(
        layer.path(),
        layer.operator(),
        list(layer.shape()),
        parameters,
        layer.macs(),
        FLOAT * layer.shape().elements(),
        liveBytes);
  }

  private static long foldedParameters(Node node) {
    long trainable =
        node.weights().stream().filter(Weight::trainable).mapToLong(Weight::elements).sum();
    return node.op() instanceof Convolution conv && conv.norm() != null
        ? trainable - (conv.bias() ? 2L : 1L) * conv.channels()
        : trainable;
  }

  private static Tensor tensor(String name, Shape shape) {
    return new Tensor(name, list(shape), FLOAT * shape.elements());
  }

  /** {@code [h, w, c]}. */
  static List<Integer> list(Shape shape) {
    return List.of(shape.height(), shape.width(), shape.channels());
  }
}
