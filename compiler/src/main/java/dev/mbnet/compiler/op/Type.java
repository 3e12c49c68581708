package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What an argument may be.
 *
 * @param what the values it takes, in words, for messages and the reference
 * @param convert from a value to what operators work with
 */
public record Type<T>(String what, Function<Value, Checked<T>> convert) {
  /** No size in a network comes near it, and products of three still fit a long. */
  private static final int LARGEST = 1_000_000;

  public static final Type<Boolean> SWITCH =
      new Type<>(
          "`on` or `off`",
          v -> v instanceof Value.Bool b ? Checked.of(b.value()) : mismatch("`on` or `off`", v));

  public static final Type<List<Integer>> FOUR_SIDES =
      new Type<>(
          "`[top, bottom, left, right]`", v -> wholes(v, 4, 0, "`[top, bottom, left, right]`"));

  private static final Type<Pair> SIZE =
      new Type<>(
          "the label of a layer, a whole number of at least 1, or a pair `[height, width]`",
          v -> pair().of(v));

  /** The value as what operators work with, or why it cannot be. */
  @SuppressWarnings("unchecked")
  public Checked<T> of(Value value) {
    if (value instanceof Value.Current current) {
      return Setting.of(current.setting()).type() == this
          ? Checked.of((T) current.value())
          : mismatch(what, value);
    }
    return convert.apply(value);
  }

  public static Type<Integer> whole(int least) {
    String what = "a whole number of at least " + least;
    return new Type<>(what, v -> whole(v, what, least));
  }

  public static Type<Double> number(double least, double most) {
    String range =
        most == Double.MAX_VALUE
            ? "of at least " + Value.Num.format(least)
            : "from " + Value.Num.format(least) + " to " + Value.Num.format(most);
    String what = "a number " + range;
    return new Type<>(
        what,
        v -> {
          if (!(v instanceof Value.Num n)) {
            return mismatch(what, v);
          }
          return n.value() >= least && n.value() <= most
              ? Checked.of(n.value())
              : outOfRange(what, v);
        });
  }

  /** A number above 0. */
  public static Type<Double> positive() {
    String what = "a number above 0";
    return new Type<>(
        what,
        v -> {
          if (!(v instanceof Value.Num n)) {
            return mismatch(what, v);
          }
          return n.value() > 0 ? Checked.of(n.value()) : outOfRange(what, v);
        });
  }

  /** One whole number for both directions, or {@code [height, width]}. */
  public static Type<Pair> pair() {
    String what = "a whole number of at least 1, or a pair `[height, width]`";
    return new Type<>(
        what,
        v -> {
          if (v instanceof Value.Items) {
            Checked<List<Integer>> two = wholes(v, 2, 1, "`[height, width]`");
            return two.isOk()
                ? Checked.of(new Pair(two.value().get(0), two.value().get(1)))
                : Checked.wrong(two.mistake());
          }
          Checked<Integer> one = whole(v, what, 1);
          return one.isOk()
              ? Checked.of(new Pair(one.value(), one.value()))
              : Checked.wrong(one.mistake());
        });
  }

  /**
   * A height and a width: one whole number, a pair, or the label of a layer, which whoever knows
   * the layers turns into the pair.
   */
  public static Type<Pair> size() {
    return SIZE;
  }

  /** One of the words. */
  public static Type<String> word(List<String> words) {
    String what = "one of " + Suggestions.list(words);
    return new Type<>(
        what,
        v -> {
          String word = wordOf(v);
          if (word == null) {
            return mismatch(what, v);
          }
          return words.contains(word) ? Checked.of(word) : unknownWord(word, words);
        });
  }

  /** The word that a value stands for, or null: a label may have a word's name. */
  static String wordOf(Value value) {
    if (value instanceof Value.Word word) {
      return word.text();
    }
    return value instanceof Value.Tensor tensor ? tensor.label() : null;
  }

  static <T> Checked<T> unknownWord(String word, List<String> known) {
    String all = "it is one of " + Suggestions.list(known);
    return Checked.wrong(
        Code.UNKNOWN_WORD,
        null,
        "cannot be `" + word + "`",
        Suggestions.didYouMean(word, known, all));
  }

  static <T> Checked<T> mismatch(String what, Value value) {
    if (value instanceof Value.Word word) {
      String on = Suggestions.closest(word.text(), List.of("on", "off"));
      if (what.contains("`off`") && on != null) {
        return unknownWord(word.text(), List.of("on", "off"));
      }
      return Checked.wrong(
          Code.UNKNOWN_NAME,
          null,
          "takes " + what + ", but nothing is named `" + word.text() + "`",
          null);
    }
    String message = "takes " + what + ", not " + value.kind();
    String help = value instanceof Value.Text ? "drop the quotes" : null;
    return Checked.wrong(Code.WRONG_TYPE, null, message, help);
  }

  static <T> Checked<T> outOfRange(String what, Value value) {
    String message = "takes " + what + ", not " + value.show();
    return Checked.wrong(Code.OUT_OF_RANGE, null, message, null);
  }

  private static Checked<Integer> whole(Value value, String what, int least) {
    if (!(value instanceof Value.Num n)) {
      return mismatch(what, value);
    }
    if (n.value() > LARGEST) {
      return Checked.wrong(
          Code.TOO_LARGE, null, "is " + n.show() + "; the limit is " + LARGEST, null);
    }
    return n.value() == Math.rint(n.value()) && n.value() >= least
        ? Checked.of((int) n.value())
        : outOfRange(what, value);
  }

  private static Checked<List<Integer>> wholes(Value value, int count, int least, String names) {
    String what = names + ", whole numbers of at least " + least;
    if (!(value instanceof Value.Items list)) {
      return mismatch(what, value);
    }
    if (list.items().size() != count) {
      Mistake m = Type.<List<Integer>>outOfRange(what, value).mistake();
      boolean one = list.items().size() == 1 && count == 2;
      String help = one ? "one number serves both: `" + list.items().get(0).show() + "`" : null;
      return Checked.wrong(m.code(), null, m.message(), help);
    }
    List<Integer> all = new ArrayList<>();
    for (Value item : list.items()) {
      Checked<Integer> whole = whole(item, what, least);
      if (!whole.isOk()) {
        return Checked.wrong(whole.mistake());
      }
      all.add(whole.value());
    }
    return Checked.of(List.copyOf(all));
  }
}
