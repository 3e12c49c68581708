package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Checked;
import dev.mbnet.compiler.op.Operator;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Setting;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Type;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.resolve.ArgumentMatcher.Accepts;
import dev.mbnet.compiler.resolve.ArgumentMatcher.Matched;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Call;
import dev.mbnet.compiler.syntax.Expression;
import dev.mbnet.compiler.syntax.Name;
import dev.mbnet.compiler.syntax.Reference;
import dev.mbnet.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Walks the statements of a stack from the top, the current tensor in hand. */
final class StackWalker {
  private static final Type<String> SKIP = Type.word(List.of("auto"));
  private static final Accepts RESIDUAL =
      new Accepts("residual", List.of("skip", "act"), Set.of("skip"), Set.of(), false);

  private final Layers layers;
  private final Reporter reporter;
  private final Evaluator evaluator;
  private final ArgumentMatcher matcher;
  private final LayerCaller caller;

  StackWalker(Library library, Layers layers, Reporter reporter) {
    this.layers = layers;
    this.reporter = reporter;
    this.evaluator = new Evaluator(reporter);
    this.matcher = new ArgumentMatcher(reporter, evaluator);
    this.caller = new LayerCaller(library, layers, reporter, this);
  }

  void walk(List<Statement> statements, Frame frame) {
    for (Statement statement : statements) {
      if (layers.isFull()) {
        return;
      }
      if (frame.failed) {
        frame.current = Frame.UNKNOWN;
        return;
      }
      walk(statement, frame);
    }
  }

  void walk(Statement statement, Frame frame) {
    if (statement instanceof Statement.Defaults defaults) {
      defaults.settings().forEach(setting -> set(setting, frame));
    } else if (statement instanceof Statement.Let let) {
      let(let, frame);
    } else if (statement instanceof Statement.From from) {
      frame.current = layer(from.reference(), frame);
    } else if (statement instanceof Statement.If choice) {
      Boolean truth = evaluator.condition(choice.condition(), frame);
      if (truth == null) {
        frame.current = Frame.UNKNOWN;
      } else {
        walk(truth ? choice.then() : choice.otherwise(), frame);
      }
    } else if (statement instanceof Statement.Require require) {
      require.conditions().forEach(condition -> require(condition, frame));
    } else if (statement instanceof Statement.CallStatement call) {
      claim(call.label(), frame);
      caller.call(call.call(), name(call.label(), frame), frame);
      label(call.label(), frame);
    } else if (statement instanceof Statement.Residual residual) {
      residual(residual, frame);
    } else if (statement instanceof Statement.Parallel parallel) {
      parallel(parallel, frame);
    } else {
      reporter.report(
          Code.MISPLACED,
          statement.span(),
          "this statement belongs to a network, not into a block or a stack",
          "move it to the top level of the network",
          frame.site);
    }
  }

  private void let(Statement.Let let, Frame frame) {
    Value value = evaluator.evaluate(let.value(), frame);
    boolean call = value instanceof Value.CallValue || value instanceof Value.Word;
    String name = let.value().span().text();
    String callee = value instanceof Value.CallValue v ? v.name() : name;
    if (call && caller.isLayer(callee)) {
      reporter.report(
          Code.WRONG_TYPE,
          let.value().span(),
          "`let` names a value, and `" + name + "` makes a layer",
          "a layer has a label: `" + let.name() + ": " + name + "`",
          frame.site);
      value = new Value.Unknown(let.span());
    }
    frame.variables.put(let.name().text(), value);
  }

  /** The layer that a reference names, or unknown where none does, which is reported. */
  int layer(Reference reference, Frame frame) {
    Integer layer = frame.labels.get(reference.path());
    if (layer == null && frame.variables.get(reference.path()) instanceof Value.Tensor tensor) {
      return tensor.layer();
    }
    if (layer == null) {
      reporter.unknownLabel(reference.span().text(), reference.span(), frame);
      return Frame.UNKNOWN;
    }
    return layer;
  }

  private void set(Statement.Setting statement, Frame frame) {
    String name = statement.name().text();
    Setting setting = Setting.of(name);
    boolean shapes = setting != Setting.NORM && setting != Setting.ACT;
    if (setting == null) {
      frame.unsure = true;
      reporter.report(
          Code.UNKNOWN_SETTING,
          statement.name().span(),
          "there is no setting `" + name + "`",
          Suggestions.didYouMean(
              name, Setting.words(), "settings: " + Suggestions.list(Setting.words())),
          frame.site);
      return;
    }
    Value value = evaluator.evaluate(statement.value(), frame);
    if (value instanceof Value.Unknown) {
      frame.unsure |= shapes;
      return;
    }
    Checked<?> checked = setting.type().of(value);
    if (checked.isOk()) {
      frame.settings.declare(setting, checked.value(), statement.span());
    } else {
      frame.unsure |= shapes;
      reporter.reportValue(name, checked.mistake(), value, frame);
    }
  }

