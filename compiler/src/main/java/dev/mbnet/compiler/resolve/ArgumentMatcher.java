package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Setting;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Call;
import dev.mbnet.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives each argument of a call to a parameter of what it calls. */
final class ArgumentMatcher {
  private final Reporter reporter;
  private final Evaluator evaluator;

  ArgumentMatcher(Reporter reporter, Evaluator evaluator) {
    this.reporter = reporter;
    this.evaluator = evaluator;
  }

  /**
   * What a call may be given.
   *
   * @param positional parameters in the order in which plain arguments fill them
   * @param flags those of them that a bare name turns on
   * @param named what can be given by name only
   * @param tensors whether plain arguments are labels of layers
   */
  record Accepts(
      String callee,
      List<String> positional,
      Set<String> flags,
      Set<String> named,
      boolean tensors) {

    Set<String> all() {
      Set<String> all = new LinkedHashSet<>(positional);
      all.addAll(named);
      return all;
    }
  }

  /**
   * What a call gives.
   *
   * @param tensors besides the current one
   * @param ok whether all of it was right
   * @param surplus whether an argument has no parameter, and may be meant for any
   */
  record Matched(
      Map<String, Value> values, List<Value.Tensor> tensors, boolean ok, boolean surplus) {}

  Matched match(Call call, Accepts accepts, Frame frame) {
    Run run = new Run(call, accepts, frame);
    for (Call.Argument argument : call.arguments()) {
      if (argument.spread()) {
        run.spread(argument);
      } else if (argument.name() != null) {
        Value value = evaluator.evaluate(argument.value(), frame);
        run.put(argument.name().text(), argument.name().span(), value);
      } else {
        run.plain(argument);
      }
    }
    return new Matched(run.values, run.tensors, run.ok, run.surplus);
  }

  private final class Run {
    final Call call;
    final Accepts accepts;
    final Frame frame;
    final Map<String, Value> values = new LinkedHashMap<>();
    final List<Value.Tensor> tensors = new ArrayList<>();
    int position;
    boolean ok = true;
    boolean surplus;

    Run(Call call, Accepts accepts, Frame frame) {
      this.call = call;
      this.accepts = accepts;
      this.frame = frame;
    }

    void plain(Call.Argument argument) {
      String flag = flagName(argument.value());
      if (flag != null && argument.value() instanceof Expression.NameUse) {
        if (frame.variables.containsKey(flag)) {
          wrong(
              Code.AMBIGUOUS_NAME,
              argument.span(),
              "`"
                  + flag
                  + "` could be the flag of `"
                  + accepts.callee()
                  + "` or the value of that"
                  + " name here",
              "say which: `" + flag + "=on` or `" + flag + "=" + flag + "`");
          return;
        }
        put(flag, argument.span(), new Value.Bool(true, argument.span()));
        return;
      }
      String bare = bareName(argument.value());
      if (flag == null && bare != null && accepts.all().contains(bare)) {
        wrong(
            Code.MISSING_ARGUMENT,
            argument.span(),
            "`" + bare + "` has no value",
            "write `" + bare + "=...`; alone, a name turns on what is `on` or `off`");
        return;
      }
      Value value = evaluator.evaluate(argument.value(), frame);
      if (flag != null) {
        put(flag, argument.span(), value);
      } else if (accepts.tensors()) {
        tensor(value);
      } else {
        positional(value, argument.span());
      }
    }

    /** A name that stands for nothing here but, perhaps, a parameter; or null. */
    private String bareName(Expression value) {
      if (!(value instanceof Expression.NameUse use) || !use.reference().isSimple()) {
        return null;
      }
      String name = use.reference().head().text();
      boolean known = frame.variables.containsKey(name) || frame.labels.containsKey(name);
      return known || Setting.of(name) != null ? null : name;
    }

    /** The flag that a bare name or {@code name(...)} gives, or null. */
    private String flagName(Expression value) {
      String name = null;
      if (value instanceof Expression.NameUse use && use.reference().isSimple()) {
        name = use.reference().head().text();
      } else if (value instanceof Expression.CallExpression c) {
        name = c.call().name().text();
      }
      return name != null && accepts.flags().contains(name) ? name : null;
    }

    private void positional(Value value, Span span) {
      if (position == accepts.positional().size()) {
        String takes = Suggestions.list(accepts.positional());
        wrong(
            Code.TOO_MANY_ARGUMENTS,
            span,
            "`" + accepts.callee() + "` takes " + count(accepts.positional().size()),
            accepts.positional().isEmpty() ? null : "in order: " + takes);
        return;
      }
      String name = accepts.positional().get(position++);
      if (values.containsKey(name)) {
        wrong(
            Code.DUPLICATE_ARGUMENT,
            span,
            "this is `" + name + "` by its position, and `" + name + "` is given already",
            "write the name of what is meant: `name=value`");
      } else {
        put(name, span, value);
      }
    }

    private String count(int n) {
      return n == 0 ? "no arguments" : "at most " + n + (n == 1 ? " argument" : " arguments");
    }

    private void tensor(Value value) {
      if (value instanceof Value.Tensor tensor) {
        tensors.add(tensor);
      } else if (value instanceof Value.Word word) {
        ok = false;
        reporter.unknownLabel(word.text(), word.span(), frame);
      } else if (value instanceof Value.Unknown) {
        ok = false;
      } else {
        String fact = "`" + accepts.callee() + "` takes labels of layers, not " + value.kind();
        String help = "label the other layer, `low: conv(...)`, and name it: `";
        wrong(Code.WRONG_TYPE, value.span(), fact, help + accepts.callee() + "(low)`");
      }
    }

    void spread(Call.Argument argument) {
      Value value = evaluator.evaluate(argument.value(), frame);
      if (value instanceof Value.CallValue handed) {
        for (Value.Argument inner : handed.arguments()) {
          if (inner.name() == null) {
            positional(inner.value(), inner.span());
          } else {
            put(inner.name(), inner.span(), inner.value());
          }
        }
      } else if (value instanceof Value.Unknown) {
        ok = false;
      } else if (!(value instanceof Value.Bool bool) || !bool.value()) {
        wrong(
            Code.WRONG_TYPE,
            value.span(),
            "`"
                + argument.value().span().text()
                + "` is `on`, `off` or holds arguments; it cannot be `"
                + value.show()
                + "`",
            "for example `se` or `se(ratio=0.25)`");
      }
    }

    void put(String name, Span span, Value value) {
      Set<String> all = accepts.all();
      if (!all.contains(name)) {
        surplus = true;
        wrong(
            Code.UNKNOWN_ARGUMENT,
            span,
            "`" + accepts.callee() + "` has no argument `" + name + "`",
            help(name, all));
        return;
      }
      if (values.putIfAbsent(name, value) != null) {
        wrong(Code.DUPLICATE_ARGUMENT, span, "`" + name + "` is given twice", "drop one of them");
      }
      ok &= !(value instanceof Value.Unknown);
    }

    private String help(String name, Set<String> all) {
      if (name.equals("r") && all.contains("n")) {
        return "it repeats with `n`";
      }
      if (name.equals("c") && accepts.callee().equals("dwconv")) {
        return "it has as many channels as come in, times `m`";
      }
      String takes = all.isEmpty() ? "it takes none" : "it takes " + Suggestions.list(all);
      return Suggestions.didYouMean(name, all, takes);
    }

    private void wrong(Code code, Span span, String message, String help) {
      ok = false;
      reporter.report(code, span, message, help, frame.site);
    }
  }
}
