package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Expression;
import dev.mbnet.compiler.syntax.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What must hold of a network once all of its layers are known. */
final class NetworkRules {
  private final Layers layers;
  private final Neighbours neighbours;
  private final Reporter reporter;
  private final Evaluator evaluator;

  NetworkRules(Layers layers, Neighbours neighbours, Reporter reporter) {
    this.layers = layers;
    this.neighbours = neighbours;
    this.reporter = reporter;
    this.evaluator = new Evaluator(reporter);
  }

  void deadSettings(Frame frame) {
    for (Span span : frame.settings.dead()) {
      reporter.report(
          Code.DEAD_SETTING,
          span,
          "nothing after this uses `" + span.text() + "`",
          "drop it, or put it before the calls that it is for",
          null);
    }
  }

  /** Every layer is there for an output. */
  void unreached(List<ResolvedNetwork.Output> outputs) {
    boolean[] reached = new boolean[layers.all().size()];
    outputs.forEach(output -> reached[output.layer()] = true);
    for (int id = reached.length - 1; id >= 0; id--) {
      if (reached[id]) {
        layers.get(id).inputs().forEach(input -> reached[input] = true);
      }
    }
    Span last = null;
    for (int id = 1; id < reached.length; id++) {
      Span stage = layers.get(id).stage().call();
      if (!reached[id] && !stage.equals(last)) {
        reporter.report(
            Code.UNREACHED_LAYER,
            stage,
            isPartlyReached(stage, reached)
                ? "no output reaches `" + layers.get(id).path() + "`, a part of this stage"
                : "no output reaches this stage",
            "name it in `output`, or drop it",
            null);
        last = stage;
      }
    }
  }

  private boolean isPartlyReached(Span stage, boolean[] reached) {
    return layers.all().stream().anyMatch(l -> reached[l.id()] && l.stage().call().equals(stage));
  }

  /** Without all layers, conditions are only read. */
  void budgets(List<Statement.Require> budgets, boolean complete, Frame frame) {
    long params = layers.all().stream().mapToLong(NetworkRules::parameters).sum();
    long macs = layers.all().stream().mapToLong(ResolvedLayer::macs).sum();
    for (Statement.Require budget : budgets) {
      Frame inner = frame.ofStack(frame.current);
      Span at = budget.span();
      Value unknown = new Value.Unknown(at);
      inner.variables.putIfAbsent("params", complete ? new Value.Num(params, at) : unknown);
      inner.variables.putIfAbsent("macs", complete ? new Value.Num(macs, at) : unknown);
      for (Expression condition : budget.conditions()) {
        Boolean truth = evaluator.condition(condition, inner);
        if (truth != null && !truth) {
          exceeded(condition, params, macs);
        }
      }
    }
  }

  private void exceeded(Expression condition, long params, long macs) {
    String text = condition.span().text();
    String fact = "`%s` does not hold: %,d params, %,d macs";
    String largest =
        text.contains("macs") ? largest(ResolvedLayer::macs) : largest(NetworkRules::parameters);
    Diagnostic d =
        Diagnostic.of(
                Code.BUDGET_EXCEEDED,
                condition.span(),
                String.format(Locale.ROOT, fact, text, params, macs))
            .help("raise the budget, or make these smaller");
    reporter.report(largest.isEmpty() ? d : d.note("the largest: " + largest), null);
  }

  private static long parameters(ResolvedLayer layer) {
    return layer.weights().stream().filter(Weight::trainable).mapToLong(Weight::elements).sum();
  }

  private String largest(ToLongFunction<ResolvedLayer> size) {
    return String.join(
        ", ",
        layers.all().stream()
            .filter(layer -> size.applyAsLong(layer) > 0)
            .sorted(Comparator.comparingLong(size).reversed())
            .limit(3)
            .map(
                layer ->
                    String.format(
                        Locale.ROOT,
                        "`%s` (%s) %,d",
                        layer.path(),
                        layer.operator(),
                        size.applyAsLong(layer)))
            .toList());
  }

  /** The lines of the file of labels, as many as the first output has channels. */
  List<String> classes(Statement.Labels labelStatement, List<ResolvedNetwork.Output> outputs) {
    if (labelStatement == null) {
      return List.of();
    }
    Expression.StringLiteral file = labelStatement.file();
    Neighbours.Neighbour found = neighbours.find(file.span().file(), file.value());
    if (found.lookup().text() == null) {
      String help = "it holds one label a line, in the order of the output's channels";
      reporter.report(neighbours.missing(Code.LABEL_FILE, file, found, help), null);
      return List.of();
    }
    List<String> labels = found.lookup().text().lines().map(String::strip).toList();
    while (!labels.isEmpty() && labels.get(labels.size() - 1).isEmpty()) {
      labels = labels.subList(0, labels.size() - 1);
    }
    if (!outputs.isEmpty()) {
      ResolvedNetwork.Output first = outputs.get(0);
      int channels = layers.get(first.layer()).shape().channels();
      if (channels != labels.size()) {
        reporter.report(
            Code.LABEL_COUNT,
            file.span(),
            "`"
                + file.value()
                + "` has "
                + labels.size()
                + " labels, output `"
                + first.name()
                + "` has "
                + channels
                + " channels",
            "one label a line, one line a channel",
            null);
      }
    }
    return List.copyOf(labels);
  }
}
