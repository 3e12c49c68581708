package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.List;
import java.util.Locale;

/**
 * {@code add} and {@code mul}: elementwise over two or more tensors of one shape, or of one shape
 * and {@code 1x1} tensors of as many channels, whose pixel then serves for all.
 */
public record Merge(Kind kind, Activation activation) implements Op {

  /** What is done with the elements. */
  public enum Kind {
    ADD,
    MUL;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String BROADCAST =
      "NumPy and PyTorch would repeat the smaller one (broadcasting); here only a 1x1 tensor of as"
          + " many channels is repeated";

  public static final Operator ADD = operator(Kind.ADD, "Adds tensors of one shape.");
  public static final Operator MUL = operator(Kind.MUL, "Multiplies tensors of one shape.");

  private static Operator operator(Kind kind, String doc) {
    return new Operator(
        kind.word(),
        doc + " A 1x1 tensor of as many channels serves every pixel.",
        List.of(),
        true,
        (a, inputs) -> Operator.single(new Merge(kind, Activation.NONE)));
  }

  /** Whether NumPy and PyTorch would repeat one along sides of 1 to make it fit. */
  private static boolean broadcast(Shape a, Shape b) {
    return (a.height() == b.height() || Math.min(a.height(), b.height()) == 1)
        && (a.width() == b.width() || Math.min(a.width(), b.width()) == 1)
        && (a.channels() == b.channels() || Math.min(a.channels(), b.channels()) == 1);
  }

  public Merge with(Activation activation) {
    return new Merge(kind, activation);
  }

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    Shape whole = inputs.get(0);
    for (Shape shape : inputs) {
      whole = shape.pixels() > whole.pixels() ? shape : whole;
    }
    for (Shape shape : inputs) {
      if (shape.channels() != whole.channels() || !shape.equals(whole) && !shape.isVector()) {
        Shape first = inputs.get(0);
        Shape other = shape.equals(first) ? whole : shape;
        boolean channels = shape.channels() != whole.channels();
        boolean sizes = shape.pixels() != whole.pixels() && !shape.isVector();
        String differ = channels && sizes ? "sizes and channels" : channels ? "channels" : "sizes";
        String fact = "`%s` needs equal shapes: %s is here, %s joins it; the %s differ";
        String same = "conv(k=1, c=" + Math.max(first.channels(), other.channels()) + ")";
        return Checked.wrong(
            new Mistake(
                Code.MISFIT_SHAPES,
                null,
                String.format(fact, kind.word(), first, other, differ),
                broadcast(first, other) ? List.of(BROADCAST) : List.of(),
                sizes
                    ? "bring them to one size with a stride, or one of them to 1x1 with `gap`"
                    : "bring one of them to the other's channels: `" + same + "`"));
      }
    }
    return Checked.of(whole);
  }

  @Override
  public List<Weight> weights(String name, List<Shape> inputs) {
    return activation.weights(inputs.get(0).channels());
  }

  @Override
  public String describe() {
    return kind.word() + (activation.isNone() ? "" : " act=" + activation);
  }
}
