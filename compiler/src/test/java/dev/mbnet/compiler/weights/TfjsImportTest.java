package dev.mbnet.compiler.weights;

import static dev.mbnet.compiler.weights.Imports.assertTensor;
import static dev.mbnet.compiler.weights.Tfjs.layer;
import static dev.mbnet.compiler.weights.Tfjs.node;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ways in which TensorFlow.js models write the same layers. */
class TfjsImportTest {
  private static final String CONV = "\"use_bias\":false,\"padding\":\"same\",\"strides\":[1,1]";

  @Test
  void layoutsOfKerasLayers() {
    Tfjs file =
        new Tfjs()
            .counting("a/kernel", 2, 1, 2, 3)
            .counting("a/bias", 3)
            .counting("b/depthwise_kernel", 1, 2, 3, 2)
            .counting("d/kernel", 6, 2)
            .counting("d/bias", 2);
    byte[] model =
        file.sequence(
            layer("Conv2D", "a", "\"padding\":\"same\",\"strides\":2"),
            layer("DepthwiseConv2D", "b", "\"use_bias\":false,\"padding\":\"valid\""),
            layer("GlobalAveragePooling2D", "g", ""),
            layer("Dense", "d", "\"activation\":\"softmax\""));
    String text =
        """
        network N {
          input x: [4, 4, 2]
          default norm = none, act = none
          a: conv(k=[2, 1], c=3, s=2, pad=same)
          b: dwconv(k=[1, 2], m=2, bias=off, pad=valid)
          gap
          d: dense(2)
          softmax
        }
        """;
    Map<String, Tensor> tensors = Imports.tensors(text, model, file.files());
    assertTensor(
        tensors.get("a.weight"), List.of(3, 2, 2, 1), 1, 7, 4, 10, 2, 8, 5, 11, 3, 9, 6, 12);
    assertTensor(tensors.get("a.bias"), List.of(3), 1, 2, 3);
    assertTensor(
        tensors.get("b.weight"), List.of(6, 1, 1, 2), 1, 7, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12);
    assertTensor(tensors.get("d.weight"), List.of(2, 6), 1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12);
  }

  /** Rows of the matrix come in the order of our {@code flatten} already. */
  @Test
  void flattenedPicturesStayInOrder() {
    Tfjs file = new Tfjs().counting("d/kernel", 4, 1);
    byte[] model =
        file.sequence(layer("Flatten", "f", ""), layer("Dense", "d", "\"use_bias\":false"));
    String text = "network N { input x: [1, 2, 2]  flatten  d: dense(1, bias=off) }";
    Tensor weight = Imports.tensors(text, model, file.files()).get("d.weight");
    assertTensor(weight, List.of(1, 4), 1, 2, 3, 4);
  }

  @Test
  void packedNumbersAreWhatTheyStandFor() {
    String affine = "\"dtype\":\"%s\",\"scale\":0.1,\"min\":-1.5";
    Tfjs file =
        new Tfjs()
            .packed(
                "a/kernel", "float32", affine.formatted("uint8"), new byte[] {0, -1}, 1, 1, 1, 2)
            .packed("a/bias", "float32", affine.formatted("uint16"), new byte[] {1, 0, 0, -1}, 2)
            .packed(
                "d/kernel", "float32", "\"dtype\":\"float16\"", new byte[] {0, 0x3c, 0, -64}, 2, 1);
    byte[] model =
        file.sequence(
            layer("Conv2D", "a", ""),
            layer("GlobalAveragePooling2D", "g", ""),
            layer("Dense", "d", "\"use_bias\":false"));
    String text =
        "network N { input x: [2, 2, 1]  a: conv(k=1, c=2, norm=none, act=none)  gap"
            + "  d: dense(1, bias=off) }";
    Map<String, Tensor> tensors = Imports.tensors(text, model, file.files());
    assertTensor(tensors.get("a.weight"), List.of(2, 1, 1, 1), -1.5f, (float) (255 * 0.1 - 1.5));
    float last = (float) (0xff00 * 0.1 - 1.5);
    assertTensor(tensors.get("a.bias"), List.of(2), (float) (0.1 - 1.5), last);
    assertTensor(tensors.get("d.weight"), List.of(1, 2), 1, -2);
  }

  /** A tensor may begin in one file and end in the next, which may stand in a folder. */
  @Test
  void weightsInSeveralFiles() {
    Tfjs file = new Tfjs().counting("d/kernel", 3, 1);
    String json =
        new String(
            file.sequence(layer("Dense", "d", "\"use_bias\":false")), StandardCharsets.UTF_8);
    byte[] model =
        json.replace("\"w.bin\"", "\"a.bin\",\"b/c.bin\"").getBytes(StandardCharsets.UTF_8);
    byte[] bytes = file.files().get("w.bin");
    Map<String, byte[]> files =
        Map.of("a.bin", Arrays.copyOf(bytes, 7), "b/c.bin", Arrays.copyOfRange(bytes, 7, 12));
    String text = "network N { input x: [1, 1, 3]  d: dense(1, bias=off) }";
    Tensor weight = Imports.tensors(text, model, files).get("d.weight");
    assertTensor(weight, List.of(1, 3), 1, 2, 3);
  }

