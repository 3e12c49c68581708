package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Call;
import dev.mbnet.compiler.syntax.Expression;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.Parameter;
import dev.mbnet.compiler.syntax.Name;
import dev.mbnet.compiler.syntax.Reference;
import dev.mbnet.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Resolves one network. */
final class NetworkResolver {
  private final Library library;
  private final Neighbours neighbours;
  private final Reporter reporter;
  private final Evaluator evaluator;
  private final Layers layers = new Layers();
  private final StackWalker walker;

  private Shape inputShape;
  private boolean hasInput;
  private boolean hasLayers;
  private Preprocessing preprocessing;
  private Name lastLabel;
  private final List<ResolvedNetwork.Output> outputs = new ArrayList<>();
  private Statement.Outputs outputStatement;
  private Statement.Labels labelStatement;
  private final List<Statement.Require> budgets = new ArrayList<>();

  NetworkResolver(Library library, Neighbours neighbours, Reporter reporter) {
    this.library = library;
    this.neighbours = neighbours;
    this.reporter = reporter;
    this.evaluator = new Evaluator(reporter);
    this.walker = new StackWalker(library, layers, reporter);
  }

  /** The network, complete or not; what is wrong has been reported. */
  ResolvedNetwork resolve(NetworkSyntax network, Map<String, Value> overrides) {
    reporter.enter(network);
    Frame frame = Frame.ofNetwork(parameters(network, overrides, network.name().span()));
    NetworkSyntax root = network;
    List<NetworkSyntax> line = new ArrayList<>();
    while (root.base() != null) {
      line.add(root);
      NetworkSyntax base = base(root, line);
      if (base == null) {
        return null;
      }
      frame =
          Frame.ofNetwork(parameters(base, given(root, base, frame), root.base().name().span()));
      root = base;
    }
    reporter.enter(root);
    for (Statement statement : root.body()) {
      statement(statement, frame);
    }
    finish(root, frame);
    return new ResolvedNetwork(
        network.name().text(),
        network.doc().isEmpty() ? root.doc() : network.doc(),
        root.span().file(),
        layers.all(),
        preprocessing,
        List.copyOf(outputs),
        classes());
  }

  private NetworkSyntax base(NetworkSyntax network, List<NetworkSyntax> line) {
    Name name = network.base().name();
    NetworkSyntax base = library.network(name.text());
    if (base == null) {
      reporter.report(
          Code.UNKNOWN_CALLEE,
          name.span(),
          "there is no network `" + name + "`",
          Suggestions.didYouMean(
              name.text(),
              library.networkNames(),
              "networks: " + Suggestions.list(library.networkNames())),
          null);
    } else if (line.contains(base)) {
      Name first = line.get(0).name();
      Name at = base == line.get(0) ? line.get(0).base().name() : name;
      String fact = "network `" + (base == line.get(0) ? first : name) + "` derives from itself";
      String help = "one of them needs a body: `network " + first + " { ... }`";
      reporter.report(Code.RECURSION, at.span(), fact, help, null);
      return null;
    }
    return base;
  }

  private Map<String, Value> given(NetworkSyntax network, NetworkSyntax base, Frame frame) {
    Map<String, Value> given = new LinkedHashMap<>();
    List<String> names = base.parameters().stream().map(p -> p.name().text()).toList();
    for (Call.Argument argument : network.base().arguments()) {
      String name = argument.name() == null ? null : argument.name().text();
      if (name == null || !names.contains(name)) {
        reporter.report(
            Code.UNKNOWN_PARAMETER,
            argument.span(),
            name == null
                ? "a derived network gives its parameters by name"
                : "network `" + base.name() + "` has no parameter `" + name + "`",
            Suggestions.didYouMean(
                name == null ? "" : name, names, "it has " + Suggestions.list(names)),
            null);
        names.forEach(n -> given.putIfAbsent(n, new Value.Unknown(argument.span())));
      } else {
        given.put(name, evaluator.evaluate(argument.value(), frame));
      }
    }
    return given;
  }

  /** The parameters' values; {@code user} is what makes a network of them. */
  private Map<String, Value> parameters(
      NetworkSyntax network, Map<String, Value> given, Span user) {
    Map<String, Value> values = new HashMap<>();
    for (Parameter parameter : network.parameters()) {
      String name = parameter.name().text();
      Value value = given.get(name);
      if (value == null && parameter.defaultValue() == null) {
        reporter.report(
            Code.MISSING_ARGUMENT,
            user,
            "network `" + network.name() + "` needs a value for `" + name + "`",
            "give it: `" + network.name() + "(" + name + "=...)`",
            null);
        value = new Value.Unknown(parameter.span());
      } else if (value == null) {
        value = evaluator.evaluate(parameter.defaultValue(), Frame.ofNetwork(values));
      }
      if (values.putIfAbsent(name, value) != null) {
        String fact = "there is a parameter `" + name + "` already";
        reporter.report(Code.DUPLICATE_NAME, parameter.span(), fact, "drop one of them", null);
      }
    }
    return values;
  }

