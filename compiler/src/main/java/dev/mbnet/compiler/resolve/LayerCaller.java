package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Arguments;
import dev.mbnet.compiler.op.Checked;
import dev.mbnet.compiler.op.Mistake;
import dev.mbnet.compiler.op.Norm;
import dev.mbnet.compiler.op.Operator;
import dev.mbnet.compiler.op.Operators;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Parameter;
import dev.mbnet.compiler.op.Setting;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Type;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.resolve.ArgumentMatcher.Accepts;
import dev.mbnet.compiler.resolve.ArgumentMatcher.Matched;
import dev.mbnet.compiler.syntax.Call;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.BlockSyntax;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a call in a stack into layers: an operator's one, a block's body, repeated. */
final class LayerCaller {
  private static final Type<Integer> REPEATS = Type.whole(1);
  private static final int MOST_REPEATS = 1000;

  /** Arguments on which no shape depends, and what stands for a value that is wrong. */
  private static final Map<String, Object> NEUTRAL =
      Map.of("act", Activation.NONE, "norm", Norm.NONE, "bias", false);

  private final Library library;
  private final Layers layers;
  private final Reporter reporter;
  private final Evaluator evaluator;
  private final ArgumentMatcher matcher;
  private final StackWalker walker;
  private final Emitter emitter;
  private final Callees callees;

  LayerCaller(Library library, Layers layers, Reporter reporter, StackWalker walker) {
    this.library = library;
    this.layers = layers;
    this.reporter = reporter;
    this.evaluator = new Evaluator(reporter);
    this.matcher = new ArgumentMatcher(reporter, evaluator);
    this.walker = walker;
    this.emitter = new Emitter(layers, reporter);
    this.callees = new Callees(library, reporter);
  }

  /** Applies {@code call} to the frame's current tensor and makes its result the current one. */
  void call(Call call, String name, Frame frame) {
    Operator operator = Operators.byName().get(call.name().text());
    BlockSyntax block = library.block(call.name().text());
    if (operator == null && block == null) {
      callees.unknown(call, frame);
      frame.current = Frame.UNKNOWN;
      return;
    }
    if (!layers.count()) {
      String fact = "the network comes to more than " + Layers.MOST_CALLS + " calls of blocks";
      Call line = frame.site == null ? call : frame.site.outermost().call();
      reporter.report(Code.TOO_LARGE, line.span(), fact, "blocks in blocks multiply", null);
      return;
    }
    Accepts accepts = operator != null ? Callees.accepts(operator) : Callees.accepts(block);
    Matched matched = matcher.match(call, accepts, frame);
    int repeats = repeats(call, accepts, matched, frame);
    boolean counted = matched.values().containsKey("n") && accepts.named().contains("n");
    for (int i = 0; i < Math.max(1, repeats) && !layers.isFull(); i++) {
      String path = frame.prefix + name + (counted ? "." + i : "");
      Map<String, Value> values = new LinkedHashMap<>(matched.values());
      if (counted) {
        values.remove("n");
      }
      if (i > 0) {
        values.put("s", new Value.Num(1, call.span()));
      }
      if (operator != null) {
        callOperator(operator, call, path, values, matched, frame);
      } else {
        callBlock(block, call, path, values, matched, frame);
      }
      frame.labels.put(path.substring(frame.prefix.length()), frame.current);
    }
  }

  /** Applies an operator such as {@code add} to tensors that are at hand. */
  void join(Call call, String name, List<Integer> tensors, Frame frame) {
    Operator operator = Operators.byName().get(call.name().text());
    if (operator == null || !operator.tensors()) {
      List<String> joins =
          Operators.byName().values().stream()
              .filter(Operator::tensors)
              .map(Operator::name)
              .toList();
      reporter.report(
          Code.UNKNOWN_CALLEE,
          call.name().span(),
          "`" + call.name() + "` does not join tensors",
          "`parallel` joins with one of " + Suggestions.list(joins),
          frame.site);
      frame.current = Frame.UNKNOWN;
      return;
    }
    Matched matched = matcher.match(call, Callees.accepts(operator), frame);
    Checked<Arguments> arguments =
        convert(operator, call, matched.values(), matched.surplus(), frame);
    boolean ok = matched.ok() && arguments.isOk();
    emitter.emit(
        new Emitter.Request(
            operator,
            call,
            frame.prefix + name,
            ok ? arguments.value() : null,
            tensors,
            matched.values()),
        frame);
  }

