package dev.mbnet.compiler.op;

import java.util.Arrays;
import java.util.List;

/** What {@code default} can set, and what every block takes for the calls in its body. */
public enum Setting {
  NORM("norm", Norm.TYPE, Norm.NONE, "The norm after a convolution.", Norm.CHOICES),
  ACT("act", Activation.TYPE, Activation.NONE, "The activation after the norm.", List.of()),
  PAD(
      "pad",
      Padding.TYPE,
      null,
      "How windows are padded; there is no silent choice.",
      Padding.CHOICES),
  WIDTH("width", Type.positive(), 1.0, "What channel counts are multiplied by.", List.of()),
  ROUNDING(
      "rounding",
      Rounding.TYPE,
      Rounding.NONE,
      "How multiplied counts become whole.",
      Rounding.CHOICES),
  DEPTH("depth", Type.positive(), 1.0, "What `n` is multiplied by, rounded up.", List.of());

  private final String word;
  private final Type<?> type;
  private final Object initial;
  private final String doc;
  private final List<Choice> choices;

  Setting(String word, Type<?> type, Object initial, String doc, List<Choice> choices) {
    this.word = word;
    this.type = type;
    this.initial = initial;
    this.doc = doc;
    this.choices = choices;
  }

  public String word() {
    return word;
  }

  public Type<?> type() {
    return type;
  }

  /** In force where a file says nothing; null where it has to say something. */
  public Object initial() {
    return initial;
  }

  public String doc() {
    return doc;
  }

  /** The forms of its values, where they need explaining. */
  public List<Choice> choices() {
    return choices;
  }

  /** The setting of that name, or null. */
  public static Setting of(String word) {
    return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst().orElse(null);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Setting::word).toList();
  }
}
