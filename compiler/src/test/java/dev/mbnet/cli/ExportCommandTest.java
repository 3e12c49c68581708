package dev.mbnet.cli;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.testing.Networks;
import dev.mbnet.testing.RandomWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime loads what is written and tells what it found. */
class ExportCommandTest {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();
  private static final String TWO_NETWORKS =
      """
      /** One number. */
      network Small(c = 3) {
        input image: [6, 4, 3] {
          color = rgb, resize = bilinear(antialias=off), fit = crop(0.5), mean = 0.5, std = 0.25
        }
        stem: conv(k=3, c=c, pad=same, norm=bn(eps=1e-3), act=relu)
        features: conv(k=1, c=4, norm=none, act=hswish)
        gap
        logits: dense(2)
        output logits, features, stem
        labels "words.txt"
      }
      network Wide = Small(c = 5)
      """;

  @TempDir Path folder;
  private CommandLineTester mbnet;

  @BeforeEach
  void files() throws IOException {
    mbnet = new CommandLineTester(folder);
    mbnet.text("net.mbnet", TWO_NETWORKS).text("words.txt", "yes\nno\n");
    mbnet.weights("net.mbnet", "net.safetensors");
  }

  private OrtSession load(String name) throws OrtException {
    return ENVIRONMENT.createSession(mbnet.path(name).toString());
  }

  private static List<String> shapes(Map<String, NodeInfo> values) {
    return values.values().stream()
        .map(v -> v.getName() + " " + Arrays.toString(((TensorInfo) v.getInfo()).getShape()))
        .toList();
  }

