package dev.mbnet.compiler.weights;

import static dev.mbnet.compiler.weights.Imports.assertTensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.mbnet.compiler.export.OnnxModel;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.testing.RandomWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ways in which files write the same layers. */
class OnnxImportTest {
  private static final String CONV =
      "network N { input x: [4, 4, 1]  a: conv(k=1, c=2, norm=none, act=none, bias=on) }";
  private static final String DENSE = "network N { input x: [1, 1, 3]  d: dense(2) }";

  @Test
  void takesBackWhatANetworkWasWrittenWith() {
    ResolvedNetwork network =
        Imports.network(
            """
            network N {
              input x: [9, 8, 3]
              default norm = bn(eps = 1e-3), act = hswish, pad = same
              conv(k=3, c=8, s=2)
              residual { conv(k=3, c=8, act=none) } shortcut { conv(k=1, c=8, act=none) }
              bn(eps = 1e-5)
              mbconv(t=3, c=8, n=2, k=5, se)
              conv(k=3, c=4, d=2, g=4, norm=none)
              deconv(k=4, c=6, s=2, g=2, norm=none, act=prelu)
              deconv(k=2, c=8, s=3, bias=on, act=gelu)
              upsample(to=[31, 30], mode=bilinear)
              bn(eps = 1e-5)
              prelu(shared)
              bn(eps = 1e-5)
              flatten
              dense(5)
              prelu
            }
            """);
    Graph graph = Graph.of(network);
    Map<String, float[]> weights = RandomWeights.of(graph, 1);
    Imported imported = Imports.read(network, OnnxModel.of(graph, weights, 1).bytes());
    assertEquals(List.of(), imported.problems());
    assertEquals(
        graph.nodes().stream().flatMap(n -> n.weights().stream()).map(w -> w.name()).toList(),
        imported.tensors().stream().map(Tensor::name).toList());
    imported.tensors().forEach(t -> assertArrayEquals(weights.get(t.name()), t.values(), t.name()));
  }

  @Test
  void convolutionWithNormIsOneMatch() {
    byte[] onnx =
        new OnnxBuilder()
            .counting("conv1_weights", 2, 1, 3, 3)
            .node(
                "Conv",
                "c",
                List.of("x", "conv1_weights"),
                OnnxBuilder.wholes("pads", 1L, 1L, 1L, 1L))
            .norm("conv1_bn", "c", 2, 1e-3)
            .bytes("conv1_bn");
    String text =
        "network N { input x: [4, 4, 1]"
            + "  a: conv(k=3, c=2, pad=symmetric, norm=bn(eps=1e-3), act=none) }";
    assertEquals(
        List.of(new Imported.Match("a", "conv1_weights [2, 1, 3, 3] + batch norm conv1_bn")),
        Imports.read(Imports.network(text), onnx).matches());
    Map<String, Tensor> tensors = Imports.tensors(text, onnx);
    assertEquals(5, tensors.size());
    assertTensor(tensors.get("a.bn.running_var"), List.of(2), 1, 2);
    assertEquals(List.of(2, 1, 3, 3), tensors.get("a.weight").dims());
  }

  @Test
  void outputPaddingOfTransposedConvolutions() {
    byte[] onnx =
        new OnnxBuilder()
            .counting("w", 1, 2, 3, 3)
            .counting("slopes", 1, 2, 1, 1)
            .node(
                "ConvTranspose",
                "c",
                List.of("x", "w"),
                OnnxBuilder.wholes("pads", 1L, 1L, 1L, 1L),
                OnnxBuilder.wholes("strides", 2L, 2L),
                OnnxBuilder.wholes("output_padding", 1L, 1L))
            .node("PRelu", "y", List.of("c", "slopes"))
            .bytes("y");
    String text =
        "network N { input x: [4, 4, 1]"
            + "  a: deconv(k=3, c=2, s=2, pad=symmetric, norm=none, bias=off, act=prelu) }";
    Map<String, Tensor> tensors = Imports.tensors(text, onnx);
    assertEquals(List.of(1, 2, 3, 3), tensors.get("a.weight").dims());
    assertTensor(tensors.get("a.act.weight"), List.of(2), 1, 2);
  }

  @Test
  void slopesOfAFlattenedPictureAreReordered() {
    byte[] onnx =
        new OnnxBuilder()
            .counting("slopes", 4)
            .node("Flatten", "f", List.of("x"))
            .node("PRelu", "y", List.of("f", "slopes"))
            .bytes("y");
    Map<String, Tensor> tensors =
        Imports.tensors("network N { input x: [2, 1, 2]  flatten p: prelu }", onnx);
    assertTensor(tensors.get("p.weight"), List.of(4), 1, 3, 2, 4);
  }

