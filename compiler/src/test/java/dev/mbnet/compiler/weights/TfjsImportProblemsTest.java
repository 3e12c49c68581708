package dev.mbnet.compiler.weights;

import static dev.mbnet.compiler.weights.Tfjs.layer;
import static dev.mbnet.compiler.weights.Tfjs.node;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Everything that a person is told about a TensorFlow.js model that cannot be taken. */
class TfjsImportProblemsTest {
  private static final String TEXT = "network N { input x: [1, 1, 3]  d: dense(1, bias=off) }";
  private static final String DENSE = layer("Dense", "d", "\"use_bias\":false");

  private static Tfjs weights() {
    return new Tfjs().counting("d/kernel", 3, 1);
  }

  private static void assertProblems(String json, Map<String, byte[]> files, String... problems) {
    Imports.assertProblems(TEXT, json.getBytes(UTF_8), files, problems);
  }

  private static String valid() {
    return new String(weights().sequence(DENSE), UTF_8);
  }

  @Test
  void noSuchModel() {
    String damaged = "it begins as JSON and is none, or was cut short";
    String cut = valid().substring(0, 40);
    assertProblems(cut, Map.of(), damaged + ", in `modelTopology.model_config`");
    assertProblems("{} {}", Map.of(), damaged);
    assertProblems("{'a':1}", Map.of(), damaged);
    String none =
        "it is JSON, but no TensorFlow.js model: that has a `modelTopology` and a `weightsManifest`";
    assertProblems("{\"modelTopology\":null}", Map.of(), none);
    assertProblems("{\"modelTopology\":{}, \"weightsManifest\":{}}", Map.of(), none);
    String deep = "{\"modelTopology\":" + "[".repeat(100_000);
    assertProblems(deep, Map.of(), damaged + ", in `modelTopology" + "[0]".repeat(35) + "[0...`");
  }

  @Test
  void fieldsOfAnotherKind() {
    Map<String, byte[]> files = weights().files();
    assertProblems(
        valid().replace("[3, 1]", "\"3\""),
        files,
        "its `weightsManifest[0].weights[0].shape` is not a list");
    assertProblems(
        valid().replace("[3, 1]", "[3, 1.5]"),
        files,
        "its `weightsManifest[0].weights[0].shape[1]` is not a whole number");
    assertProblems(
        valid().replace("\"paths\":", "\"path\":"),
        files,
        "its `weightsManifest[0].paths` is missing; it should be a list");
    assertProblems(
        valid().replace("\"use_bias\":false", "\"use_bias\":\"no\""),
        files,
        "its `modelTopology.model_config.config.layers[0].config.use_bias` is not true or false");
    assertProblems(
        valid().replace("\"Sequential\"", "\"Subclassed\""),
        files,
        "its model is a `Subclassed`; a `Sequential`, `Functional` or `Model` is read");
  }

  @Test
  void filesOfWeights() {
    byte[] bytes = weights().files().get("w.bin");
    assertProblems(
        valid(), Map.of(), "there is no file `w.bin` beside it, which holds its weights");
    assertProblems(
        valid(),
        Map.of("w.bin", Arrays.copyOf(bytes, 11)),
        "its weights have 12 bytes by their sizes, and the files hold 11: `w.bin`");
    assertProblems(
        valid(),
        Map.of("w.bin", Arrays.copyOf(bytes, 13)),
        "its weights have 12 bytes by their sizes, and the files hold more: `w.bin`");
  }

  /** A model names files in its own folder; no others are even asked for. */
  @Test
  void filesElsewhere() {
    for (String path :
        List.of("../w.bin", "/w.bin", "a/../../w.bin", "..", "C:w.bin", "a\\\\w.bin", "")) {
      String shown = path.replace("\\\\", "\\");
      assertProblems(
          valid().replace("\"w.bin\"", "\"" + path + "\""),
          Map.of(shown, new byte[12]),
          "there is no file `" + shown + "` beside it, which holds its weights");
    }
  }

  @Test
  void weightsThatCannotBe() {
    Map<String, byte[]> files = weights().files();
    String limit = "; all weights together may have 1073741824 bytes";
    assertProblems(
        valid().replace("[3, 1]", "[2684354560, 1]"),
        files,
        "the weights `d/kernel` claim the sizes [2684354560, 1]" + limit);
    assertProblems(
        valid().replace("[3, 1]", "[-3, -1]"),
        files,
        "the weights `d/kernel` claim the sizes [-3, -1]" + limit);
    assertProblems(
        valid().replace("[3, 1]", "[30000, 30000]"),
        files,
        "the weights `d/kernel` claim the sizes [30000, 30000]" + limit);
    String readable =
        "; what can be read is float32, int32 and bool, also stored as uint8, uint16 or float16";
    assertProblems(
        valid().replace("float32", "complex64"),
        files,
        "the weights `d/kernel` are of type `complex64`" + readable);
    assertProblems(
        valid().replace("\"float32\"", "\"float32\",\"quantization\":{\"dtype\":\"int4\"}"),
        files,
        "the weights `d/kernel` are of type `float32`, stored as `int4`" + readable);
    assertProblems(
        valid()
            .replace(
                "\"float32\"",
                "\"float32\",\"quantization\":{\"dtype\":\"uint8\",\"scale\":1e999,\"min\":0}"),
        files,
        "its `weightsManifest[0].weights[0].quantization.scale` is not a number");
    String twice = new String(weights().counting("d/kernel", 1).sequence(DENSE), UTF_8);
    assertProblems(twice, files, "it lists the weights `d/kernel` twice");
  }

