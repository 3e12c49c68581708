package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mbnet.compiler.export.OnnxModel;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.testing.Compiled;
import dev.mbnet.testing.RandomWeights;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String TEXT =
      """
      network Small {
        input x: [4, 4, 2]
        stem: conv(k=1, c=3, norm=bn(eps=1e-3), act=relu)
        gap
        logits: dense(2)
      }
      """;

  @TempDir Path folder;
  private Path net;
  private Path model;
  private Path weights;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeFiles() throws IOException {
    net = Files.writeString(folder.resolve("small.mbnet"), TEXT);
    model = folder.resolve("small.onnx");
    weights = folder.resolve("small.safetensors");
    Graph graph = Graph.of(Compiled.check(TEXT, List.of()).networks().get(0));
    Files.write(model, OnnxModel.of(graph, RandomWeights.of(graph, 1), 1).bytes());
  }

  private int run(String... more) {
    List<String> args =
        new java.util.ArrayList<>(
            List.of("import", "" + net, "--from", "" + model, "-o", "" + weights));
    args.addAll(List.of(more));
    return Main.execute(
        args.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
  }

  @Test
  void writesWeightsAndSaysHowMany() throws IOException {
    assertEquals(0, run(), err::toString);
    assertEquals("2 layers, 26 values: " + weights + System.lineSeparator(), out.toString());
    assertEquals(
        Set.of(
            "stem.weight",
            "stem.bn.weight",
            "stem.bn.bias",
            "stem.bn.running_mean",
            "stem.bn.running_var",
            "logits.weight",
            "logits.bias"),
        Set.copyOf(Safetensors.read(weights).names()));
  }

  @Test
  void verboseNamesEachLayer() {
    assertEquals(0, run("--verbose"), err::toString);
    assertEquals(
        """
        stem    <-  stem.weight [3, 2, 1, 1] + batch norm stem.bn
        logits  <-  logits.weight [2, 3] + bias logits.bias
        2 layers, 26 values: %s
        """
            .formatted(weights),
        out.toString().replace("\r\n", "\n"));
  }

  @Test
  void aFileThatDoesNotFitLeavesNothingBehind() throws IOException {
    Files.writeString(net, TEXT.replace("1e-3", "1e-5").replace("dense(2)", "dense(3)"));
    assertEquals(1, run());
    assertEquals(
        "mbnet: %s: the network has a dense layer `logits` [3, 3]; in its place the file has"
                .formatted(model)
            + " a dense layer `logits` [2, 3] (tensor `logits.weight`)\n",
        err.toString().replace("\r\n", "\n"));
    Files.writeString(model, "no model");
    err.getBuffer().setLength(0);
    assertEquals(1, run());
    assertEquals(
        "mbnet: "
            + model
            + ": it is not an ONNX file, a LiteRT file or a TensorFlow.js model.json, or it was cut"
            + " short\n",
        err.toString().replace("\r\n", "\n"));
    assertFalse(Files.exists(weights));
    assertEquals("", out.toString());
  }

  private static final String TFJS =
      """
      {"modelTopology":{"class_name":"Sequential","config":[
        {"class_name":"Conv2D","config":{"name":"c","activation":"relu"}},
        {"class_name":"GlobalAveragePooling2D","config":{"name":"g"}},
        {"class_name":"Dense","config":{"name":"d"}}]},
       "weightsManifest":[{"paths":["shards/1.bin","2.bin"],"weights":[
        {"name":"c/kernel","shape":[1,1,2,3],"dtype":"float32"},
        {"name":"c/bias","shape":[3],"dtype":"float32"},
        {"name":"d/kernel","shape":[3,2],"dtype":"float32"},
        {"name":"d/bias","shape":[2],"dtype":"float32"}]}]}
      """;

  @Test
  void filesBesideTheModelBelongToIt() throws IOException {
    Files.writeString(net, TEXT.replace("bn(eps=1e-3)", "none"));
    Files.writeString(model, TFJS);
    Files.write(Files.createDirectories(folder.resolve("shards")).resolve("1.bin"), new byte[50]);
    assertEquals(1, run());
    String missing = ": there is no file `2.bin` beside it, which holds its weights\n";
    assertEquals("mbnet: " + model + missing, err.toString().replace("\r\n", "\n"));
    assertFalse(Files.exists(weights));
    Files.write(folder.resolve("2.bin"), new byte[18]);
    assertEquals(0, run());
    assertEquals("2 layers, 17 values: " + weights + System.lineSeparator(), out.toString());
  }

  @Test
  void modelsThatAreNone() throws IOException {
    Files.delete(model);
    assertEquals(1, run());
    assertEquals("mbnet: no such file: " + model + System.lineSeparator(), err.toString());
    err.getBuffer().setLength(0);
    Files.createDirectory(model);
    assertEquals(1, run());
    assertEquals(
        "mbnet: " + model + " is a folder; name a model file" + System.lineSeparator(),
        err.toString());
    assertFalse(Files.exists(weights));
  }

  @Test
  void refusesAnOutputThatIsNoFileBeforeItReads() throws IOException {
    Files.writeString(model, "no model");
    Files.createDirectory(weights);
    assertEquals(1, run());
    assertEquals(
        "mbnet: " + weights + " is a folder; name the file to write" + System.lineSeparator(),
        err.toString());
  }
}
