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
        String facts = shape.channels() != whole.channels() ? "channels" : "sizes";
        return Checked.wrong(
            Code.MISFIT_SHAPES,
            null,
            "`"
                + kind.word()
                + "` needs equal shapes: "
                + inputs.get(0)
                + " is here, "
                + (shape.equals(inputs.get(0)) ? whole : shape)
                + " joins it; the "
                + facts
                + " differ",
            facts.equals("channels")
                ? "bring one of them to " + whole.channels() + " channels with `conv(k=1, c=...)`"
                : "bring them to one size with a stride, or one of them to 1x1 with `gap`");
      }
    }
    return Checked.of(whole);
  }

  @Override
  public String describe() {
    return kind.word() + (activation.isNone() ? "" : " act=" + activation);
  }
}