  private void require(Expression condition, Frame frame) {
    Boolean truth = evaluator.condition(condition, frame);
    if (truth == null || truth || frame.site == null) {
      return;
    }
    frame.failed = true;
    String fact =
        "block `" + frame.site.block().name() + "` requires `" + condition.span().text() + "`";
    Diagnostic d = Diagnostic.of(Code.BLOCK_REQUIREMENT, frame.site.call().span(), fact);
    List<String> given = new ArrayList<>();
    variables(condition, frame, given);
    reporter.report(
        given.isEmpty() ? d : d.note("here " + String.join(", ", given)), frame.site.outer());
  }

  private static void variables(Expression expression, Frame frame, List<String> found) {
    if (expression instanceof Expression.Binary binary) {
      variables(binary.left(), frame, found);
      variables(binary.right(), frame, found);
    } else if (expression instanceof Expression.Unary unary) {
      variables(unary.operand(), frame, found);
    } else if (expression instanceof Expression.NameUse use) {
      String name = use.reference().path();
      Value value = frame.variables.get(name);
      String shown = value == null ? "" : "`" + name + "` is " + value.show();
      if (value != null && !found.contains(shown)) {
        found.add(shown);
      }
    }
  }

  private static String name(Name label, Frame frame) {
    int position = frame.counter.next++;
    return label == null ? Integer.toString(position) : label.text();
  }

  private void label(Name label, Frame stacks, Frame frame) {
    label(label, frame);
    if (label != null) {
      frame.export(label.text(), stacks);
    }
  }

  private void label(Name label, Frame frame) {
    if (label != null) {
      frame.labels.put(label.text(), frame.current);
    }
  }

  /** A label may stand once among the statements whose paths begin alike. */
  private void claim(Name label, Frame frame) {
    if (label != null && frame.labels.containsKey(label.text())) {
      reporter.report(
          Code.DUPLICATE_NAME,
          label.span(),
          "there is a layer labelled `" + label + "` already",
          "labels name weights and must differ",
          frame.site);
    }
  }

  private void parallel(Statement.Parallel parallel, Frame frame) {
    List<Integer> ends = new ArrayList<>();
    claim(parallel.label(), frame);
    Frame stacks = frame.ofStacks(parallel.label());
    for (List<Statement> branch : parallel.branches()) {
      Frame stack = stacks.ofStack(frame.current);
      walk(branch, stack);
      ends.add(stack.current);
    }
    if (ends.isEmpty()) {
      reporter.report(
          Code.MISSING_ARGUMENT,
          parallel.span(),
          "`parallel` has no stacks",
          "write each in braces: `parallel add { { ... } { ... } }`",
          frame.site);
      frame.current = Frame.UNKNOWN;
      return;
    }
    caller.join(parallel.join(), name(parallel.label(), frame), ends, frame);
    label(parallel.label(), stacks, frame);
  }

  private void residual(Statement.Residual residual, Frame frame) {
    Matched matched = matcher.match(residual.head(), RESIDUAL, frame);
    int start = frame.current;
    claim(residual.label(), frame);
    Frame stacks = frame.ofStacks(residual.label());
    Frame body = stacks.ofStack(start);
    walk(residual.body(), body);
    int other = start;
    if (residual.shortcut() != null) {
      Frame shortcut = stacks.ofStack(start);
      walk(residual.shortcut(), shortcut);
      other = shortcut.current;
    }
    frame.current = body.current;
    if (other == Frame.UNKNOWN) {
      frame.current = Frame.UNKNOWN;
    }
    // Taken whether there is a skip or not, so that later names do not depend on shapes.
    String name = name(residual.label(), frame);
    boolean known = start != Frame.UNKNOWN && frame.current != Frame.UNKNOWN && matched.ok();
    Value skip = matched.values().get("skip");
    boolean fine = isSkip(skip, frame);
    if (known && fine && skips(residual, skip, other, frame)) {
      Call add = new Call(new Name("add", residual.head().span()), List.of(), residual.span());
      caller.join(add, name, List.of(frame.current, other), frame);
    }
    activate(matched.values().get("act"), name, residual, frame);
    label(residual.label(), stacks, frame);
  }

  private boolean isSkip(Value skip, Frame frame) {
    boolean fine =
        skip == null
            || skip instanceof Value.Bool
            || skip instanceof Value.Unknown
            || SKIP.of(skip).isOk();
    if (!fine) {
      String message = "`skip` takes `auto`, `on` or `off`, not `" + skip.show() + "`";
      String help = Suggestions.didYouMean(skip.show(), List.of("auto", "on", "off"), null);
      reporter.report(Code.UNKNOWN_WORD, skip.span(), message, help, frame.site);
    }
    return fine;
  }

