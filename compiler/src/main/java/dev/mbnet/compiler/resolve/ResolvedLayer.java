package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.op.Op;
import dev.mbnet.compiler.op.Operator;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of an operator, all blocks expanded.
 *
 * @param id its place in the network's list of layers
 * @param path its name: labels, positions and repeats joined by dots
 * @param operator the name it was called by; {@code input} for an input
 * @param parts its operations, each fed by the one before it
 * @param inputs the layers it reads
 * @param inputShapes their shapes
 * @param stride how far the network has strided when it comes to its output
 * @param blocks the names of the blocks that it stands in, outermost first
 * @param stage the statement of the network itself that it comes from
 */
public record ResolvedLayer(
    int id,
    String path,
    String operator,
    List<Operator.Part> parts,
    List<Integer> inputs,
    List<Shape> inputShapes,
    Shape shape,
    Pair stride,
    List<String> blocks,
    Stage stage) {

  /**
   * A statement of the network.
   *
   * @param path its name as the first part of its layers' paths
   * @param call the author's own text, such as {@code mbconv(t=6, c=24)}
   */
  public record Stage(String path, Span call) {}

  /**
   * Whether it is part of a squeeze-excite, whose products are counted apart: of the prelude's
   * block {@code squeeze}, or of a block of a file's own that takes its place.
   */
  public boolean isSqueezeExcite() {
    return blocks.contains("squeeze");
  }

  /** Its weights, batch norm's statistics among them. */
  public List<Weight> weights() {
    List<Weight> all = new ArrayList<>();
    List<Shape> shapes = inputShapes;
    for (Operator.Part part : parts) {
      all.addAll(part.op().weights(path + part.suffix(), shapes));
      shapes = List.of(part.op().infer(shapes).value());
    }
    return all;
  }

  /** Its multiply-adds per image. */
  public long macs() {
    long macs = 0;
    List<Shape> shapes = inputShapes;
    for (Operator.Part part : parts) {
      Op op = part.op();
      Shape out = op.infer(shapes).value();
      macs += op.macs(shapes, out);
      shapes = List.of(out);
    }
    return macs;
  }
}