  @Test
  void normsWithAndWithoutScale() {
    Tfjs file =
        new Tfjs()
            .counting("a/kernel", 1, 1, 1, 2)
            .counting("n/gamma", 2)
            .counting("n/beta", 2)
            .counting("n/moving_mean", 2)
            .counting("n/moving_variance", 2)
            .counting("m/moving_mean", 2)
            .counting("m/moving_variance", 2);
    byte[] model =
        file.sequence(
            layer("Conv2D", "a", CONV),
            layer("BatchNormalization", "n", "\"epsilon\":0.01"),
            layer("ReLU", "r", ""),
            layer("BatchNormalization", "m", "\"scale\":false,\"center\":false"));
    String text =
        "network N { input x: [2, 2, 1]  a: conv(k=1, c=2, norm=bn(eps=0.01), act=relu)"
            + "  m: bn(eps=1e-3) }";
    Map<String, Tensor> tensors = Imports.tensors(text, model, file.files());
    assertTensor(tensors.get("a.bn.running_var"), List.of(2), 1, 2);
    assertTensor(tensors.get("m.weight"), List.of(2), 1, 1);
    assertTensor(tensors.get("m.bias"), List.of(2), 0, 0);
    assertTensor(tensors.get("m.running_mean"), List.of(2), 1, 2);
  }