  private boolean skips(Statement.Residual residual, Value skip, int other, Frame frame) {
    ResolvedLayer in = layers.get(other);
    ResolvedLayer out = layers.get(frame.current);
    boolean fits = in.shape().equals(out.shape()) && in.stride().equals(out.stride());
    if (residual.shortcut() != null && skip == null) {
      boolean equal = in.shape().equals(out.shape());
      if (!equal
          && !layers.doubt(other).and(layers.doubt(frame.current)).silence(Code.MISFIT_SHAPES)) {
        misfit(residual, in.shape(), out.shape(), frame);
      }
      return equal;
    }
    if (!(skip instanceof Value.Bool bool)) {
      return fits;
    }
    if (!bool.value() || fits) {
      return bool.value();
    }
    if (!layers.doubt(other).and(layers.doubt(frame.current)).silence(Code.IMPOSSIBLE_SKIP)) {
      reportImpossible(residual, bool, in, out, frame);
    }
    return false;
  }

  private void misfit(Statement.Residual residual, Shape shortcut, Shape body, Frame frame) {
    boolean channels = shortcut.channels() != body.channels();
    boolean sizes = shortcut.height() != body.height() || shortcut.width() != body.width();
    String help = "give the shortcut's convolution ";
    help += channels ? "`c=" + body.channels() + "`" + (sizes ? " and " : "") : "";
    reporter.report(
        Code.MISFIT_SHAPES,
        residual.head().span(),
        "`residual` adds its body, " + body + ", and its shortcut, " + shortcut + ": they differ",
        help + (sizes ? "the stride of the body" : ""),
        frame.site);
  }

  private void reportImpossible(
      Statement.Residual residual,
      Value.Bool skip,
      ResolvedLayer in,
      ResolvedLayer out,
      Frame frame) {
    List<String> reasons = new ArrayList<>();
    if (!in.stride().equals(out.stride())) {
      Pair stride =
          new Pair(
              Math.max(1, out.stride().h() / in.stride().h()),
              Math.max(1, out.stride().w() / in.stride().w()));
      boolean halves = stride.equals(new Pair(2, 2));
      reasons.add("stride " + stride + (halves ? " halves the size" : " shrinks the picture"));
    }
    if (in.shape().channels() != out.shape().channels()) {
      reasons.add(
          "the channels go from " + in.shape().channels() + " to " + out.shape().channels());
    }
    if (reasons.isEmpty()) {
      reasons.add("the padding changes the size");
    }
    String fact =
        "`skip=on` needs equal shapes: " + in.shape() + " goes in, " + out.shape() + " comes out";
    Call call = frame.site == null ? residual.head() : frame.site.outermost().call();
    Span at =
        call.arguments().stream()
            .filter(argument -> argument.value().span().equals(skip.span()))
            .map(Call.Argument::span)
            .findFirst()
            .orElse(skip.span());
    String later = frame.site == null ? "" : laterRepeats(call);
    reporter.report(
        Diagnostic.of(Code.IMPOSSIBLE_SKIP, at, fact)
            .note(String.join(", and ", reasons))
            .help(
                later.isEmpty()
                    ? "drop `skip=on`, or `skip=auto` adds one exactly where it fits"
                    : later + " anyway; drop `skip=on`"),
        frame.site);
  }

  /** That repeats after the first have equal shapes, for a call that says how many there are. */
  private static String laterRepeats(Call call) {
    for (Call.Argument argument : call.arguments()) {
      boolean isN = argument.name() != null && argument.name().text().equals("n");
      if (isN && argument.value() instanceof Expression.NumberLiteral n && n.value() > 1) {
        String last = Value.Num.format(n.value());
        return n.value() == 2
            ? "repeat 2 gets its skip"
            : "repeats 2 " + (n.value() == 3 ? "and " : "to ") + last + " get their skip";
      }
    }
    return "";
  }

  private void activate(Value act, String name, Statement.Residual residual, Frame frame) {
    if (act == null || act instanceof Value.Unknown || frame.current == Frame.UNKNOWN) {
      return;
    }
    Checked<Activation> activation = Activation.TYPE.of(act);
    if (!activation.isOk()) {
      reporter.reportValue("act", activation.mistake(), act, frame);
      return;
    }
    if (activation.value().isNone()) {
      return;
    }
    Operator.Part part = new Operator.Part("", new Activate(activation.value()));
    String path = frame.prefix + name + ".act";
    Span at = residual.head().span();
    Checked<ResolvedLayer> layer =
        layers.add(
            path,
            activation.value().kind().word(),
            List.of(part),
            List.of(frame.current),
            frame.site);
    if (layer.isOk()) {
      frame.current = layer.value().id();
    } else {
      reporter.report(layer.mistake(), at, frame.site);
      frame.current = Frame.UNKNOWN;
    }
  }
}
