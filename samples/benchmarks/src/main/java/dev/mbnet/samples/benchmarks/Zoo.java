package dev.mbnet.samples.benchmarks;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.runtime.SafetensorsWriter;
import dev.mbnet.testing.RandomWeights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Networks with random weights, which are made once and kept.
 *
 * @param files the folder of {@code .mbnet} files
 * @param kept the folder for weights
 */
record Zoo(Path files, Path kept) {
  /** The networks that are timed unless others are named, with their names in print. */
  static final List<String> NETWORKS =
      List.of(
          "MobileNetV1", "MobileNetV2", "MobileNetV3Large", "MobileNetV3Small", "EfficientNetB0");

  private static final long SEED = 1;

  /** The zoo beside {@code home}, the folder of the benchmarks. */
  static Zoo at(Path home) {
    return new Zoo(
        home.resolve(Path.of("..", "zoo", "src", "main", "mbnet")),
        home.resolve(Path.of("target", "weights")));
  }

  /** A network of the zoo. */
  Subject subject(String name) throws IOException {
    ResolvedNetwork network = network(name);
    Graph graph = Graph.of(network);
    Path file = kept.resolve(name + "-" + digest(graph) + ".safetensors");
    if (!Files.exists(file)) {
      Map<String, float[]> weights = RandomWeights.of(graph, SEED);
      Calibration.scale(graph, weights);
      Files.createDirectories(kept);
      write(graph, weights, file);
    }
    Safetensors read = Safetensors.read(file);
    Map<String, float[]> weights = new TreeMap<>();
    read.names().forEach(tensor -> weights.put(tensor, read.floats(tensor)));
    return new Subject(network, graph, weights);
  }

  ResolvedNetwork network(String name) throws IOException {
    for (Path file : list()) {
      String text = Files.readString(file);
      if (text.lines().anyMatch(line -> line.matches("network " + name + "\\b.*"))) {
        SourceFile source = new SourceFile(file.getFileName().toString(), text);
        Compiler.Checked checked =
            Compiler.check(
                new Compiler.Request(source, name, List.of(), beside -> Optional.empty()));
        if (checked.hasErrors()) {
          throw new IllegalArgumentException(Renderer.render(checked.diagnostics()));
        }
        return checked.networks().get(0);
      }
    }
    throw new IllegalArgumentException("no network of the zoo is named " + name);
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      return all.filter(file -> file.toString().endsWith(".mbnet")).sorted().toList();
    }
  }

  /** Writes tensors in the graph's order. */
  static void write(Graph graph, Map<String, float[]> weights, Path file) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    graph.nodes().stream()
        .flatMap(node -> node.weights().stream())
        .forEach(
            weight ->
                writer.add(
                    weight.name(),
                    weight.dims().stream().mapToInt(Integer::intValue).toArray(),
                    weights.get(weight.name())));
    writer.write(file);
  }

  private static String digest(Graph graph) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(graph.print().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
