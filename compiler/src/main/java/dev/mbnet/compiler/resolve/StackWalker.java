package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Checked;
import dev.mbnet.compiler.op.Operator;
import dev.mbnet.compiler.op.Setting;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.prelude.Prelude;
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
  private static final Accepts RESIDUAL =
      new Accepts("residual", List.of("skip", "act"), Set.of("skip"), Set.of(), false);

  private final Layers layers;
  private final Reporter reporter;
  private final Evaluator evaluator;
  private final ArgumentMatcher matcher;
  private final LayerCaller caller;
  private final SkipRule skips;
  private final Callees callees;

  StackWalker(Library library, Layers layers, Reporter reporter) {
    this.layers = layers;
    this.reporter = reporter;
    this.evaluator = new Evaluator(reporter);
    this.matcher = new ArgumentMatcher(reporter, evaluator);
    this.caller = new LayerCaller(library, layers, reporter, this);
    this.skips = new SkipRule(layers, reporter);
    this.callees = new Callees(library, reporter);
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
    if (call && callees.isLayer(callee)) {
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
    if (Prelude.owns(frame.site.block().span().file())) {
      d = d.help("`mbnet reference " + frame.site.block().name() + "` tells what it takes");
    }
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
    boolean fine = skips.isSkip(skip, frame);
    if (known && fine && skips.adds(residual, skip, other, frame)) {
      Call add = new Call(new Name("add", residual.head().span()), List.of(), residual.span());
      caller.join(add, name, List.of(frame.current, other), frame);
    }
    activate(matched.values().get("act"), name, residual, frame);
    label(residual.label(), stacks, frame);
  }

  private void activate(Value act, String name, Statement.Residual residual, Frame frame) {
    if (act == null || act instanceof Value.Unknown) {
      return;
    }
    Checked<Activation> activation = Activation.TYPE.of(act);
    if (!activation.isOk()) {
      reporter.reportValue("act", activation.mistake(), act, frame);
      return;
    }
    if (activation.value().isNone() || frame.current == Frame.UNKNOWN) {
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
