package dev.mbnet.testing;

import dev.mbnet.cli.NetworkLoader;
import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.runtime.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network from its text to running code, with random weights.
 *
 * @param graph before any pass
 * @param weights by name
 */
public record Compiled(
    Graph graph, Map<String, float[]> weights, NetworkLoader code, Network network) {
  private static final long SEED = 1;

  /** Compiles the only network of {@code text}, which has to be right. */
  public static Compiled of(String text) {
    List<ResolvedNetwork> networks = check(text, List.of()).networks();
    if (networks.size() != 1) {
      throw new IllegalArgumentException(networks.size() + " networks in\n" + text);
    }
    return of(networks.get(0));
  }

  public static Compiled of(ResolvedNetwork network) {
    Graph graph = Graph.of(network);
    return of(network, RandomWeights.of(graph, SEED));
  }

  public static Compiled of(ResolvedNetwork network, Map<String, float[]> weights) {
    Graph graph = Graph.of(network);
    try {
      NetworkLoader code =
          NetworkLoader.compile(Compiler.generate(network, "", Backends.PLAIN_AND_VECTOR));
      Network loaded = code.load(RandomWeights.file(graph, weights));
      return new Compiled(graph, weights, code, loaded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The networks of {@code text}; a mistake in it is an exception. */
  public static Compiler.Checked check(String text, List<String> settings) {
    SourceFile source = new SourceFile("test.mbnet", text);
    return check(new Compiler.Request(source, null, settings, name -> Optional.empty()));
  }

  /** The networks of a file; a mistake in it is an exception. */
  public static Compiler.Checked check(Compiler.Request request) {
    Compiler.Checked checked = Compiler.check(request);
    if (checked.hasErrors()) {
      List<String> mistakes =
          checked.diagnostics().stream()
              .filter(Diagnostic::isError)
              .map(d -> d.code().id() + " " + d.message() + ": " + d.span().text())
              .toList();
      throw new IllegalArgumentException(
          String.join("\n", mistakes) + "\nin\n" + request.source().text());
    }
    return checked;
  }
}