  @Test
  void biasIsAnInputOrAnAdd() {
    Map<String, byte[]> forms = new HashMap<>();
    forms.put("input", biased().node("Conv", "c", List.of("x", "w", "b")).bytes("c"));
    forms.put(
        "add of [1, c, 1, 1]",
        new OnnxBuilder()
            .counting("w", 2, 1, 1, 1)
            .counting("b", 1, 2, 1, 1)
            .node("Conv", "c", List.of("x", "w"))
            .node("Add", "y", List.of("b", "c"))
            .bytes("y"));
    forms.put(
        "add of a reshaped constant",
        new OnnxBuilder()
            .counting("w", 2, 1, 1, 1)
            .sizes("shape", 1, -1, 1, 1)
            .node("Constant", "b", List.of(), vector())
            .node("Reshape", "r", List.of("b", "shape"))
            .node("Conv", "c", List.of("x", "w"))
            .node("Add", "y", List.of("c", "r"))
            .bytes("y"));
    forms.put(
        "add along an axis",
        biased()
            .node("Conv", "c", List.of("x", "w"))
            .node(
                "Add",
                "y",
                List.of("c", "b"),
                OnnxBuilder.whole("axis", 1),
                OnnxBuilder.whole("broadcast", 1))
            .bytes("y"));
    forms.forEach(
        (form, onnx) -> {
          Map<String, Tensor> tensors = Imports.tensors(CONV, onnx);
          assertTensor(tensors.get("a.weight"), List.of(2, 1, 1, 1), 1, 2);
          assertTensor(tensors.get("a.bias"), List.of(2), 1, 2);
        });
  }

  private static OnnxBuilder biased() {
    return new OnnxBuilder().counting("w", 2, 1, 1, 1).counting("b", 2);
  }

  private static AttributeProto vector() {
    return OnnxBuilder.tensor(
        "value", OnnxBuilder.tensor("", DataType.FLOAT, 2).addFloatData(1).addFloatData(2));
  }

  @Test
  void denseIsGemmOrMatMul() {
    float[] rows = {1, 2, 3, 4, 5, 6};
    float[] columns = {1, 3, 5, 2, 4, 6};
    OnnxBuilder outFirst = new OnnxBuilder().counting("w", 2, 3).counting("b", 2);
    byte[] gemm =
        outFirst
            .node("Gemm", "y", List.of("x", "w", "b"), OnnxBuilder.whole("transB", 1))
            .bytes("y");
    assertDense(rows, gemm);
    OnnxBuilder inFirst = new OnnxBuilder().counting("w", 3, 2).counting("b", 2);
    assertDense(columns, inFirst.node("Gemm", "y", List.of("x", "w", "b")).bytes("y"));
    OnnxBuilder product = new OnnxBuilder().counting("w", 3, 2).counting("b", 2);
    product.node("MatMul", "m", List.of("x", "w")).node("Add", "y", List.of("m", "b"));
    assertDense(columns, product.bytes("y"));
    OnnxBuilder turned = new OnnxBuilder().counting("t", 2, 3).counting("b", 2);
    turned.node("Transpose", "w", List.of("t"), OnnxBuilder.wholes("perm", 1L, 0L));
    turned.node("MatMul", "m", List.of("x", "w")).node("Add", "y", List.of("b", "m"));
    assertDense(rows, turned.bytes("y"));
    OnnxBuilder pointwise = new OnnxBuilder().counting("w", 2, 3, 1, 1).counting("b", 2);
    assertDense(rows, pointwise.node("Conv", "y", List.of("x", "w", "b")).bytes("y"));
  }

  private static void assertDense(float[] weight, byte[] onnx) {
    Map<String, Tensor> tensors = Imports.tensors(DENSE, onnx);
    assertTensor(tensors.get("d.weight"), List.of(2, 3), weight);
    assertTensor(tensors.get("d.bias"), List.of(2), 1, 2);
  }

  @Test
  void inputsThatTheFileFlattensByChannelAreReordered() {
    String text = "network N { input x: [1, 2, 2]  flatten  d: dense(1, bias=off) }";
    OnnxBuilder byChannel = new OnnxBuilder().counting("w", 4, 1);
    byChannel.node("Flatten", "f", List.of("x")).node("MatMul", "y", List.of("f", "w"));
    assertTensor(
        Imports.tensors(text, byChannel.bytes("y")).get("d.weight"), List.of(1, 4), 1, 3, 2, 4);
    OnnxBuilder byPixel = new OnnxBuilder().counting("w", 4, 1);
    byPixel.node("Transpose", "t", List.of("x"), OnnxBuilder.wholes("perm", 0L, 2L, 3L, 1L));
    byPixel.node("Flatten", "f", List.of("t")).node("MatMul", "y", List.of("f", "w"));
    assertTensor(
        Imports.tensors(text, byPixel.bytes("y")).get("d.weight"), List.of(1, 4), 1, 2, 3, 4);
  }

