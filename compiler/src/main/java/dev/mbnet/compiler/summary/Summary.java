package dev.mbnet.compiler.summary;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.pass.Passes;
import dev.mbnet.compiler.resolve.ResolvedLayer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.util.List;

/**
 * A network's cost in the conventions of the field.
 *
 * @param parameters trainable: weights, biases, batch norm's scale and shift (PyTorch's count)
 * @param batchNormStatistics running means and variances (Keras counts them too)
 * @param parametersWithoutBatchNorm trainable but for batch norm's scale and shift
 * @param foldedParameters with norms folded: weights and at most one bias a layer
 * @param macs multiply-adds of convolutions and dense layers, squeeze-excite's among them
 * @param squeezeExciteMacs those of them in squeeze-excites
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
    long peakActivationBytes,
    List<Layer> layers) {

  /** {@code shape} is {@code [h, w, c]}. */
  public record Tensor(String name, List<Integer> shape) {}

  /** {@code output} is {@code [h, w, c]}; {@code parameters} are trainable. */
  public record Layer(String name, String op, List<Integer> output, long parameters, long macs) {}

  public static Summary of(ResolvedNetwork network) {
    List<Layer> layers =
        network.layers().stream().filter(l -> !l.parts().isEmpty()).map(Summary::layer).toList();
    Graph graph = Graph.of(network);
    Graph folded = Passes.run(graph);
    return new Summary(
        network.name(),
        List.of(new Tensor(network.input().path(), list(network.input().shape()))),
        network.outputs().stream()
            .map(output -> new Tensor(output.name(), list(network.shapeOf(output))))
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
        layers.stream().mapToLong(Layer::macs).sum(),
        network.layers().stream()
            .filter(ResolvedLayer::isSqueezeExcite)
            .mapToLong(ResolvedLayer::macs)
            .sum(),
        4 * folded.peakElements(),
        layers);
  }

  private static Layer layer(ResolvedLayer layer) {
    long parameters =
        layer.weights().stream().filter(Weight::trainable).mapToLong(Weight::elements).sum();
    return new Layer(layer.path(), layer.operator(), list(layer.shape()), parameters, layer.macs());
  }

  private static long foldedParameters(Node node) {
    long trainable =
        node.weights().stream().filter(Weight::trainable).mapToLong(Weight::elements).sum();
    boolean absorbs = node.op() instanceof Conv conv && conv.norm() != null;
    if (!absorbs) {
      return trainable;
    }
    Conv conv = (Conv) node.op();
    return trainable - (conv.bias() ? 2L : 1L) * conv.channels();
  }

  private static List<Integer> list(Shape shape) {
    return List.of(shape.height(), shape.width(), shape.channels());
  }
}
