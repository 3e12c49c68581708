package dev.mbnet.compiler.weights;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything that a person is told about a file that cannot be taken. */
class OnnxImportProblemsTest {
  private static final AttributeProto PADS = OnnxBuilder.wholes("pads", 1L, 1L, 1L, 1L);

  private static void assertProblems(String body, byte[] onnx, String... problems) {
    String text = "network N { input x: [4, 4, 1]  " + body + " }";
    Imports.assertProblems(text, onnx, Map.of(), problems);
  }

  private static OnnxBuilder conv() {
    return new OnnxBuilder().counting("w", 2, 1, 3, 3);
  }

  private static final String PLAIN =
      "a: conv(k=3, c=2, pad=symmetric, norm=none, bias=off, act=none)";

  @Test
  void noOnnxFile() {
    String file = "it is not an ONNX file, a LiteRT file or a TensorFlow.js model.json";
    String other = file + ", or it was cut short";
    assertProblems(PLAIN, "some text".getBytes(UTF_8), other);
    byte[] whole = conv().node("Conv", "y", List.of("x", "w"), PADS).bytes("y");
    assertProblems(PLAIN, Arrays.copyOf(whole, whole.length - 9), other);
    assertProblems(PLAIN, new byte[0], file + ": there is no graph of operations in it");
  }

  @Test
  void transposedConvolutionsAndSlopesThatDoNotFit() {
    String body = "a: deconv(k=3, c=2, s=2, pad=same, norm=none, bias=off, act=none)";
    byte[] onnx =
        new OnnxBuilder()
            .counting("w", 1, 2, 3, 3)
            .node(
                "ConvTranspose",
                "y",
                List.of("x", "w"),
                OnnxBuilder.wholes("pads", 1L, 1L, 1L, 1L),
                OnnxBuilder.wholes("strides", 2L, 2L),
                OnnxBuilder.wholes("output_padding", 1L, 1L))
            .bytes("y");
    assertProblems(
        body,
        onnx,
        "`a` (`y`): padding (top, bottom, left, right) [0, 1, 0, 1] here, [1, 0, 1, 0] in the"
            + " file");
    assertProblems(
        body,
        new OnnxBuilder()
            .counting("w", 1, 2, 3, 3)
            .node(
                "ConvTranspose", "y", List.of("x", "w"), OnnxBuilder.text("auto_pad", "SAME_UPPER"))
            .bytes("y"),
        "the `ConvTranspose` `y` has auto_pad, output_shape, dilations or an output_padding that"
            + " are not read; its size is to be given by `pads` and `output_padding`");
    assertProblems(
        "prelu",
        new OnnxBuilder().counting("s", 1, 4, 4).node("PRelu", "y", List.of("x", "s")).bytes("y"),
        "the `PRelu` `y` has slopes [1, 4, 4], neither one for each channel nor one for all");
  }

  @Test
  void tensorsThatCannotBeRead() {
    TensorProto.Builder external = OnnxBuilder.tensor("w", DataType.FLOAT, 2, 1, 3, 3);
    external.setDataLocation(TensorProto.DataLocation.EXTERNAL);
    assertWeights(
        external,
        "the tensor `w` is stored in another file, which is not read;"
            + " export the model with its weights inside");
    assertWeights(
        OnnxBuilder.tensor("w", DataType.INT8, 2, 1, 3, 3),
        "the tensor `w` is of type INT8; weights are FLOAT, FLOAT16, BFLOAT16 or DOUBLE");
    assertWeights(
        OnnxBuilder.tensor("w", DataType.FLOAT, 2, 1, 3, 3).addFloatData(1),
        "the tensor `w` claims the sizes [2, 1, 3, 3] and holds 1 values");
    assertWeights(
        OnnxBuilder.tensor("w", DataType.FLOAT, 1L << 40, -3)
            .setRawData(ByteString.copyFrom(new byte[8])),
        "the tensor `w` claims the sizes [1099511627776, -3] and holds 8 bytes");
  }

  private static void assertWeights(TensorProto.Builder tensor, String problem) {
    byte[] onnx =
        new OnnxBuilder().store(tensor).node("Conv", "y", List.of("x", "w"), PADS).bytes("y");
    assertProblems(PLAIN, onnx, problem);
  }