  @Test
  void paddingOfASeparatePadOrBySizeCounts() {
    String text =
        "network N { input x: [4, 4, 1]  conv(k=3, c=1, s=2, pad=same, norm=none, act=none) }";
    OnnxBuilder padded = new OnnxBuilder().counting("w", 1, 1, 3, 3).counting("b", 1);
    padded.sizes("sides", 0, 0, 0, 0, 0, 0, 1, 1).node("Pad", "p", List.of("x", "sides"));
    AttributeProto strides = OnnxBuilder.wholes("strides", 2L, 2L);
    Imports.tensors(text, padded.node("Conv", "y", List.of("p", "w", "b"), strides).bytes("y"));
    OnnxBuilder same = new OnnxBuilder().counting("w", 1, 1, 3, 3).counting("b", 1);
    AttributeProto auto = OnnxBuilder.text("auto_pad", "SAME_UPPER");
    Imports.tensors(text, same.node("Conv", "y", List.of("x", "w", "b"), strides, auto).bytes("y"));
  }

  @Test
  void readsEveryTypeOfFloat() {
    String text = "network N { input x: [1, 1, 1]  d: dense(3, bias=off) }";
    float[] expected = {1, -2, 0.5f};
    Map<DataType, byte[]> raw = new HashMap<>();
    raw.put(DataType.FLOAT, bytes(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f));
    raw.put(DataType.FLOAT16, bytes(0, 0x3c, 0, 0xc0, 0, 0x38));
    raw.put(DataType.BFLOAT16, bytes(0x80, 0x3f, 0, 0xc0, 0, 0x3f));
    raw.put(
        DataType.DOUBLE,
        bytes(
            0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f));
    raw.forEach(
        (type, bytes) -> {
          var tensor = OnnxBuilder.tensor("w", type, 1, 3).setRawData(ByteString.copyFrom(bytes));
          byte[] onnx =
              new OnnxBuilder().store(tensor).node("MatMul", "y", List.of("x", "w")).bytes("y");
          assertTensor(Imports.tensors(text, onnx).get("d.weight"), List.of(3, 1), expected);
        });
    var halves = OnnxBuilder.tensor("w", DataType.FLOAT16, 1, 3);
    halves.addInt32Data(0x3c00).addInt32Data(0xc000).addInt32Data(0x3800);
    byte[] onnx = new OnnxBuilder().store(halves).node("MatMul", "y", List.of("x", "w")).bytes("y");
    assertTensor(Imports.tensors(text, onnx).get("d.weight"), List.of(3, 1), expected);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void hardSwishAfterAConvolutionIsNoBias() {
    String text =
        "network N { input x: [4, 4, 1]  a: conv(k=1, c=1, norm=none, act=hswish, bias=off) }";
    OnnxBuilder model = new OnnxBuilder().counting("w", 1, 1, 1, 1);
    model.store(OnnxBuilder.tensor("three", DataType.FLOAT).addFloatData(3));
    model.node("Conv", "c", List.of("x", "w")).node("Add", "s", List.of("c", "three"));
    model.node("Clip", "g", List.of("s")).node("Mul", "y", List.of("c", "g"));
    assertEquals(1, Imports.tensors(text, model.bytes("y")).size());
  }

  /** The file has the branch of two layers first, the network the other. */
  @Test
  void parallelLayersInAnotherOrder() {
    String conv = ": conv(k=1, c=1, norm=none, bias=off, act=none)  ";
    String text =
        "network N { input x: [4, 4, 1]  a"
            + conv
            + "from x  b"
            + conv
            + "c"
            + conv
            + "concat(a) }";
    OnnxBuilder model = new OnnxBuilder();
    for (int i = 0; i < 3; i++) {
      String name = List.of("u", "v", "w").get(i);
      model.store(OnnxBuilder.tensor(name, DataType.FLOAT, 1, 1, 1, 1).addFloatData(i));
    }
    byte[] onnx =
        model
            .node("Conv", "p", List.of("x", "u"))
            .node("Conv", "q", List.of("p", "v"))
            .node("Conv", "r", List.of("x", "w"))
            .node("Concat", "y", List.of("q", "r"), OnnxBuilder.whole("axis", 1))
            .bytes("y");
    Map<String, Tensor> tensors = Imports.tensors(text, onnx);
    assertArrayEquals(new float[] {2}, tensors.get("a.weight").values());
    assertArrayEquals(new float[] {0}, tensors.get("b.weight").values());
    assertArrayEquals(new float[] {1}, tensors.get("c.weight").values());
  }
}
