package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of an ONNX file under a network's names. Layers are matched in order: the file's n-th
 * convolution, norm or dense layer is the network's n-th, and both must agree in everything that
 * can be seen: shapes, strides, padding, dilation, groups, epsilons.
 */
public final class OnnxImport {

  private OnnxImport() {}

  /**
   * What came of it: tensors, or what is in their way.
   *
   * @param tensors by the network's names, in its order, in PyTorch's layouts
   * @param matches a line for each layer: the network's name and the file's
   * @param problems each one line; no tensors where there are any
   */
  public record Result(Map<String, float[]> tensors, List<String> matches, List<String> problems) {}

  /**
   * Reads {@code file} for {@code graph}, the network's graph before any pass.
   *
   * @param trustOrder whether layers that could be exchanged are taken in the file's order
   */
  public static Result read(Graph graph, byte[] file, boolean trustOrder) {
    List<Node> wanted = graph.nodes().stream().filter(n -> !n.weights().isEmpty()).toList();
    List<FileLayer> found;
    try {
      found = OnnxLayers.read(file);
    } catch (UnreadableException e) {
      return new Result(Map.of(), List.of(), List.of(e.getMessage()));
    }
    List<String> problems = new ArrayList<>(Alignment.problems(wanted, found));
    if (problems.isEmpty() && !trustOrder) {
      problems.addAll(Ambiguity.problems(graph, wanted));
    }
    if (!problems.isEmpty()) {
      return new Result(Map.of(), List.of(), problems);
    }
    Map<String, float[]> tensors = new LinkedHashMap<>();
    List<String> matches = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      List<FileTensor> parts = Layers.tensors(found.get(i));
      List<Weight> weights = wanted.get(i).weights();
      for (int w = 0; w < weights.size(); w++) {
        tensors.put(weights.get(w).name(), parts.get(w).values());
      }
      matches.add(
          String.format(
              "%-28s <- %s %s (%s)",
              wanted.get(i).name(),
              found.get(i).name(),
              weights.get(0).dims(),
              parts.get(0).name()));
    }
    return new Result(tensors, matches, List.of());
  }
}
