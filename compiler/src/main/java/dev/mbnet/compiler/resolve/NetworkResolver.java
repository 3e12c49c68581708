package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import dev.mbnet.compiler.syntax.Name;
import dev.mbnet.compiler.syntax.Reference;
import dev.mbnet.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Resolves one network. */
final class NetworkResolver {
  private final Library library;
  private final NetworkRules rules;
  private final Reporter reporter;
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
    this.reporter = reporter;
    this.walker = new StackWalker(library, layers, reporter);
    this.rules = new NetworkRules(layers, neighbours, reporter);
  }

  /** The network, complete or not; what is wrong has been reported. */
  ResolvedNetwork resolve(NetworkSyntax network, Map<String, Value> overrides) {
    reporter.enter(network);
    Derivation derivation = new Derivation(library, reporter);
    Derivation.Root found = derivation.root(network, overrides);
    if (found == null) {
      return null;
    }
    NetworkSyntax root = found.network();
    Frame frame = found.frame();
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
        rules.classes(labelStatement, outputs));
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
      Name label = statement.label();
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
    if (complete && !reporter.hasErrors()) {
      rules.unreached(outputs);
      rules.deadSettings(frame);
    }
    rules.budgets(budgets, complete && !reporter.hasErrors(), frame);
  }
}
