package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Checked;
import dev.mbnet.compiler.op.Mistake;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Type;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads an {@code input}'s shape and how pictures become it. */
final class InputReader {
  private static final Type<Integer> SIZE = Type.whole(1);
  private static final List<String> SETTINGS = InputSetting.names();
  private static final Type<String> COLOR = Type.word(InputSetting.COLOR.words());
  private static final Type<String> RESIZE = Type.word(InputSetting.RESIZE.words());
  private static final Type<String> FIT = Type.word(InputSetting.FIT.words());

  private final Reporter reporter;
  private final Evaluator evaluator;
  private boolean ok = true;

  InputReader(Reporter reporter) {
    this.reporter = reporter;
    this.evaluator = new Evaluator(reporter);
  }

  /** The shape, or null where it could not be read. */
  Shape shape(Statement.Input input, Frame frame) {
    List<Value> values =
        input.shape().items().stream().map(item -> evaluator.evaluate(item, frame)).toList();
    if (values.size() != 3) {
      wrong(
          Code.WRONG_TYPE,
          input.shape().span(),
          "an input has 3 sizes, not " + values.size(),
          "`[height, width, channels]`, for example `[224, 224, 3]`"
              + (values.size() == 4 ? "; a run takes one picture, and no batch" : ""));
      return null;
    }
    int[] sizes = new int[3];
    String[] names = {"height", "width", "number of channels"};
    boolean whole = true;
    for (int i = 0; i < 3; i++) {
      if (values.get(i) instanceof Value.Unknown) {
        whole = false;
        continue;
      }
      Checked<Integer> size = SIZE.of(values.get(i));
      boolean said = i > 0 && values.get(i).span().equals(values.get(i - 1).span());
      if (!size.isOk() && said) {
        continue;
      } else if (!size.isOk()) {
        Mistake m = size.mistake();
        wrong(m.code(), values.get(i).span(), "the " + names[i] + " " + m.message(), m.help());
        whole = false;
        continue;
      }
      sizes[i] = size.value();
    }
    if (!whole) {
      return null;
    }
    if ((long) sizes[0] * sizes[1] * sizes[2] > 1 << 28) {
      String fact = "the input has more than " + (1 << 28) + " elements";
      wrong(Code.TOO_LARGE, input.shape().span(), fact, null);
      return null;
    }
    Shape shape = new Shape(sizes[0], sizes[1], sizes[2]);
    if (isChannelsFirst(shape) && input.settings().isEmpty()) {
      String fact = "the input is 3 high, " + sizes[1] + " wide and has " + sizes[2] + " channels";
      reporter.report(Code.CHANNELS_FIRST, input.shape().span(), fact, last(shape), null);
    }
    return shape;
  }

  /** As PyTorch has it, which hardly anyone can mean here. */
  private static boolean isChannelsFirst(Shape shape) {
    return shape.height() == 3 && shape.width() >= 16 && shape.channels() >= 16;
  }

  private static String last(Shape shape) {
    String sizes = "[" + shape.width() + ", " + shape.channels() + ", 3]";
    return "channels come last: `" + sizes + "`, height and width before them";
  }

  /** How pictures become a tensor of {@code shape}; null where the file does not say. */
  Preprocessing preprocessing(Statement.Input input, Shape shape, Frame frame) {
    if (input.settings().isEmpty() || shape == null) {
      return null;
    }
    Map<String, Value> values = values(input, frame);
    String color = word("color", COLOR, values, shape.channels() == 1 ? "gray" : "rgb");
    int channels = "gray".equals(color) ? 1 : 3;
    if (color != null && channels != shape.channels()) {
      Value given = values.get("color");
      wrong(
          Code.MISFIT_CHANNELS,
          given == null ? input.shape().span() : given.span(),
          "`color = " + color + "` has " + channels + " channels, the input " + shape.channels(),
          isChannelsFirst(shape)
              ? last(shape)
              : channels == 3
                  ? "the input is `[..., ..., 3]`, or `color = gray`"
                  : "`color = rgb`");
    }
    Value resize = values.get("resize");
    boolean antialias = true;
    if (resize instanceof Value.CallValue call) {
      antialias = antialias(call);
      values.put("resize", new Value.Word(call.name(), call.span()));
    }
    String kernel = word("resize", RESIZE, values, "bilinear");
    double fraction = 1;
    if (values.get("fit") instanceof Value.CallValue call) {
      fraction = fraction(call);
      values.put("fit", new Value.Word(call.name(), call.span()));
    }
    String fit = word("fit", FIT, values, "stretch");
    List<Double> mean = numbers("mean", values, shape.channels(), 0);
    List<Double> std = numbers("std", values, shape.channels(), 1);
    requireUnit("mean", mean, values);
    requireUnit("std", std, values);
    return ok ? new Preprocessing(color, kernel, antialias, fit, fraction, mean, std) : null;
  }

