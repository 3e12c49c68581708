package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Rounding;
import dev.mbnet.compiler.op.Setting;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Call;
import dev.mbnet.compiler.syntax.Expression;
import dev.mbnet.compiler.syntax.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Computes values. A mistake is reported and gives {@link Value.Unknown}, which stays silent. */
final class Evaluator {
  private static final int MOST_PARTS = 1_000;

  private final Reporter reporter;

  Evaluator(Reporter reporter) {
    this.reporter = reporter;
  }

  Value evaluate(Expression expression, Frame frame) {
    Span span = expression.span();
    if (expression instanceof Expression.NumberLiteral n) {
      return new Value.Num(n.value(), span);
    } else if (expression instanceof Expression.StringLiteral s) {
      return new Value.Text(s.value(), span);
    } else if (expression instanceof Expression.Switch s) {
      return new Value.Bool(s.value(), span);
    } else if (expression instanceof Expression.ListLiteral l) {
      List<Value> items = l.items().stream().map(item -> evaluate(item, frame)).toList();
      boolean known = items.stream().noneMatch(Value.Unknown.class::isInstance);
      return known ? bounded(new Value.Items(items, span), frame) : new Value.Unknown(span);
    } else if (expression instanceof Expression.NameUse use) {
      return name(use.reference(), frame);
    } else if (expression instanceof Expression.CallExpression call) {
      return call(call.call(), frame);
    } else if (expression instanceof Expression.Unary unary) {
      return unary(unary, frame);
    }
    return binary((Expression.Binary) expression, frame);
  }

  /** The truth of a condition, or null where it is unknown. */
  Boolean condition(Expression expression, Frame frame) {
    Value value = evaluate(expression, frame);
    if (value instanceof Value.Num || value instanceof Value.Text || value instanceof Value.Items) {
      String text = expression.span().text();
      String fact = "`" + text + "` is " + value.kind() + "; a condition is needed";
      boolean named = expression instanceof Expression.NameUse;
      String help = named ? "compare it: `" + text + " <= ...` or `" + text + " == ...`" : null;
      reporter.report(Code.WRONG_TYPE, expression.span(), fact, help, frame.site);
      return null;
    }
    return truth(value, frame);
  }

  private Value name(Reference reference, Frame frame) {
    Span span = reference.span();
    String head = reference.head().text();
    if (reference.isSimple()) {
      Value variable = frame.variables.get(head);
      if (variable != null) {
        return variable;
      }
    } else if (head.equals("in") && !frame.labels.containsKey("in")) {
      return sizeOfIn(reference, frame);
    }
    Integer layer = frame.labels.get(reference.path());
    if (layer != null) {
      return new Value.Tensor(reference.path(), layer, span);
    }
    if (!reference.isSimple()) {
      reporter.unknownLabel(span.text(), span, frame);
      return new Value.Unknown(span);
    }
    return setting(head, span, frame);
  }

  /** What a setting of that name stands at; any other name is a word. */
  private static Value setting(String name, Span span, Frame frame) {
    Setting setting = Setting.of(name);
    Object value = setting == null ? null : frame.settings.get(setting);
    if (value instanceof Double number) {
      return new Value.Num(number, span);
    }
    return value == null ? new Value.Word(name, span) : new Value.Current(name, value, span);
  }

  private Value sizeOfIn(Reference reference, Frame frame) {
    Span span = reference.span();
    String size = reference.path().substring(3);
    if (!List.of("h", "w", "c").contains(size)) {
      String fact = "`in` has no `" + size + "`";
      return wrong(Code.UNKNOWN_NAME, span, fact, "it has `in.h`, `in.w` and `in.c`", frame);
    }
    if (frame.site == null) {
      String fact = "`in` is what comes into a block; there is none here";
      return wrong(Code.UNKNOWN_NAME, span, fact, "write the number, or a block", frame);
    }
    if (frame.in == null) {
      return new Value.Unknown(span);
    }
    int value =
        switch (size) {
          case "h" -> frame.in.height();
          case "w" -> frame.in.width();
          default -> frame.in.channels();
        };
    return new Value.Num(value, span);
  }