  @Test
  void paddingOfItsOwnAndSeparableConvolutions() {
    Tfjs file =
        new Tfjs()
            .counting("s/depthwise_kernel", 3, 3, 1, 1)
            .counting("s/pointwise_kernel", 1, 1, 1, 2)
            .counting("s/bias", 2);
    byte[] model =
        file.sequence(
            layer("ZeroPadding2D", "p", "\"padding\":[[0,1],[0,1]]"),
            layer("SeparableConv2D", "s", "\"strides\":[2,2],\"padding\":\"valid\""));
    String text =
        "network N { input x: [4, 4, 1]  default norm = none, act = none"
            + "  a: dwconv(k=3, s=2, pad=same, bias=off)  b: conv(k=1, c=2) }";
    Map<String, Tensor> tensors = Imports.tensors(text, model, file.files());
    assertTensor(tensors.get("a.weight"), List.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertTensor(tensors.get("b.weight"), List.of(2, 1, 1, 1), 1, 2);
  }

  /** Keras sorts the layers of branches by their depth, and models can be layers of models. */
  @Test
  void branchesAndModelsInside() {
    Tfjs file =
        new Tfjs()
            .floats("p/kernel", new float[] {1}, 1, 1, 1, 1)
            .floats("q/kernel", new float[] {2}, 1, 1, 1, 1)
            .floats("r/kernel", new float[] {3}, 1, 1, 1, 1);
    String inner =
        Tfjs.functionalModel(
            "q",
            layer("InputLayer", "x", "", new String[0]),
            layer("Conv2D", "p", CONV, "x"),
            layer("Conv2D", "q", CONV, "p"));
    String nested =
        inner.substring(0, inner.length() - 1)
            + ",\"name\":\"body\",\"inbound_nodes\":[[[\"x\",0,0,{}]]]}";
    byte[] model =
        file.functional(
            "y",
            layer("InputLayer", "x", "", new String[0]),
            layer("Conv2D", "r", CONV, "x"),
            nested,
            layer("Add", "y", "", "r", "body"));
    String text =
        "network N { input x: [2, 2, 1]  default norm = none, act = none"
            + "  residual { a: conv(k=1, c=1, bias=off)  b: conv(k=1, c=1, bias=off) }"
            + "  shortcut { c: conv(k=1, c=1, bias=off) } }";
    Map<String, Tensor> tensors = Imports.tensors(text, model, file.files());
    assertEquals(3, tensors.size());
    tensors.forEach(
        (name, tensor) -> {
          float value = name.contains("a.") ? 1 : name.contains("b.") ? 2 : 3;
          assertArrayEquals(new float[] {value}, tensor.values(), name);
        });
  }

  private static final String[] SLIDE = {
    Tfjs.wholesOf("strides", 1, 2, 2, 1), Tfjs.word("padding", "SAME")
  };

  /** Operations may stand in any order, and have what follows them inside. */
  @Test
  void graphs() {
    Tfjs file =
        new Tfjs()
            .counting("w", 3, 3, 1, 2)
            .counting("b", 2)
            .counting("v", 3, 3, 2, 1)
            .counting("scale", 2)
            .counting("shift", 2)
            .counting("mean", 2)
            .counting("variance", 2)
            .wholes("sides", 0, 0, 1, 1, 1, 1, 0, 0)
            .counting("m", 2, 3)
            .counting("c", 3)
            .wholes("axes", 1, 2);
    String[] fused = {
      SLIDE[0], SLIDE[1], Tfjs.words("fused_ops", "BiasAdd", "Relu6"), "\"num_args\":{\"i\":\"1\"}"
    };
    byte[] model =
        file.graph(
            node("Placeholder", "x", List.of()),
            node("BiasAdd", "y", List.of("z", "c", "^x")),
            node("_FusedConv2D", "conv", List.of("x", "w", "b"), fused),
            node(
                "FusedBatchNormV3",
                "norm",
                List.of("depthwise", "scale", "shift", "mean", "variance"),
                "\"epsilon\":{\"f\":0.001}"),
            node("MatMul", "z", List.of("pool", "m")),
            node("Pad", "pad", List.of("conv", "sides")),
            node(
                "DepthwiseConv2dNative",
                "depthwise",
                List.of("pad", "v"),
                Tfjs.wholesOf("strides", 1, 1, 1, 1),
                Tfjs.word("padding", "VALID")),
            node("Mean", "pool", List.of("norm:0", "axes")),
            node("Const", "w", List.of()));
    // The model's own names of weights need no operations.
    String text =
        """
        network N {
          input x: [4, 4, 1]
          default act = none
          a: conv(k=3, c=2, s=2, pad=same, norm=none, act=relu6)
          b: dwconv(k=3, pad=symmetric, norm=bn(eps=1e-3))
          gap
          d: dense(3)
        }
        """;
    Map<String, Tensor> tensors = Imports.tensors(text, model, file.files());
    assertTensor(tensors.get("a.bias"), List.of(2), 1, 2);
    assertTensor(tensors.get("d.bias"), List.of(3), 1, 2, 3);
    assertEquals(1, tensors.get("a.weight").values()[0]);
    assertEquals(2, tensors.get("a.weight").values()[9]);
    assertTensor(tensors.get("b.bn.running_var"), List.of(2), 1, 2);
    assertTensor(tensors.get("d.weight"), List.of(3, 2), 1, 4, 2, 5, 3, 6);
  }

  /** A sum after a fused activation is no bias of the convolution before it. */
  @Test
  void whatFollowsAnActivationIsNotFolded() {
    Tfjs file = new Tfjs().counting("w", 1, 1, 1, 2).counting("b", 2);
    byte[] model =
        file.graph(
            node("Placeholder", "x", List.of()),
            node(
                "_FusedConv2D",
                "c",
                List.of("x", "w"),
                SLIDE[0],
                SLIDE[1],
                Tfjs.words("fused_ops", "Relu")),
            node("AddV2", "y", List.of("c", "b")));
    Imports.assertProblems(
        "network N { input x: [4, 4, 1]  a: conv(k=1, c=2, s=2, norm=none) }",
        model,
        file.files(),
        "the file has an operation `AddV2` `y` [2] (tensor `b`) that the network does not have,"
            + " after `a`");
  }

  private static final String DECONV =
      "network N { input x: [3, 4, 1]  default norm = none, act = none"
          + "  a: deconv(k=3, c=2, s=2, pad=%s, bias=off)  p: prelu }";

  @Test
  void transposedConvolutionsAndSlopes() {
    Tfjs file = new Tfjs().counting("a/kernel", 3, 3, 2, 1).counting("p/alpha", 1, 1, 2);
    byte[] keras =
        file.sequence(
            layer(
                "Conv2DTranspose",
                "a",
                "\"use_bias\":false,\"strides\":[2,2],\"padding\":\"same\""),
            layer("PReLU", "p", "\"shared_axes\":[1,2]"));
    Map<String, Tensor> tensors = Imports.tensors(DECONV.formatted("same"), keras, file.files());
    assertTensor(
        tensors.get("a.weight"),
        List.of(1, 2, 3, 3),
        1,
        3,
        5,
        7,
        9,
        11,
        13,
        15,
        17,
        2,
        4,
        6,
        8,
        10,
        12,
        14,
        16,
        18);
    assertTensor(tensors.get("p.weight"), List.of(2), 1, 2);
  }

  @Test
  void gradientsOfConvolutions() {
    Tfjs file =
        new Tfjs()
            .counting("w", 3, 3, 2, 1)
            .wholes("same", 1, 6, 8, 2)
            .wholes("valid", 1, 7, 9, 2)
            .wholes("odd", 1, 5, 8, 2);
    String text = DECONV.replace("  p: prelu", "");
    Map<String, Tensor> tensors =
        Imports.tensors(text.formatted("same"), gradient(file, "same", "SAME"), file.files());
    assertEquals(List.of(1, 2, 3, 3), tensors.get("a.weight").dims());
    Imports.tensors(text.formatted("valid"), gradient(file, "valid", "VALID"), file.files());
    Imports.assertProblems(
        text.formatted("same"),
        gradient(file, "odd", "SAME"),
        file.files(),
        "the `Conv2DBackpropInput` `y` has dilations, padding of its own or a size that is not a"
            + " multiple of its strides, which are not read");
  }

  private static byte[] gradient(Tfjs file, String sizes, String padding) {
    return file.graph(
        node("Placeholder", "x", List.of()),
        node(
            "Conv2DBackpropInput",
            "y",
            List.of(sizes, "w", "x"),
            SLIDE[0],
            Tfjs.word("padding", padding)));
  }
}