  private Map<String, Value> values(Statement.Input input, Frame frame) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Statement.Setting setting : input.settings()) {
      String name = setting.name().text();
      if (!SETTINGS.contains(name)) {
        wrong(
            Code.UNKNOWN_SETTING,
            setting.name().span(),
            "an input has no setting `" + name + "`",
            Suggestions.didYouMean(name, SETTINGS, "settings: " + Suggestions.list(SETTINGS)));
        continue;
      }
      Value value = evaluator.evaluate(setting.value(), frame);
      if (value instanceof Value.Unknown) {
        ok = false;
      } else if (values.putIfAbsent(name, value) != null) {
        wrong(
            Code.DUPLICATE_ARGUMENT,
            setting.name().span(),
            "`" + name + "` is given twice",
            "drop one of them");
      }
    }
    return values;
  }

  private boolean antialias(Value.CallValue call) {
    for (Value.Argument argument : call.arguments()) {
      if ("antialias".equals(argument.name()) && argument.value() instanceof Value.Bool on) {
        return on.value();
      }
      wrong(
          Code.UNKNOWN_ARGUMENT,
          argument.span(),
          "`resize` does not take this",
          "`bilinear(antialias=off)` keeps the kernel narrow when a picture shrinks");
    }
    return true;
  }

  private double fraction(Value.CallValue call) {
    boolean fits = call.name().equals("crop") && call.arguments().size() == 1;
    if (fits && call.arguments().get(0).value() instanceof Value.Num n) {
      if (n.value() > 0 && n.value() <= 1) {
        return n.value();
      }
    }
    wrong(
        Code.OUT_OF_RANGE,
        call.span(),
        "`fit` takes `stretch`, `crop(share)`, `pad` or `height`",
        "`crop(0.875)` keeps the middle 0.875 of the picture; the share is above 0, at most 1");
    return 1;
  }

  private String word(String name, Type<String> type, Map<String, Value> values, String fallback) {
    Value value = values.get(name);
    if (value == null) {
      return fallback;
    }
    Checked<String> word = type.of(value);
    if (!word.isOk()) {
      Mistake m = word.mistake();
      wrong(m.code(), value.span(), "`" + name + "` " + m.message(), m.help());
    }
    return word.value();
  }

  private List<Double> numbers(
      String name, Map<String, Value> values, int channels, double fallback) {
    Value value = values.get(name);
    List<Double> all = new ArrayList<>();
    if (value instanceof Value.Items items) {
      for (Value item : items.items()) {
        if (item instanceof Value.Num n && (n.value() != 0 || fallback == 0)) {
          all.add(n.value());
        }
      }
    } else {
      double each =
          value instanceof Value.Num n ? n.value() : value == null ? fallback : Double.NaN;
      for (int i = 0; i < channels && (each != 0 || fallback == 0) && !Double.isNaN(each); i++) {
        all.add(each);
      }
    }
    if (all.size() != channels) {
      String zero = fallback == 0 ? "" : " other than 0";
      wrong(
          Code.WRONG_TYPE,
          value.span(),
          "`"
              + name
              + "` takes a number"
              + zero
              + (channels == 1 ? " for one channel" : " for each of the " + channels + " channels"),
          channels == 3 ? "for example `[0.5, 0.5, 0.5]`" : null);
    }
    return List.copyOf(all);
  }

  /** Pixels go from 0 to 1; numbers for pixels from 0 to 255 are what other code may have. */
  private void requireUnit(String name, List<Double> numbers, Map<String, Value> values) {
    if (numbers.stream().anyMatch(n -> Math.abs(n) > 2)) {
      List<String> scaled =
          numbers.stream().map(n -> String.format(Locale.ROOT, "%.4g", n / 255)).toList();
      String help = "divide by 255: `" + name + " = [" + String.join(", ", scaled) + "]`";
      String fact = "`" + name + "` is for pixels from 0 to 1, not from 0 to 255";
      wrong(Code.OUT_OF_RANGE, values.get(name).span(), fact, help);
    }
  }

  private void wrong(Code code, Span at, String message, String help) {
    ok = false;
    reporter.report(code, at, message, help, null);
  }
}