  @Test
  void operationsThatCannotBeRead() {
    assertProblems(
        PLAIN,
        conv()
            .node("DequantizeLinear", "q", List.of("w"))
            .node("Conv", "y", List.of("x", "q"), PADS)
            .bytes("y"),
        "the weights of the `Conv` `y` are computed by the `DequantizeLinear` `q`, not stored in"
            + " it; only stored tensors can be taken");
    assertProblems(
        PLAIN,
        conv().node("Conv", "y", List.of("x"), PADS).bytes("y"),
        "the `Conv` `y` has no weights");
    assertProblems(
        PLAIN,
        conv().node("Conv", "y", List.of("lost", "w"), PADS).bytes("y"),
        "`y` reads `lost`, which nothing before it computes");
    assertProblems(
        PLAIN,
        new OnnxBuilder().counting("w", 2, 1, 3).node("Conv", "y", List.of("x", "w")).bytes("y"),
        "the `Conv` `y` has weights [2, 1, 3], not [out, in / groups, h, w]");
    assertProblems(
        PLAIN,
        conv().counting("b", 3).node("Conv", "y", List.of("x", "w", "b"), PADS).bytes("y"),
        "the `Conv` `y` has weights [2, 1, 3, 3] and a bias [3]; a bias is one value for each"
            + " output channel");
    assertProblems(
        PLAIN,
        new OnnxBuilder()
            .counting("w", 16, 2)
            .node("Gemm", "y", List.of("x", "w"), OnnxBuilder.number("alpha", 0.5))
            .bytes("y"),
        "the `Gemm` `y` has transA 0, alpha 0.5, beta 1.0; only 0, 1 and 1 are read as a dense"
            + " layer");
  }

  @Test
  void layersOnOneSideOnly() {
    String two = PLAIN + "  b: conv(k=1, c=3, norm=none, bias=off, act=none)";
    byte[] one = conv().node("Conv", "y", List.of("x", "w"), PADS).bytes("y");
    assertProblems(
        two,
        one,
        "the network has a convolution `b` [3, 2, 1, 1] that the file does not have, after `y`");
    byte[] more =
        conv()
            .counting("v", 5, 2, 1, 1)
            .counting("u", 3, 5, 1, 1)
            .node("Conv", "c", List.of("x", "w"), PADS)
            .node("Conv", "d", List.of("c", "v"))
            .node("Conv", "y", List.of("d", "u"))
            .bytes("y");
    assertProblems(
        two,
        more,
        "the network has a convolution `b` [3, 2, 1, 1] that the file does not have, after `c`",
        "the file has a convolution `d` [5, 2, 1, 1] (tensor `v`) that the network does not have,"
            + " after `a`",
        "the file has a convolution `y` [3, 5, 1, 1] (tensor `u`) that the network does not have,"
            + " after `a`");
    byte[] wider =
        conv()
            .counting("v", 4, 2, 1, 1)
            .node("Conv", "c", List.of("x", "w"), PADS)
            .node("Conv", "y", List.of("c", "v"))
            .bytes("y");
    assertProblems(
        two,
        wider,
        "the network has a convolution `b` [3, 2, 1, 1]; in its place the file has a convolution"
            + " `y` [4, 2, 1, 1] (tensor `v`)");
  }

  @Test
  void storedTensorsThatBelongToNoLayer() {
    assertProblems(
        PLAIN,
        conv()
            .counting("s", 1, 2, 1, 1)
            .node("Conv", "c", List.of("x", "w"), PADS)
            .node("Mul", "y", List.of("c", "s"))
            .bytes("y"),
        "the file has an operation `Mul` `y` [1, 2, 1, 1] (tensor `s`) that the network does not"
            + " have, after `a`");
  }

