package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a network's weights from an ONNX file.
 *
 * <p>Convolutions, dense layers, batch norms and PReLUs are matched in order: the network's is that
 * of its text, the file's that of its operations, where a norm counts with the layer that it alone
 * reads. Each pair must have the same shape, and agree in strides, dilations, groups, padding,
 * epsilon, bias, norm, and in which layers it reads, whatever stands between them. So parallel
 * branches that the file has in another order are noticed. What has no weights, such as activations
 * and pooling, is not compared.
 */
public final class OnnxImporter {
  private static final int MOST_LAYERS = 10_000;

  private OnnxImporter() {}

  /** The weights of {@code network} from the bytes of an ONNX file. */
  public static Imported read(ResolvedNetwork network, byte[] onnx) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(onnx);
    } catch (InvalidProtocolBufferException e) {
      return refused("it is not an ONNX file, or it was cut short");
    }
    if (model.getGraph().getNodeCount() == 0) {
      return refused("it is not an ONNX file: there is no graph of operations in it");
    }
    List<String> problems = new ArrayList<>();
    FileLayers.All file = FileLayers.read(model.getGraph(), problems);
    if (!problems.isEmpty()) {
      return Imported.refused(problems);
    }
    if (file.layers().size() > MOST_LAYERS) {
      return refused(
          "it has " + file.layers().size() + " layers with weights; the limit is " + MOST_LAYERS);
    }
    NetworkLayer.All mine = NetworkLayer.of(Graph.of(network));
    List<String> differences = new Alignment(mine.layers(), file.layers()).differences();
    if (differences.isEmpty()) {
      differences = Comparison.differences(mine, file);
    }
    return differences.isEmpty()
        ? adopt(mine.layers(), file.layers())
        : Imported.refused(differences);
  }

  private static Imported refused(String problem) {
    return Imported.refused(List.of(problem));
  }

  private static Imported adopt(List<NetworkLayer> network, List<FileLayer> file) {
    List<Imported.Match> matches = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < network.size(); i++) {
      NetworkLayer here = network.get(i);
      FileLayer there = file.get(i);
      matches.add(new Imported.Match(here.name(), there.tensors()));
      boolean reordered =
          there.order() == FileLayer.Order.CHW && there.weight().values().length > 1;
      Shape mixed = reordered ? here.flattened() : null;
      if (here.kind() == Kind.NORM) {
        adopt(
            here.node(),
            there.norm().tensors().stream().map(t -> unmix(t, mixed)).toList(),
            tensors);
        continue;
      }
      List<Tensor> own = new ArrayList<>(List.of(unmix(there.weight(), mixed)));
      if (there.bias() != null) {
        own.add(there.bias());
      }
      adopt(here.node(), own, tensors);
      if (here.norm() != null) {
        adopt(here.norm(), there.norm().tensors(), tensors);
      }
    }
    return new Imported(matches, tensors, List.of());
  }

  private static void adopt(Node node, List<Tensor> own, List<Tensor> tensors) {
    List<Weight> weights = node.weights();
    for (int i = 0; i < weights.size(); i++) {
      Weight weight = weights.get(i);
      tensors.add(own.get(i).reshaped(weight.dims()).named(weight.name()));
    }
  }

  /** Brings inputs that the file flattened as [c][h][w] into the network's order [h][w][c]. */
  private static Tensor unmix(Tensor tensor, Shape mixed) {
    if (mixed == null) {
      return tensor;
    }
    int rows = (int) (tensor.values().length / mixed.elements());
    List<Integer> dims = List.of(rows, mixed.channels(), mixed.height(), mixed.width());
    return tensor.reshaped(dims).transposed(List.of(0, 2, 3, 1));
  }
}