  @Test
  void layersThatCannotBeRead() {
    Map<String, byte[]> files = weights().files();
    assertProblems(
        valid().replace("\"d/kernel\"", "\"e/kernel\""),
        files,
        "the `Dense` `d` has no weights: the manifest lists no `d/kernel`");
    assertProblems(
        valid().replace("\"use_bias\":false", "\"use_bias\":true"),
        files,
        "the `Dense` `d` has no bias: the manifest lists no `d/bias`");
    assertProblems(
        valid().replace("[3, 1]", "[3]"), files, "the `Dense` `d` has weights [3], not [in, out]");
    assertProblems(
        valid().replace("\"Dense\"", "\"Conv2D\""),
        files,
        "the `Conv2D` `d` has weights [3, 1], not [h, w, in, out]");
    assertProblems(
        valid().replace("\"Dense\"", "\"LSTM\""),
        files,
        "the network has a dense layer `d` [1, 3]; in its place the file has an operation `LSTM`"
            + " `d` [3, 1] (tensor `d/kernel`)");
    Tfjs convolution = new Tfjs().counting("c/kernel", 1, 1, 3, 1);
    String conv = layer("Conv2D", "c", "\"use_bias\":false,\"data_format\":\"channels_first\"");
    Imports.assertProblems(
        TEXT,
        convolution.sequence(conv),
        convolution.files(),
        "the `Conv2D` `c` has data_format `channels_first`; only `channels_last` is read");
    conv = layer("Conv2D", "c", "\"use_bias\":false,\"padding\":\"causal\",\"strides\":[0,1]");
    Imports.assertProblems(
        TEXT,
        convolution.sequence(conv),
        convolution.files(),
        "the `Conv2D` `c` has strides [0, 1], dilations [1, 1] and padding `CAUSAL`, which make no"
            + " window over a picture");
  }

  @Test
  void circles() {
    Tfjs file = weights();
    String input = layer("InputLayer", "x", "", new String[0]);
    Imports.assertProblems(
        TEXT,
        file.functional("y", input, layer("Add", "a", "", "x", "y"), layer("Dense", "y", "", "a")),
        file.files(),
        "its operations read each other in a circle: `y` reads `a` reads `y`");
    Imports.assertProblems(
        TEXT,
        file.graph(
            node("Placeholder", "x", List.of()),
            node("Merge", "m", List.of("x", "n")),
            node("NextIteration", "n", List.of("m"))),
        file.files(),
        "its operations read each other in a circle: `m` reads `n` reads `m`");
  }

  @Test
  void linksThatLeadNowhere() {
    Tfjs file = weights();
    String input = layer("InputLayer", "x", "", new String[0]);
    Imports.assertProblems(
        TEXT,
        file.functional("d", input, layer("Dense", "d", "\"use_bias\":false", "lost")),
        file.files(),
        "no layer of it makes `lost`, which it reads");
    Imports.assertProblems(
        TEXT,
        file.graph(node("MatMul", "y", List.of("lost", "d/kernel"))),
        file.files(),
        "`y` reads `lost`, which nothing computes");
    Imports.assertProblems(
        TEXT,
        file.graph(
            node("Placeholder", "x", List.of()),
            node("Const", "w", List.of()),
            node("MatMul", "y", List.of("x", "w"))),
        file.files(),
        "the `Const` `w` is not among the weights that the manifest lists");
    Imports.assertProblems(
        TEXT,
        file.graph(
            node("Placeholder", "x", List.of()),
            node("Relu", "r", List.of("x")),
            node("MatMul", "y", List.of("x", "r"))),
        file.files(),
        "the weights of the `MatMul` `y` are computed by the `Relu` `r`, not stored in it; only"
            + " stored tensors can be taken");
  }

  @Test
  void operationsThatChoose() {
    Tfjs file = weights();
    Imports.assertProblems(
        TEXT,
        file.graph(
            node("Placeholder", "x", List.of()),
            node("If", "y", List.of("x"), "\"then_branch\":{\"func\":{\"name\":\"f\"}}")),
        file.files(),
        "the file's operation `y` is an `If`, which chooses at run time what is computed; export"
            + " the model without it");
  }

  /** A model that calls itself twice at each of many levels would have billions of layers. */
  @Test
  void modelsThatGrow() {
    String body = layer("ReLU", "r", "", "x");
    String output = "r";
    for (int i = 0; i < 24; i++) {
      String inner =
          Tfjs.functionalModel(output, layer("InputLayer", "x", "", new String[0]), body);
      output = "m" + i;
      body =
          inner.substring(0, inner.length() - 1)
              + ",\"name\":\"%s\",\"inbound_nodes\":[[[\"x\",0,0]],[[\"x\",0,0]]]}"
                  .formatted(output);
    }
    Tfjs file = weights();
    Imports.assertProblems(
        TEXT,
        file.functional(output, layer("InputLayer", "x", "", new String[0]), body),
        file.files(),
        "its model has more than 100000 layers");
  }

  /** Whatever is damaged, there is an answer and no exception. */
  @Test
  void damagedModels() {
    Tfjs file = new Tfjs().counting("w", 1, 1, 3, 1);
    byte[] graph =
        file.graph(
            node("Placeholder", "x", List.of()),
            node(
                "Conv2D",
                "y",
                List.of("x", "w"),
                Tfjs.wholesOf("strides", 1, 1, 1, 1),
                Tfjs.word("padding", "SAME")));
    Map<byte[], Map<String, byte[]>> models = new HashMap<>();
    models.put(graph, file.files());
    models.put(weights().sequence(DENSE), weights().files());
    Random random = new Random(1);
    ResolvedNetwork network = Imports.network(TEXT);
    models.forEach(
        (model, files) -> {
          for (int i = 0; i < 2000; i++) {
            byte[] damaged = model.clone();
            damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(95));
            Imports.assertReadable(Imports.read(network, damaged, files));
          }
        });
  }
}