  @Test
  void windowsThatDiffer() {
    byte[] onnx =
        conv()
            .node(
                "Conv",
                "y",
                List.of("x", "w"),
                OnnxBuilder.wholes("strides", 2L, 1L),
                OnnxBuilder.wholes("dilations", 2L, 2L))
            .bytes("y");
    assertProblems(
        PLAIN,
        onnx,
        "`a` (`y`): strides [1, 1] here, [2, 1] in the file",
        "`a` (`y`): dilations [1, 1] here, [2, 2] in the file",
        "`a` (`y`): padding (top, bottom, left, right) [1, 1, 1, 1] here, [0, 0, 0, 0] in the"
            + " file");
    byte[] grouped =
        conv().node("Conv", "y", List.of("x", "w"), PADS, OnnxBuilder.whole("group", 2)).bytes("y");
    assertProblems(PLAIN, grouped, "`a` (`y`): groups 1 here, 2 in the file");
  }

  @Test
  void normsAndBiasesThatDiffer() {
    String normed = "a: conv(k=3, c=2, pad=symmetric, norm=bn(eps=1e-3), act=none)";
    OnnxBuilder folded = conv().counting("b", 2).node("Conv", "y", List.of("x", "w", "b"), PADS);
    assertProblems(
        normed,
        folded.bytes("y"),
        "`a` (`y`): a norm here, a bias instead in the file: the norm is folded already, which"
            + " cannot be undone; write `norm = none`");
    OnnxBuilder bare = conv().node("Conv", "y", List.of("x", "w"), PADS);
    assertProblems(
        normed,
        bare.bytes("y"),
        "`a` (`y`): a norm here, none in the file; write `norm = none, bias = off`");
    OnnxBuilder norm = conv().node("Conv", "c", List.of("x", "w"), PADS).norm("y", "c", 2, 1e-5);
    byte[] withNorm = norm.bytes("y");
    assertProblems(normed, withNorm, "`a` (`c`): eps 0.001 here, 1.0E-5 in the file");
    assertProblems(
        PLAIN,
        withNorm,
        "`a` (`c`): no norm here, one in the file; its `norm` is `bn(eps=1.0E-5)`");
    assertProblems(
        PLAIN,
        conv().counting("b", 2).node("Conv", "y", List.of("x", "w", "b"), PADS).bytes("y"),
        "`a` (`y`): no bias here, one in the file; write `bias = on`");
    assertProblems(
        "a: conv(k=3, c=2, pad=symmetric, norm=none, act=none)",
        conv().node("Conv", "y", List.of("x", "w"), PADS).bytes("y"),
        "`a` (`y`): a bias here, none in the file; write `bias = off`");
  }

  /** The layers before the mistake are in order, so that nothing else is told. */
  @Test
  void mistakesAfterParallelLayersInAnotherOrder() {
    String conv = ": conv(k=1, c=%d, norm=none, bias=off, act=none)  ";
    String text = "a" + conv.formatted(2) + "from x  b" + conv.formatted(3) + "concat(a)  c";
    byte[] onnx =
        new OnnxBuilder()
            .counting("u", 3, 1, 1, 1)
            .counting("v", 2, 1, 1, 1)
            .counting("w", 4, 5, 1, 1)
            .node("Conv", "p", List.of("x", "u"))
            .node("Conv", "q", List.of("x", "v"))
            .node("Concat", "r", List.of("p", "q"))
            .node("Conv", "y", List.of("r", "w"), OnnxBuilder.wholes("strides", 2L, 2L))
            .bytes("y");
    assertProblems(
        text + conv.formatted(4), onnx, "`c` (`y`): strides [1, 1] here, [2, 2] in the file");
  }

  @Test
  void parallelLayersThatReadOthers() {
    String conv = ": conv(k=1, c=1, norm=none, bias=off, act=none)  ";
    String text = "a" + conv + "from x  b" + conv + "c" + conv + "add(a)";
    OnnxBuilder model = new OnnxBuilder();
    for (String name : List.of("u", "v", "w")) {
      model.counting(name, 1, 1, 1, 1);
    }
    byte[] onnx =
        model
            .node("Conv", "p", List.of("x", "u"))
            .node("Conv", "q", List.of("x", "v"))
            .node("Conv", "r", List.of("x", "w"))
            .node("Sum", "y", List.of("p", "q", "r"))
            .bytes("y");
    assertProblems(text, onnx, "`c` (`r`): reads `b` here, what stands for the input in the file");
  }
}