  private void statement(Statement statement, Frame frame) {
    if (statement instanceof Statement.Input input) {
      input(input, frame);
    } else if (statement instanceof Statement.Outputs output) {
      outputStatement = output;
      outputs(output, frame);
    } else if (statement instanceof Statement.Labels labels) {
      labelStatement = labels;
    } else if (statement instanceof Statement.Require require) {
      budgets.add(require);
    } else {
      Name label = label(statement);
      boolean adds = label != null || addsLayers(statement);
      hasLayers |= adds;
      if (adds && !hasInput) {
        hasInput = true;
        reporter.report(
            Code.NO_INPUT,
            statement.span(),
            "the network has no input before its first layer",
            "say its shape: `input image: [224, 224, 3]`",
            null);
      }
      String path = label != null ? label.text() : Integer.toString(frame.counter.next);
      layers.enter(new ResolvedLayer.Stage(path, statement.span()));
      walker.walk(statement, frame);
      lastLabel = adds ? label : lastLabel;
    }
  }

  private static boolean addsLayers(Statement statement) {
    return statement instanceof Statement.CallStatement
        || statement instanceof Statement.Residual
        || statement instanceof Statement.Parallel
        || statement instanceof Statement.If;
  }

  private static Name label(Statement statement) {
    if (statement instanceof Statement.CallStatement call) {
      return call.label();
    } else if (statement instanceof Statement.Residual residual) {
      return residual.label();
    }
    return statement instanceof Statement.Parallel parallel ? parallel.label() : null;
  }

  private void input(Statement.Input input, Frame frame) {
    if (hasInput) {
      reporter.report(
          Code.DUPLICATE_NAME,
          input.span(),
          "the network has an input already",
          "a network has one input, before its first layer",
          null);
      return;
    }
    hasInput = true;
    InputReader reader = new InputReader(reporter);
    inputShape = reader.shape(input, frame);
    preprocessing = reader.preprocessing(input, inputShape, frame);
    if (inputShape != null) {
      layers.enter(new ResolvedLayer.Stage(input.name().text(), input.span()));
      frame.current = layers.addInput(input.name().text(), inputShape);
    }
    frame.labels.put(input.name().text(), frame.current);
  }

  private void outputs(Statement.Outputs statement, Frame frame) {
    for (Reference reference : statement.outputs()) {
      int layer = walker.layer(reference, frame);
      boolean twice = outputs.stream().anyMatch(o -> o.name().equals(reference.path()));
      if (twice) {
        String fact = "`" + reference.path() + "` is an output already";
        reporter.report(Code.DUPLICATE_NAME, reference.span(), fact, "drop one of them", null);
      } else if (layer != Frame.UNKNOWN) {
        outputs.add(new ResolvedNetwork.Output(reference.path(), layer));
      }
    }
  }

  private void finish(NetworkSyntax network, Frame frame) {
    if (!hasInput) {
      reporter.report(
          Code.NO_INPUT,
          network.name().span(),
          "network `" + network.name() + "` has no input",
          "say its shape: `input image: [224, 224, 3]`",
          null);
      return;
    }
    if (outputStatement == null && frame.current != Frame.UNKNOWN) {
      String name = lastLabel == null ? "output" : lastLabel.text();
      outputs.add(new ResolvedNetwork.Output(name, frame.current));
    }
    if (!hasLayers) {
      reporter.report(
          Code.NO_LAYERS,
          network.name().span(),
          "network `" + network.name() + "` has no layers",
          "add some: `conv(k=3, c=32)`",
          null);
    }
    boolean complete = outputs.size() > 0 && frame.current != Frame.UNKNOWN;
    if (complete) {
      if (!reporter.hasErrors()) {
        unreached();
        deadSettings(frame);
      }
      budgets.forEach(budget -> budget(budget, frame));
    }
  }

  private void deadSettings(Frame frame) {
    for (Span span : frame.settings.dead()) {
      reporter.report(
          Code.DEAD_SETTING,
          span,
          "nothing after this uses `" + span.text() + "`",
          "drop it, or put it before the calls that it is for",
          null);
    }
  }

  private void unreached() {
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

  private void budget(Statement.Require budget, Frame frame) {
    long params = 0;
    long macs = 0;
    for (ResolvedLayer layer : layers.all()) {
      params += parameters(layer);
      macs += layer.macs();
    }
    Frame inner = frame.ofStack(frame.current);
    inner.variables.putIfAbsent("params", new Value.Num(params, budget.span()));
    inner.variables.putIfAbsent("macs", new Value.Num(macs, budget.span()));
    for (Expression condition : budget.conditions()) {
      Boolean truth = evaluator.condition(condition, inner);
      if (truth != null && !truth) {
        String largest =
            condition.span().text().contains("macs")
                ? largest(ResolvedLayer::macs)
                : largest(NetworkResolver::parameters);
        Diagnostic d =
            Diagnostic.of(
                    Code.BUDGET_EXCEEDED,
                    condition.span(),
                    String.format(
                        Locale.ROOT,
                        "`%s` does not hold: %,d params, %,d macs",
                        condition.span().text(),
                        params,
                        macs))
                .help("raise the budget, or make these smaller");
        reporter.report(largest.isEmpty() ? d : d.note("the largest: " + largest), null);
      }
    }
  }

  private static long parameters(ResolvedLayer layer) {
    return layer.weights().stream().filter(Weight::trainable).mapToLong(Weight::elements).sum();
  }

  private String largest(java.util.function.ToLongFunction<ResolvedLayer> size) {
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

  private List<String> classes() {
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