  private int repeats(Call call, Accepts accepts, Matched matched, Frame frame) {
    Value n = matched.values().get("n");
    if (n == null || !accepts.named().contains("n") || n instanceof Value.Unknown) {
      return 1;
    }
    Checked<Integer> whole = REPEATS.of(n);
    boolean large = n instanceof Value.Num number && number.value() > MOST_REPEATS;
    if (!whole.isOk() && !large) {
      reporter.reportValue("n", whole.mistake(), n, frame);
      return 1;
    }
    Object depth = frame.settings.get(Setting.DEPTH);
    Value given = matched.values().get("depth");
    if (given != null) {
      Checked<?> checked = Setting.DEPTH.type().of(given);
      depth = checked.isOk() ? checked.value() : depth;
    }
    double repeats = large ? ((Value.Num) n).value() : Math.ceil(whole.value() * (Double) depth);
    if (repeats > MOST_REPEATS) {
      reporter.report(
          Code.TOO_LARGE,
          n.span(),
          "`n` comes to " + Value.Num.format(repeats) + " repeats; the limit is " + MOST_REPEATS,
          null,
          frame.site);
      return 1;
    }
    return (int) repeats;
  }

  private void callOperator(
      Operator operator,
      Call call,
      String path,
      Map<String, Value> values,
      Matched matched,
      Frame frame) {
    List<Integer> inputs = new ArrayList<>(List.of(frame.current));
    matched.tensors().forEach(tensor -> inputs.add(tensor.layer()));
    boolean alone = operator.tensors() && matched.ok() && inputs.size() == 1;
    if (alone) {
      callees.incomplete(call);
      reporter.report(
          Code.MISSING_ARGUMENT,
          call.span(),
          "`" + operator.name() + "` joins the current tensor with another, which is not named",
          "give its label: `" + operator.name() + "(earlier)`",
          frame.site);
    }
    Checked<Arguments> arguments = convert(operator, call, values, matched.surplus(), frame);
    boolean ok = matched.ok() && arguments.isOk() && !alone;
    emitter.emit(
        new Emitter.Request(operator, call, path, ok ? arguments.value() : null, inputs, values),
        frame);
  }

  private Checked<Arguments> convert(
      Operator operator, Call call, Map<String, Value> values, boolean surplus, Frame frame) {
    Map<String, Object> converted = new HashMap<>();
    Mistake first = null;
    for (Parameter parameter : operator.parameters()) {
      Value value = values.get(parameter.name());
      if (value instanceof Value.Unknown) {
        if (NEUTRAL.containsKey(parameter.name())) {
          converted.put(parameter.name(), NEUTRAL.get(parameter.name()));
        } else {
          first = new Mistake(null, null, "unknown", null);
        }
      } else if (value != null) {
        boolean label = parameter.type() == Type.size() && value instanceof Value.Tensor;
        if (label && ((Value.Tensor) value).layer() == Frame.UNKNOWN) {
          first = new Mistake(null, null, "unknown", null);
          continue;
        }
        if (parameter.type() == Type.size() && value instanceof Value.Word word) {
          reporter.unknownLabel(word.text(), word.span(), frame);
          first = new Mistake(Code.UNKNOWN_LABEL, null, "no such label", null);
          continue;
        }
        Checked<?> checked =
            label ? Checked.of(sizeOf((Value.Tensor) value)) : parameter.type().of(value);
        if (!checked.isOk()) {
          reporter.reportValue(parameter.name(), checked.mistake(), value, frame);
          first = NEUTRAL.containsKey(parameter.name()) ? first : checked.mistake();
        }
        converted.put(
            parameter.name(), checked.isOk() ? checked.value() : NEUTRAL.get(parameter.name()));
      } else if (parameter.fallback() instanceof Parameter.Constant constant) {
        converted.put(parameter.name(), constant.value());
      } else if (parameter.fallback() instanceof Parameter.FromSetting) {
        converted.put(parameter.name(), frame.settings.get(Setting.of(parameter.name())));
      } else if (surplus) {
        first = new Mistake(null, null, "perhaps given by another name", null);
      } else {
        first = missing(operator.name(), parameter.name(), parameter.doc(), call, frame);
      }
    }
    return first == null ? Checked.of(new Arguments(converted)) : Checked.wrong(first);
  }

