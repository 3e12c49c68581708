package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.Collections;
import java.util.List;

/**
 * How a window's input is padded.
 *
 * @param sides the amounts of {@code EXPLICIT}, else null
 */
public record Padding(Kind kind, Pads sides) {

  /** The conventions. */
  public enum Kind {
    /** TensorFlow's: output {@code ceil(n / s)}, the odd cell after the data. */
    SAME,
    /** PyTorch's {@code k / 2} on every side. */
    SYMMETRIC,
    VALID,
    EXPLICIT
  }

  public static final Padding SAME = new Padding(Kind.SAME, null);
  public static final Padding VALID = new Padding(Kind.VALID, null);

  public static final Type<Padding> TYPE =
      new Type<>("`same`, `symmetric`, `valid` or `[top, bottom, left, right]`", Padding::convert);

  private static final String[] WORDS = {"same", "symmetric", "valid"};

  static final List<Choice> CHOICES =
      List.of(
          new Choice(
              "same",
              "TensorFlow's: the output has `ceil(size / s)` pixels. Where the cells to add are"
                  + " odd in number, the extra one comes after the picture: at stride 2, `k=3` pads"
                  + " an even size by 0 before and 1 after."),
          new Choice(
              "symmetric",
              "PyTorch's `padding=k//2`: `d * (k - 1) / 2` cells on every side; `k` must be odd."),
          new Choice("valid", "No padding: windows stay within the picture."),
          new Choice("[top, bottom, left, right]", "That many cells on each side."));

  /** The cells to add around an input of {@code in} for a window. */
  public Checked<Pads> resolve(Shape in, Pair k, Pair s, Pair d) {
    return switch (kind) {
      case VALID -> Checked.of(Pads.NONE);
      case EXPLICIT -> Checked.of(sides);
      case SAME -> {
        int h = sameTotal(in.height(), k.h(), s.h(), d.h());
        int w = sameTotal(in.width(), k.w(), s.w(), d.w());
        yield Checked.of(new Pads(h / 2, h - h / 2, w / 2, w - w / 2));
      }
      case SYMMETRIC -> {
        int h = d.h() * (k.h() - 1);
        int w = d.w() * (k.w() - 1);
        if (k.h() % 2 == 0 || k.w() % 2 == 0) {
          Pads pads = new Pads(h / 2, h - h / 2, w / 2, w - w / 2);
          yield Checked.wrong(
              Code.EVEN_KERNEL,
              "k",
              "`k` must be odd with `pad = symmetric`, not " + k,
              "use an odd `k`, `pad = same`, or spell it out: `pad = " + pads + "`");
        }
        yield Checked.of(new Pads(h / 2, h / 2, w / 2, w / 2));
      }
    };
  }

  /** The sizes that a window leaves of {@code in}, or why it leaves none. */
  static Checked<Pair> slide(Shape in, Pads pads, Pair k, Pair s, Pair d) {
    int high = in.height() + pads.top() + pads.bottom();
    int wide = in.width() + pads.left() + pads.right();
    long windowHigh = (k.h() - 1L) * d.h() + 1;
    long windowWide = (k.w() - 1L) * d.w() + 1;
    if (windowHigh > high || windowWide > wide) {
      String padded = pads.isNone() ? "" : " (" + high + "x" + wide + " with padding)";
      return Checked.wrong(
          Code.WINDOW_TOO_LARGE,
          "k",
          "a window of "
              + windowHigh
              + "x"
              + windowWide
              + " does not fit its input of "
              + in.height()
              + "x"
              + in.width()
              + padded,
          "use a smaller `k`, more `pad`, or fewer strides before it");
    }
    return Checked.of(
        new Pair((int) ((high - windowHigh) / s.h()) + 1, (int) ((wide - windowWide) / s.w()) + 1));
  }

  @Override
  public String toString() {
    return kind == Kind.EXPLICIT ? sides.toString() : WORDS[kind.ordinal()];
  }

  private static int sameTotal(int n, int k, int s, int d) {
    int out = (n + s - 1) / s;
    return Math.max((out - 1) * s + (k - 1) * d + 1 - n, 0);
  }

  private static Checked<Padding> convert(Value value) {
    if (value instanceof Value.Items) {
      Checked<List<Integer>> four = Type.FOUR_SIDES.of(value);
      if (!four.isOk()) {
        return Checked.wrong(four.mistake());
      }
      List<Integer> v = four.value();
      return Checked.of(
          new Padding(Kind.EXPLICIT, new Pads(v.get(0), v.get(1), v.get(2), v.get(3))));
    }
    String word = Type.wordOf(value);
    if (word == null) {
      Checked<Padding> wrong = Type.mismatch(TYPE.what(), value);
      if (value instanceof Value.Num n && n.value() >= 0) {
        String sides = String.join(", ", Collections.nCopies(4, n.show()));
        String help = "`[" + sides + "]` is " + n.show() + " on every side; PyTorch's k // 2 is";
        return Checked.wrong(
            wrong.mistake().code(), null, wrong.mistake().message(), help + " `symmetric`");
      }
      return wrong;
    }
    for (int i = 0; i < WORDS.length; i++) {
      if (WORDS[i].equals(word)) {
        return Checked.of(new Padding(Kind.values()[i], null));
      }
    }
    return Type.unknownWord(word, List.of(WORDS));
  }
}