  private Value call(Call call, Frame frame) {
    String name = call.name().text();
    List<Call.Argument> arguments = call.arguments();
    boolean plain = arguments.stream().allMatch(a -> a.name() == null && !a.spread());
    ValueFunction function = ValueFunction.of(name);
    // With a single plain argument it is the value of `rounding`.
    boolean rounding =
        function == ValueFunction.DIVISIBLE
            && arguments.stream().filter(a -> a.name() == null).count() <= 1;
    if (function == null || rounding) {
      return callValue(call, frame);
    }
    boolean one = plain && arguments.size() == 1;
    return switch (function) {
      case IF -> choice(call, frame);
      case MAX -> fold(call, frame, plain && !arguments.isEmpty(), Math::max);
      case MIN -> fold(call, frame, plain && !arguments.isEmpty(), Math::min);
      case CEIL -> map(call, frame, one, Math::ceil);
      case FLOOR -> map(call, frame, one, Math::floor);
      case ROUND -> map(call, frame, one, Math::rint);
      case DIVISIBLE -> divisible(call, frame);
    };
  }

  private Value callValue(Call call, Frame frame) {
    List<Value.Argument> arguments = new ArrayList<>();
    boolean known = true;
    for (Call.Argument argument : call.arguments()) {
      Value value = evaluate(argument.value(), frame);
      known &= !(value instanceof Value.Unknown);
      String name = argument.name() == null ? null : argument.name().text();
      arguments.add(new Value.Argument(name, value, argument.span()));
    }
    return known
        ? bounded(
            new Value.CallValue(call.name().text(), List.copyOf(arguments), call.span()), frame)
        : new Value.Unknown(call.span());
  }

  /** The value, unless it holds more values than anyone would write. */
  private Value bounded(Value value, Frame frame) {
    return size(value) <= MOST_PARTS
        ? value
        : wrong(
            Code.TOO_LARGE,
            value.span(),
            "this holds more than " + MOST_PARTS + " values",
            null,
            frame);
  }

  private static int size(Value value) {
    int size = 1;
    if (value instanceof Value.Items list) {
      size += list.items().stream().mapToInt(Evaluator::size).sum();
    } else if (value instanceof Value.CallValue call) {
      size += call.arguments().stream().mapToInt(argument -> size(argument.value())).sum();
    }
    return size;
  }

  private Value choice(Call call, Frame frame) {
    if (call.arguments().size() != 3) {
      return wrongCall(call, "`if` takes a condition and two values", "if(s == 1, 3, 5)", frame);
    }
    Boolean truth = condition(call.arguments().get(0).value(), frame);
    return truth == null
        ? new Value.Unknown(call.span())
        : evaluate(call.arguments().get(truth ? 1 : 2).value(), frame);
  }

  private Value fold(Call call, Frame frame, boolean fits, DoubleBinaryOperator operator) {
    if (!fits) {
      String name = call.name().text();
      return wrongCall(call, "`" + name + "` takes numbers", name + "(1, alpha)", frame);
    }
    Double result = null;
    for (Call.Argument argument : call.arguments()) {
      Double number = number(evaluate(argument.value(), frame), frame);
      if (number == null) {
        return new Value.Unknown(call.span());
      }
      result = result == null ? number : operator.applyAsDouble(result, number);
    }
    return new Value.Num(Objects.requireNonNull(result), call.span());
  }

  private Value map(Call call, Frame frame, boolean fits, DoubleUnaryOperator operator) {
    if (!fits) {
      String name = call.name().text();
      return wrongCall(call, "`" + name + "` takes one number", name + "(c * alpha)", frame);
    }
    Double number = number(evaluate(call.arguments().get(0).value(), frame), frame);
    return number == null
        ? new Value.Unknown(call.span())
        : new Value.Num(operator.applyAsDouble(number), call.span());
  }

  private Value divisible(Call call, Frame frame) {
    List<Double> plain = new ArrayList<>();
    double limit = 0.9;
    for (Call.Argument argument : call.arguments()) {
      Double number = number(evaluate(argument.value(), frame), frame);
      if (number == null) {
        return new Value.Unknown(call.span());
      }
      if (argument.name() == null) {
        plain.add(number);
      } else if (argument.name().text().equals("limit")) {
        limit = number;
      } else {
        plain.clear();
        break;
      }
    }
    boolean fits = plain.size() == 2 && plain.get(1) >= 1 && plain.get(1) < 1e6;
    if (!fits || plain.get(1) != Math.rint(plain.get(1))) {
      String fact = "`divisible` takes a number and a whole divisor, and perhaps `limit`";
      return wrongCall(call, fact, "divisible(c * alpha, 8)", frame);
    }
    double rounded = Rounding.divisible(plain.get(0), plain.get(1).intValue(), limit);
    return new Value.Num(rounded, call.span());
  }