  private Pair sizeOf(Value.Tensor label) {
    Shape shape = layers.get(label.layer()).shape();
    return new Pair(shape.height(), shape.width());
  }

  private Mistake missing(String callee, String name, String doc, Call call, Frame frame) {
    String fact = "`" + callee + "` needs `" + name + "`";
    String help = "`" + callee + "(" + name + "=...)`" + (doc.isEmpty() ? "" : ": " + doc);
    Mistake mistake = new Mistake(Code.MISSING_ARGUMENT, null, fact, help);
    reporter.report(mistake, call.span(), frame.site);
    return mistake;
  }

  private void callBlock(
      BlockSyntax block,
      Call call,
      String path,
      Map<String, Value> values,
      Matched matched,
      Frame frame) {
    if (frame.site != null && frame.site.contains(block)) {
      reporter.report(
          Code.RECURSION,
          call.name().span(),
          "block `" + block.name() + "` calls itself" + through(block, frame.site),
          "a block is expanded where it is called and cannot contain itself",
          frame.site);
      frame.current = Frame.UNKNOWN;
      return;
    }
    Shape in = frame.current == Frame.UNKNOWN ? null : layers.get(frame.current).shape();
    Frame inner = frame.ofBlock(path, new Site(block, call, frame.site), in);
    boolean complete = matched.ok() & bindSettings(call, values, frame, inner);
    for (FileSyntax.Parameter parameter : block.parameters()) {
      String name = parameter.name().text();
      Value value = values.get(name);
      if (value == null && parameter.defaultValue() != null) {
        value = evaluator.evaluate(parameter.defaultValue(), inner);
      } else if (value == null) {
        if (!matched.surplus()) {
          missing(block.name().text(), name, "", call, frame);
        }
        complete = false;
        value = new Value.Unknown(call.span());
      }
      inner.variables.put(name, value);
    }
    if (!complete) {
      inner.current = Frame.UNKNOWN;
    }
    walker.walk(block.body(), inner);
    frame.current = inner.current;
    frame.export(path.substring(frame.prefix.length()), inner);
  }

  /** The blocks between a block and its call of itself. */
  private static String through(BlockSyntax block, Site site) {
    List<String> names = new ArrayList<>();
    for (Site at = site; at.block() != block; at = at.outer()) {
      names.add(0, "`" + at.block().name() + "`");
    }
    return names.isEmpty() ? "" : " by way of " + String.join(" and ", names);
  }

  private boolean bindSettings(Call call, Map<String, Value> values, Frame frame, Frame inner) {
    boolean ok = true;
    Set<String> own = new HashSet<>();
    inner.site.block().parameters().forEach(p -> own.add(p.name().text()));
    for (Setting setting : Setting.values()) {
      Value value = values.get(setting.word());
      if (value == null || own.contains(setting.word())) {
        continue;
      }
      if (value instanceof Value.Unknown) {
        ok = false;
        continue;
      }
      Checked<?> checked = setting.type().of(value);
      if (checked.isOk()) {
        inner.settings.give(setting, checked.value());
      } else {
        reporter.reportValue(setting.word(), checked.mistake(), value, frame);
        ok = false;
      }
    }
    return ok;
  }
}
