package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.mbnet.cli.NetworkLoader;
import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.pass.Passes;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.VectorPlan;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Texts;
import dev.mbnet.compiler.summary.PlanSummary;
import dev.mbnet.compiler.summary.PlanTable;
import dev.mbnet.runtime.Backend;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.testing.Expectations;
import dev.mbnet.testing.Interpreter;
import dev.mbnet.testing.Networks;
import dev.mbnet.testing.RandomWeights;
import dev.mbnet.testing.Shortened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Walks the folder {@code golden}: what is generated, what is reported, what is accepted. {@code
 * -Dmbnet.bless=true} rewrites the expectations and still fails.
 */
class GoldenTest {
  private static final Path ROOT = Networks.file("src", "test", "resources", "golden");

  @TestFactory
  Stream<DynamicNode> generate() {
    return Networks.list(ROOT.resolve("generate")).stream()
        .map(idea -> dynamicTest(name(idea), idea.toUri(), () -> generates(new Case(idea))));
  }

  @TestFactory
  Stream<DynamicNode> report() {
    return Networks.list(ROOT.resolve("report")).stream()
        .map(topic -> dynamicContainer(name(topic), topic.toUri(), reports(new Case(topic))));
  }

  @TestFactory
  Stream<DynamicNode> accept() {
    Case all = new Case(ROOT.resolve("accept"));
    Stream<DynamicNode> cases =
        all.sources().map(s -> dynamicTest(name(s), s.toUri(), () -> assertEquals("", all.say(s))));
    return Stream.concat(cases, Stream.of(dynamicTest("no orphans", all::noOrphans)));
  }

  private static Stream<DynamicNode> reports(Case topic) {
    Stream<DynamicNode> cases =
        topic.sources().map(s -> dynamicTest(name(s), s.toUri(), () -> reports(topic, s)));
    return Stream.concat(cases, Stream.of(dynamicTest("no orphans", topic::noOrphans)));
  }

  private static void reports(Case topic, Path source) {
    String said = topic.say(source);
    assertEquals(said, topic.say(source), "twice the same input, twice the same bytes");
    topic.expect(name(source).replace(".mbnet", ".expected"), said);
  }

  private static void generates(Case idea) {
    Path source = idea.folder.resolve("model.mbnet");
    assertEquals("", idea.say(source));
    ResolvedNetwork network = idea.network(source);
    Graph graph = Graph.of(network);
    String graphs =
        "// as written\n" + graph.print() + "\n// after the passes\n" + Passes.run(graph).print();
    List<JavaFile> files = Compiler.generate(network, "golden", Backends.PLAIN_AND_VECTOR);
    List<JavaFile> again =
        Compiler.generate(idea.network(source), "golden", Backends.PLAIN_AND_VECTOR);
    assertEquals(files, again, "twice the same input, twice the same bytes");
    List<JavaFile> shown = new ArrayList<>();
    boolean vectors = idea.shows(name(files.get(1)));
    if (vectors) {
      files.stream().filter(file -> idea.shows(name(file))).forEach(shown::add);
    } else {
      shown.addAll(Compiler.generate(network, "golden", Backends.PLAIN));
    }
    List<Executable> checks = new ArrayList<>();
    checks.add(() -> computes(graph, files));
    checks.add(() -> idea.expect("graph.txt", graphs));
    shown.forEach(file -> checks.add(() -> idea.expect(name(file), file.text())));
    if (vectors) {
      VectorPlan planned = Compiler.planVectors(network, Processor.AVX512);
      String plan = PlanTable.text(PlanSummary.of(network.name(), planned));
      checks.add(() -> idea.expect("plan.txt", plan));
    }
    checks.add(idea::noOrphans);
    assertAll(checks);
  }

  /** The passes and the generated class give the outputs that the operators' definitions give. */
  private static void computes(Graph graph, List<JavaFile> files) throws IOException {
    Map<String, float[]> weights = RandomWeights.of(graph, 1);
    float[] input = RandomWeights.input((int) graph.input().shape().elements(), 2);
    List<double[]> expected = Interpreter.run(graph, weights, input);
    List<double[]> passed = Interpreter.run(Passes.run(graph), weights, input);
    Network network = NetworkLoader.compile(files).load(RandomWeights.file(graph, weights));
    for (int i = 0; i < expected.size(); i++) {
      String name = graph.outputs().get(i).name();
      assertClose(expected.get(i), passed.get(i), 1e-9, name + " after the passes");
    }
    for (Backend backend : List.of(Backend.PLAIN, Backend.VECTOR)) {
      Session session = network.newSession(SessionOptions.defaults().backend(backend));
      session.run(RandomWeights.input(input.length, 3));
      session.run(input);
      for (int i = 0; i < expected.size(); i++) {
        float[] output = session.output(i);
        double[] actual = new double[output.length];
        Arrays.setAll(actual, j -> output[j]);
        String name = graph.outputs().get(i).name() + " by the " + backend + " backend";
        assertClose(expected.get(i), actual, 1e-4, name);
      }
    }
  }

  private static void assertClose(double[] expected, double[] actual, double part, String name) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], part * largest, name + " at " + i);
    }
  }

  private static String name(JavaFile file) {
    return name(Path.of(file.path()));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** A folder of inputs and expectations; every file in it must be asked for. */
  private static final class Case implements Texts {
    final Path folder;
    private final Set<Path> asked = new TreeSet<>();

    Case(Path folder) {
      this.folder = folder;
    }

    Stream<Path> sources() {
      return Networks.list(folder).stream().filter(file -> name(file).endsWith(".mbnet"));
    }

    String say(Path source) {
      return Renderer.render(check(source).diagnostics());
    }

    ResolvedNetwork network(Path source) {
      return check(source).networks().get(0);
    }

    private Compiler.Checked check(Path source) {
      asked.add(source);
      SourceFile file = new SourceFile(name(source), Shortened.expand(Networks.read(source)));
      return Compiler.check(new Compiler.Request(file, null, List.of(), this));
    }

    /** A file of the folder, or of a sample. */
    @Override
    public Optional<String> beside(String name) {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) {
        return Networks.sample(name);
      }
      asked.add(file);
      return Optional.of(Networks.read(file));
    }

    @Override
    public List<String> list(String name) {
      Path named = folder.resolve(name);
      return (Files.isDirectory(named) ? Networks.list(named) : List.<Path>of())
          .stream().map(GoldenTest::name).filter(file -> file.endsWith(".txt")).toList();
    }

    void expect(String name, String actual) {
      Path file = folder.resolve(name);
      asked.add(file);
      Expectations.expect(file, actual);
    }

    /**
     * Whether there is a file. Some cases show code with vectors and its plan, too; an empty file,
     * blessed, is the beginning.
     */
    boolean shows(String name) {
      return Files.exists(folder.resolve(name));
    }

    void noOrphans() {
      assertAll(
          Networks.list(folder).stream()
              .filter(file -> Files.isRegularFile(file) && !asked.contains(file) && !hasCase(file))
              .map(file -> (Executable) () -> Expectations.orphan(file)));
    }

    /** Whether a file is the expectation of a case that failed before it asked. */
    private boolean hasCase(Path file) {
      String name = name(file);
      return name.endsWith(".expected")
          && Files.exists(folder.resolve(name.replace(".expected", ".mbnet")));
    }
  }
}
