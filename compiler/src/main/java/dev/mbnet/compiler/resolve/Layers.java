package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.op.Checked;
import dev.mbnet.compiler.op.Operator;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The layers of a network as it is being resolved. */
final class Layers {
  static final int MOST_CALLS = 50_000;
  private static final int MOST_LAYERS = 5_000;
  private static final long MOST_ELEMENTS = 1L << 28;

  private final List<ResolvedLayer> all = new ArrayList<>();
  private final Map<Integer, Doubt> doubts = new HashMap<>();
  private ResolvedLayer.Stage stage;
  private boolean full;
  private int calls;

  /** From here on, layers come from {@code stage}. */
  void enter(ResolvedLayer.Stage stage) {
    this.stage = stage;
  }

  ResolvedLayer get(int id) {
    return all.get(id);
  }

  List<ResolvedLayer> all() {
    return List.copyOf(all);
  }

  /** Whether a network has reached the limit, which has been reported. */
  boolean isFull() {
    return full;
  }

  /** Counts a call of a block or operator; false for the one that is too many. */
  boolean count() {
    full |= ++calls > MOST_CALLS;
    return calls != MOST_CALLS + 1;
  }

  /** What is a guess about the output of a layer, or of an unknown one. */
  Doubt doubt(int id) {
    return doubts.getOrDefault(id, Doubt.NONE);
  }

  void doubt(int id, Doubt doubt) {
    doubts.put(id, doubt);
  }

  /** Puts a tensor of {@code shape} in the place of a layer that was reported. */
  int assume(String path, String operator, Shape shape, Pair stride, Site site) {
    all.add(
        new ResolvedLayer(
            all.size(),
            path,
            operator,
            List.of(),
            List.of(),
            List.of(),
            shape,
            stride,
            Site.blocks(site),
            stage));
    return all.size() - 1;
  }

  int addInput(String name, Shape shape) {
    all.add(
        new ResolvedLayer(
            all.size(),
            name,
            "input",
            List.of(),
            List.of(),
            List.of(),
            shape,
            Pair.ONE,
            List.of(),
            stage));
    return all.size() - 1;
  }

  Checked<ResolvedLayer> add(
      String path, String operator, List<Operator.Part> parts, List<Integer> inputs, Site site) {
    if (all.size() >= MOST_LAYERS) {
      full = true;
      return Checked.wrong(
          Code.TOO_LARGE,
          null,
          "the network has more than " + MOST_LAYERS + " layers",
          "is an `n` larger than it should be?");
    }
    List<Shape> inputShapes = inputs.stream().map(id -> get(id).shape()).toList();
    List<Shape> shapes = inputShapes;
    Pair stride = get(inputs.get(0)).stride();
    for (Operator.Part part : parts) {
      Checked<Shape> shape = part.op().infer(shapes);
      if (!shape.isOk()) {
        return Checked.wrong(shape.mistake());
      }
      if (shape.value().elements() > MOST_ELEMENTS) {
        return Checked.wrong(
            Code.TOO_LARGE,
            null,
            "the output of " + shape.value() + " has more than " + MOST_ELEMENTS + " elements",
            null);
      }
      for (Weight weight : part.op().weights(path, shapes)) {
        if (weight.elements() > MOST_ELEMENTS) {
          String fact = "a weight of " + weight.dims() + " has more than " + MOST_ELEMENTS;
          return Checked.wrong(Code.TOO_LARGE, null, fact + " elements", null);
        }
      }
      shapes = List.of(shape.value());
      Pair s = part.op().stride();
      stride =
          new Pair(
              (int) Math.min((long) stride.h() * s.h(), 1 << 24),
              (int) Math.min((long) stride.w() * s.w(), 1 << 24));
    }
    ResolvedLayer layer =
        new ResolvedLayer(
            all.size(),
            path,
            operator,
            parts,
            inputs,
            inputShapes,
            shapes.get(0),
            stride,
            Site.blocks(site),
            stage);
    all.add(layer);
    return Checked.of(layer);
  }
}
