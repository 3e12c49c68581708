package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.source.SourceFile;
import java.util.List;

/**
 * A network of which every layer and size is known.
 *
 * @param doc its doc comment, or an empty string
 * @param layers in an order in which each follows what it reads; the first is the input
 * @param preprocessing null where the input takes tensors only
 * @param outputs what a run leaves behind
 * @param classes the labels of the first output's channels; empty where none are declared
 */
public record ResolvedNetwork(
    String name,
    String doc,
    SourceFile source,
    List<ResolvedLayer> layers,
    Preprocessing preprocessing,
    List<Output> outputs,
    List<String> classes) {

  /** A named output. */
  public record Output(String name, int layer) {}

  public ResolvedLayer input() {
    return layers.get(0);
  }

  public Shape shapeOf(Output output) {
    return layers.get(output.layer()).shape();
  }
}