  private Value unary(Expression.Unary unary, Frame frame) {
    Value operand = evaluate(unary.operand(), frame);
    if (unary.operator().equals("not")) {
      Boolean truth = truth(operand, frame);
      return truth == null ? new Value.Unknown(unary.span()) : new Value.Bool(!truth, unary.span());
    }
    Double number = number(operand, frame);
    return number == null ? new Value.Unknown(unary.span()) : new Value.Num(-number, unary.span());
  }

  private Value binary(Expression.Binary binary, Frame frame) {
    Span span = binary.span();
    String operator = binary.operator();
    Value left = evaluate(binary.left(), frame);
    if (operator.equals("and") || operator.equals("or")) {
      Boolean first = truth(left, frame);
      if (first == null || first == operator.equals("or")) {
        return first == null ? new Value.Unknown(span) : new Value.Bool(first, span);
      }
      Boolean second = condition(binary.right(), frame);
      return second == null ? new Value.Unknown(span) : new Value.Bool(second, span);
    }
    Value right = evaluate(binary.right(), frame);
    if (left instanceof Value.Unknown || right instanceof Value.Unknown) {
      return new Value.Unknown(span);
    }
    if (operator.equals("==") || operator.equals("!=")) {
      return new Value.Bool(same(left, right) == operator.equals("=="), span);
    }
    Double a = number(left, frame);
    Double b = number(right, frame);
    if (a == null || b == null) {
      return new Value.Unknown(span);
    }
    switch (operator) {
      case "<":
        return new Value.Bool(a < b, span);
      case "<=":
        return new Value.Bool(a <= b, span);
      case ">":
        return new Value.Bool(a > b, span);
      case ">=":
        return new Value.Bool(a >= b, span);
      default:
        return arithmetic(operator, a, b, span, frame);
    }
  }

  private Value arithmetic(String operator, double a, double b, Span span, Frame frame) {
    double result =
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          default -> a / b;
        };
    if (Double.isNaN(result) || Double.isInfinite(result)) {
      String fact =
          operator.equals("/") && b == 0
              ? "this divides " + Value.Num.format(a) + " by 0"
              : "this comes to more than a number can be";
      return wrong(Code.ARITHMETIC, span, fact, null, frame);
    }
    return new Value.Num(result, span);
  }

  private static boolean same(Value a, Value b) {
    if (a instanceof Value.Num x && b instanceof Value.Num y) {
      return x.value() == y.value();
    }
    return a.getClass() == b.getClass() && a.show().equals(b.show());
  }

  private Double number(Value value, Frame frame) {
    if (value instanceof Value.Num number) {
      return number.value();
    }
    notOf("a number", value, frame);
    return null;
  }

  private Boolean truth(Value value, Frame frame) {
    if (value instanceof Value.Bool bool) {
      return bool.value();
    }
    notOf("a condition, `on` or `off`", value, frame);
    return null;
  }

  private void notOf(String what, Value value, Frame frame) {
    if (value instanceof Value.Word word && frame.isFromCaller(word.span())) {
      String fact = "this must be " + what + ", not the word `" + word.text() + "`";
      reporter.report(Code.WRONG_TYPE, word.span(), fact, null, frame.site);
    } else if (value instanceof Value.Word word) {
      reporter.report(
          Code.UNKNOWN_NAME,
          word.span(),
          "nothing is named `" + word.text() + "` here",
          Suggestions.didYouMean(
              word.text(),
              frame.variables.keySet(),
              "names here: "
                  + Suggestions.list(frame.variables.keySet().stream().sorted().toList())),
          frame.site);
    } else if (!(value instanceof Value.Unknown)) {
      String fact = "this must be " + what + ", not " + value.kind();
      boolean flag = value instanceof Value.Bool || value instanceof Value.CallValue;
      boolean handedOn = flag && frame.site != null && frame.site.outer() != null;
      String help = handedOn ? "a block hands on what a flag was given by `...`: " : null;
      help = handedOn ? help + "`squeeze(...se)`, not `squeeze(se)`" : null;
      reporter.report(Code.WRONG_TYPE, value.span(), fact, help, frame.site);
    }
  }

  private Value wrongCall(Call call, String fact, String example, Frame frame) {
    return wrong(Code.WRONG_TYPE, call.span(), fact, "for example `" + example + "`", frame);
  }

  private Value wrong(Code code, Span span, String fact, String help, Frame frame) {
    reporter.report(code, span, fact, help, frame.site);
    return new Value.Unknown(span);
  }
}
