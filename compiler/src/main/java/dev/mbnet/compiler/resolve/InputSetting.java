package dev.mbnet.compiler.resolve;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an input says about how pictures become its tensor. */
public enum InputSetting {
  COLOR(
      List.of("rgb", "bgr", "gray"),
      "`rgb`; `gray` where the input has 1 channel",
      "The channels and their order; `gray` is one channel of brightness."),
  RESIZE(
      List.of("nearest", "bilinear", "bicubic"),
      "`bilinear`",
      "How a picture is brought to the input's size. A picture that shrinks is smoothed first, as"
          + " in Pillow; `bilinear(antialias=off)` is OpenCV's, which does not."),
  FIT(
      List.of("stretch", "crop", "pad", "height"),
      "`stretch`",
      "What happens to a picture of other proportions. `stretch` distorts it; `crop` keeps its"
          + " middle, and `crop(0.875)` the middle 0.875 of that; `pad` keeps all of it and fills"
          + " up; `height` fits the height and fills up on the right, and squeezes a longer one."),
  MEAN(
      List.of(),
      "0",
      "A number, or one for each channel, subtracted from the pixels, which are from 0 to 1."),
  STD(
      List.of(),
      "1",
      "A number other than 0, or one for each channel, that pixels are divided by after that.");

  private final List<String> words;
  private final String initial;
  private final String doc;

  InputSetting(List<String> words, String initial, String doc) {
    this.words = words;
    this.initial = initial;
    this.doc = doc;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it can be; empty for numbers. */
  public List<String> words() {
    return words;
  }

  /** In Markdown, what holds where a file says nothing. */
  public String initial() {
    return initial;
  }

  public String doc() {
    return doc;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(InputSetting::word).toList();
  }
}