  /** The values of each output, all images one after another. */
  private static Map<String, float[]> run(OrtSession session, float[] input, long... dims)
      throws OrtException {
    String name = session.getInputNames().iterator().next();
    try (OnnxTensor tensor = OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(input), dims);
        OrtSession.Result result = session.run(Map.of(name, tensor))) {
      Map<String, float[]> outputs = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
        outputs.put(output.getKey(), new float[values.remaining()]);
        values.get(outputs.get(output.getKey()));
      }
      return outputs;
    }
  }

  @Test
  void aTrainedNetworkGivesTheSameNumbersAfterImportAndExport() throws Exception {
    Path net = Path.of("../samples/text-direction/src/main/mbnet/text_direction.mbnet");
    Path original = mbnet.path("original.onnx");
    try (InputStream in =
        getClass().getResourceAsStream("/models/ch_ppocr_mobile_v2.0_cls_infer.onnx")) {
      Files.copy(in, original);
    }
    String[] take = {"import", "" + net, "--from", "@original.onnx", "-o", "@taken.safetensors"};
    assertEquals(0, mbnet.run(take).exit());
    String[] give = {"export", "" + net, "--weights", "@taken.safetensors", "-o", "@given.onnx"};
    assertEquals("", mbnet.run(give).err());
    float[] input = RandomWeights.input(2 * 3 * 48 * 192, 1);
    try (OrtSession theirs = load("original.onnx");
        OrtSession ours = load("given.onnx")) {
      float[] logits = run(ours, input, 2, 3, 48, 192).get("logits");
      float[] probabilities = run(theirs, input, 2, 3, 48, 192).values().iterator().next();
      assertArrayEquals(probabilities, softmax(logits), 1e-4f);
    }
  }

  private static float[] softmax(float[] pairs) {
    float[] all = new float[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      all[i] = (float) (1 / (1 + Math.exp(pairs[i ^ 1] - pairs[i])));
    }
    return all;
  }

  @Test
  void namesShapesAndWordsOfTheNetworkGoAlong() throws OrtException {
    assertEquals(
        new CommandLineTester.Result(0, "Small, 8 operations: @net.onnx\n", ""),
        mbnet.run("export", "@net.mbnet", "-o", "@net.onnx"));
    try (OrtSession session = load("net.onnx")) {
      assertEquals(List.of("image [-1, 3, 6, 4]"), shapes(session.getInputInfo()));
      assertEquals(
          List.of("logits [-1, 2]", "features [-1, 4, 6, 4]", "stem [-1, 3, 6, 4]"),
          shapes(session.getOutputInfo()));
      assertEquals("mbnet", session.getMetadata().getProducerName());
      assertEquals("Small", session.getMetadata().getGraphName());
      assertEquals("One number.", session.getMetadata().getDescription());
      assertEquals(
          Map.of(
              "labels", "yes\nno",
              "color", "rgb",
              "resize", "bilinear(antialias=off)",
              "fit", "crop(0.5)",
              "mean", "[0.5, 0.5, 0.5]",
              "std", "[0.25, 0.25, 0.25]"),
          session.getMetadata().getCustomMetadata());
    }
  }

  /** Operations and weights that the language does not know have a slash in their names. */
  @ParameterizedTest
  @ValueSource(strings = {"ghostnet", "mobilenet_v2"})
  void layersAndWeightsKeepTheirNames(String sample) throws IOException {
    mbnet.text("net.mbnet", Networks.sample(sample + ".mbnet").orElseThrow());
    mbnet.weights("net.mbnet", "net.safetensors");
    assertEquals("", mbnet.run("export", "@net.mbnet", "-o", "@net.onnx").err());
    GraphProto graph = ModelProto.parseFrom(Files.readAllBytes(mbnet.path("net.onnx"))).getGraph();

    Safetensors weights = Safetensors.read(mbnet.path("net.safetensors"));
    assertEquals(
        weights.names().stream()
            .map(name -> name + Arrays.toString(weights.shape(name)))
            .collect(toSet()),
        graph.getInitializerList().stream()
            .filter(tensor -> !tensor.getName().contains("/"))
            .map(tensor -> tensor.getName() + tensor.getDimsList())
            .collect(toSet()));
    assertEquals(
        Networks.ofSample(sample + ".mbnet").layers().stream()
            .flatMap(layer -> layer.parts().stream().map(part -> layer.path() + part.suffix()))
            .toList(),
        graph.getNodeList().stream()
            .map(NodeProto::getName)
            .filter(name -> !name.contains("/"))
            .toList());
  }

  @Test
  void imagesOfABatchDoNotMix() throws OrtException {
    assertEquals("", mbnet.run("export", "@net.mbnet", "-o", "@net.onnx").err());
    assertImagesDoNotMix();
  }

  @Test
  void norWhereSizesAreInTheFile() throws IOException, OrtException {
    mbnet.text(
        "net.mbnet",
        """
        network Sizes {
          input image: [6, 4, 3]
          default norm = none, pad = valid
          deconv(k=2, c=4, s=2)
          prelu
          upsample(to=[19, 9], mode=bilinear)
          upsample(by=2)
          upsample(to=[45, 40], mode=nearest)
          flatten
          prelu
          gelu
          dense(3)
        }
        """);
    mbnet.weights("net.mbnet", "net.safetensors");
    assertEquals("", mbnet.run("export", "@net.mbnet", "-o", "@net.onnx").err());
    assertImagesDoNotMix();
  }

  private void assertImagesDoNotMix() throws OrtException {
    float[] two = RandomWeights.input(2 * 72, 1);
    try (OrtSession session = load("net.onnx")) {
      Map<String, float[]> both = run(session, two, 2, 3, 6, 4);
      Map<String, float[]> second = run(session, Arrays.copyOfRange(two, 72, 144), 1, 3, 6, 4);
      second.forEach(
          (name, values) -> {
            float[] all = both.get(name);
            assertArrayEquals(
                values, Arrays.copyOfRange(all, all.length / 2, all.length), 1e-5f, name);
          });
    }
  }

  @Test
  void batchesCanBeFixed() throws OrtException {
    mbnet.run("export", "@net.mbnet", "-o", "@net.onnx", "--batch", "4");
    try (OrtSession session = load("net.onnx")) {
      assertEquals(List.of("image [4, 3, 6, 4]"), shapes(session.getInputInfo()));
      assertEquals(4 * 2, run(session, new float[4 * 72], 4, 3, 6, 4).get("logits").length);
    }
    CommandLineTester.Result none =
        mbnet.run("export", "@net.mbnet", "-o", "@none.onnx", "--batch=0");
    assertEquals(2, none.exit());
    assertEquals(
        "--batch takes a number of at least 1", none.err().lines().findFirst().orElseThrow());
  }

  /** Also where a value is read both as a row and as an image. */
  @Test
  void theInputMayBeAnOutput() throws IOException, OrtException {
    mbnet.text(
        "echo.mbnet",
        """
        network Echo {
          input x: [1, 2, 3]
          a: relu
          b: flatten
          gate: sigmoid
          c: conv(k=1, c=6, norm=none)
          d: mul(gate)
          output a, x, b, gate, c, d
        }
        """);
    mbnet.weights("echo.mbnet", "echo.safetensors");
    assertEquals("", mbnet.run("export", "@echo.mbnet", "-o", "@echo.onnx").err());
    try (OrtSession session = load("echo.onnx")) {
      assertEquals(
          List.of(
              "a [-1, 3, 1, 2]",
              "x/1 [-1, 3, 1, 2]",
              "b [-1, 6]",
              "gate [-1, 6]",
              "c [-1, 6]",
              "d [-1, 6]"),
          shapes(session.getOutputInfo()));
      float[] input = {1, -2, 3, 4, -5, 6};
      Map<String, float[]> outputs = run(session, input, 1, 3, 1, 2);
      assertArrayEquals(input, outputs.get("x/1"));
      assertArrayEquals(new float[] {1, 0, 3, 4, 0, 6}, outputs.get("a"));
      assertArrayEquals(new float[] {1, 3, 0, 0, 4, 6}, outputs.get("b"));
      for (int c = 0; c < 6; c++) {
        assertEquals(
            outputs.get("gate")[c] * outputs.get("c")[c], outputs.get("d")[c], 1e-6f, "" + c);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net.mbnet -o @net.onnx --network=Wide"
            + " | mbnet: @net.safetensors: does not fit the network `Wide`:"
            + " 0 missing, 0 surplus, 6 misshapen",
        "net.mbnet -o @net.onnx --network=Width"
            + " | @net.mbnet:1:1: error: the file has no network `Width` [MB4007]",
        "net.mbnet -o @net.onnx --weights=@none.safetensors"
            + " | mbnet: no such file: @none.safetensors",
        "net.mbnet -o @net.onnx --weights=@words.txt"
            + " | mbnet: @words.txt: the header's length takes 8 bytes, 7 are there;"
            + " was the file cut short?",
        "alone.mbnet -o @net.onnx | mbnet: there are no weights for @alone.mbnet",
        "net.mbnet -o @folder | mbnet: @folder is a folder; name the file to write",
        "net.mbnet -o @none/net.onnx" + " | mbnet: there is no folder to write @none/net.onnx into",
        "large.mbnet -o @net.onnx"
            + " | mbnet: the weights of network `Large` take 3,072,192,000 bytes,"
            + " and an ONNX file has room for 2,080,374,783; split the network or make it smaller",
      })
  void mistakesLeaveNothingBehind(String line, String message) throws IOException {
    mbnet.text("alone.mbnet", "network Alone { input x: [4, 4, 3]  gap  dense(2) }");
    mbnet.text(
        "large.mbnet",
        "network Large { input x: [1, 1, 16000]  dense(16000) dense(16000) dense(16000) }");
    mbnet.text("net.onnx", "what was there").text("folder/file", "");
    List<String> before = files(folder);
    CommandLineTester.Result result = mbnet.run(("export @" + line).split(" "));
    assertEquals(1, result.exit());
    assertEquals("", result.out());
    assertEquals(message, result.err().lines().findFirst().orElse(""));
    assertEquals(before, files(folder));
    assertEquals("what was there", Files.readString(mbnet.path("net.onnx")));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }
}
