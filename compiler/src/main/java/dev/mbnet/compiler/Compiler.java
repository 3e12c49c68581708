package dev.mbnet.compiler;

import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.codegen.JavaWriter;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.pass.Passes;
import dev.mbnet.compiler.plan.Plan;
import dev.mbnet.compiler.plan.Planner;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.VectorPlan;
import dev.mbnet.compiler.plan.VectorPlanner;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.resolve.Resolver;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Texts;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.Parser;
import java.util.ArrayList;
import java.util.List;

/** The whole way from a file to Java, each stage open to whoever wants to look in between. */
public final class Compiler {

  private Compiler() {}

  /**
   * What to compile.
   *
   * @param only the network to take from the file, or null for all
   * @param settings parameters to override, as {@code name=value} for all networks taken, which
   *     must have them, or as {@code Network.name=value} for one
   * @param texts finds what the file imports and its labels
   */
  public record Request(SourceFile source, String only, List<String> settings, Texts texts) {}

  /** The networks of a file that are right, and everything there is to say about the others. */
  public record Checked(List<ResolvedNetwork> networks, List<Diagnostic> diagnostics) {

    public boolean hasErrors() {
      return !errors().isEmpty();
    }

    /** The diagnostics without the warnings. */
    public List<Diagnostic> errors() {
      return diagnostics.stream().filter(Diagnostic::isError).toList();
    }
  }

  /** Reads and checks a file. */
  public static Checked check(Request request) {
    Diagnostics diagnostics = new Diagnostics();
    FileSyntax syntax = Parser.parse(request.source(), diagnostics);
    List<ResolvedNetwork> networks =
        Resolver.resolve(syntax, request.texts(), request.only(), request.settings(), diagnostics);
    return new Checked(networks, diagnostics.sorted());
  }

  /** How a network is computed. */
  public static Plan plan(ResolvedNetwork network) {
    return Planner.plan(Passes.run(Graph.of(network)));
  }

  /** How a network is computed with a processor's vectors. */
  public static VectorPlan planVectors(ResolvedNetwork network, Processor processor) {
    return VectorPlanner.plan(Passes.run(Graph.of(network)), processor);
  }

  /**
   * The Java classes of a network, the one that users name first.
   *
   * @param packageName of all classes; may be empty
   */
  public static List<JavaFile> generate(
      ResolvedNetwork network, String packageName, Backends backends) {
    Graph graph = Passes.run(Graph.of(network));
    List<VectorPlan> vectors = new ArrayList<>();
    if (backends.vector()) {
      for (Processor processor : Processor.values()) {
        vectors.add(VectorPlanner.plan(graph, processor));
      }
    }
    return JavaWriter.write(network, Planner.plan(graph), vectors, packageName);
  }
}
