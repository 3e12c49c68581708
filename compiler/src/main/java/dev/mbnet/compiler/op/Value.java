package dev.mbnet.compiler.op;

import dev.mbnet.compiler.source.Span;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** A value of the language and the place where it was written. */
public sealed interface Value {

  Span span();

  /** What kind of value it is, with its article: {@code a number}. */
  String kind();

  /** As it could be typed. */
  String show();

  record Num(double value, Span span) implements Value {
    @Override
    public String kind() {
      return "a number";
    }

    @Override
    public String show() {
      return format(value);
    }

    /** Whole numbers without a point, others without the noise of binary arithmetic. */
    public static String format(double value) {
      if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        return Long.toString((long) value);
      }
      double shown = new BigDecimal(value).round(new MathContext(12)).doubleValue();
      return Double.toString(shown);
    }
  }

  record Bool(boolean value, Span span) implements Value {
    @Override
    public String kind() {
      return "`on` or `off`";
    }

    @Override
    public String show() {
      return value ? "on" : "off";
    }
  }

  /** A bare name that is no variable, such as {@code relu6}. */
  record Word(String text, Span span) implements Value {
    @Override
    public String kind() {
      return "a word";
    }

    @Override
    public String show() {
      return text;
    }
  }

  record Text(String text, Span span) implements Value {
    @Override
    public String kind() {
      return "a string";
    }

    @Override
    public String show() {
      return '"' + text + '"';
    }
  }

  record Items(List<Value> items, Span span) implements Value {
    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public String show() {
      return items.stream().map(Value::show).toList().toString();
    }
  }

  /** A name with arguments, such as {@code bn(eps=1e-3)}. */
  record CallValue(String name, List<Argument> arguments, Span span) implements Value {
    @Override
    public String kind() {
      return "`" + name + "(...)`";
    }

    @Override
    public String show() {
      List<String> shown = arguments.stream().map(Argument::show).toList();
      return name + "(" + String.join(", ", shown) + ")";
    }
  }

  /** An argument of a call value; {@code name} is null for a plain one. */
  record Argument(String name, Value value, Span span) {
    String show() {
      return (name == null ? "" : name + "=") + value.show();
    }
  }

  /** An earlier result, by its label. */
  record Tensor(String label, int layer, Span span) implements Value {
    @Override
    public String kind() {
      return "the label of a layer";
    }

    @Override
    public String show() {
      return label;
    }
  }

  /** What a setting stands at, by the setting's name; {@code value} is converted already. */
  record Current(String setting, Object value, Span span) implements Value {
    @Override
    public String kind() {
      return "the setting `" + setting + "`";
    }

    @Override
    public String show() {
      return setting;
    }
  }

  /** A value that could not be computed; what went wrong has been reported. */
  record Unknown(Span span) implements Value {
    @Override
    public String kind() {
      return "unknown";
    }

    @Override
    public String show() {
      return "?";
    }
  }
}
