package dev.mbnet.compiler.weights;

import static dev.mbnet.compiler.weights.Imports.assertTensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.testing.LiteRtFile;
import dev.mbnet.testing.LiteRtFile.Operator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** The ways in which LiteRT writes layers, and what is told about files that cannot be taken. */
class TfLiteImportTest {
  private static final int RELU6 = 3;

  private static final String DENSE_TEXT =
      "network N { input x: [1, 1, 3]  d: dense(1, bias=off) }";

  /** A file in the making, its input the tensor 0. */
  private static final class File {
    private final LiteRtFile out = new LiteRtFile();

    File() {
      out.value("x");
    }

    /** Stores floats that count 1, 2, 3, ... */
    int counting(String name, int... dims) {
      float[] values = new float[Arrays.stream(dims).reduce(1, (a, b) -> a * b)];
      for (int i = 0; i < values.length; i++) {
        values[i] = i + 1;
      }
      return out.floats(name, values, dims);
    }

    int wholes(int[] values, int... dims) {
      return out.integers(values, dims);
    }

    int stored(String name, int type, byte[] bytes, int... dims) {
      return out.constant(name, type, ByteBuffer.wrap(bytes), dims);
    }

    int value(String name) {
      return out.value(name);
    }

    /** Adds an operator and returns the tensor that it makes. */
    int node(Operator operator, String output, IntSupplier options, int... inputs) {
      int result = out.value(output);
      out.add(operator, inputs, result, options);
      return result;
    }

    int none() {
      return out.none();
    }

    IntSupplier conv(boolean same, int high, int wide, int activation) {
      return () -> out.conv(same, high, wide, activation);
    }

    IntSupplier depthwise(boolean same, int high, int wide, int activation) {
      return () -> out.depthwise(same, high, wide, activation);
    }

    byte[] file(int... outputs) {
      return out.finish(0, outputs);
    }
  }

  private static void assertProblems(byte[] file, String... problems) {
    Imports.assertProblems(DENSE_TEXT, file, Map.of(), problems);
  }

  @Test
  void layouts() {
    File file = new File();
    int w = file.counting("w", 3, 2, 1, 2);
    int b = file.counting("b", 3);
    int a = file.node(Operator.CONV_2D, "a", file.conv(true, 2, 1, RELU6), 0, w, b);
    int sides = file.wholes(new int[] {0, 0, 0, 0, 1, 1, 0, 0}, 4, 2);
    int padded = file.node(Operator.PAD, "padded", file::none, a, sides);
    int v = file.counting("v", 1, 1, 3, 6);
    int depthwise =
        file.node(Operator.DEPTHWISE_CONV_2D, "dw", file.depthwise(false, 1, 1, 0), padded, v);
    int c = file.counting("c", 1, 1, 1, 6);
    int sum = file.node(Operator.ADD, "sum", file::none, depthwise, c);
    int axes = file.wholes(new int[] {1, 2}, 2);
    int mean = file.node(Operator.MEAN, "mean", file::none, sum, axes);
    int m = file.counting("m", 2, 6);
    int d = file.node(Operator.FULLY_CONNECTED, "d", file::none, mean, m, -1);
    String text =
        """
        network N {
          input x: [4, 4, 2]
          default norm = none, act = none
          a: conv(k=[2, 1], c=3, s=[2, 1], pad=same)
          b: dwconv(k=[1, 3], m=2, pad=[0, 0, 1, 1])
          gap
          d: dense(2, bias=off)
        }
        """;
    Map<String, Tensor> tensors = Imports.tensors(text, file.file(d));
    assertTensor(
        tensors.get("a.weight"), List.of(3, 2, 2, 1), 1, 3, 2, 4, 5, 7, 6, 8, 9, 11, 10, 12);
    assertTensor(tensors.get("a.bias"), List.of(3), 1, 2, 3);
    assertEquals(List.of(6, 1, 1, 3), tensors.get("b.weight").dims());
    assertArrayEquals(
        new float[] {1, 7, 13, 2, 8, 14}, Arrays.copyOf(tensors.get("b.weight").values(), 6));
    assertTensor(tensors.get("b.bias"), List.of(6), 1, 2, 3, 4, 5, 6);
    assertTensor(tensors.get("d.weight"), List.of(2, 6), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  @Test
  void halvesAndDoubles() {
    File file = new File();
    int half = file.stored("w", LiteRtFile.FLOAT16, new byte[] {0, 0x3c, 0, -64, 0, 0x38}, 1, 3);
    int whole = file.node(Operator.DEQUANTIZE, "w32", file::none, half);
    byte[] halves = file.file(file.node(Operator.FULLY_CONNECTED, "d", file::none, 0, whole, -1));
    Tensor weight = Imports.tensors(DENSE_TEXT, halves).get("d.weight");
    assertTensor(weight, List.of(1, 3), 1, -2, 0.5f);

    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putDouble(1).putDouble(-2).putDouble(0.5);
    file = new File();
    int stored = file.stored("w", 10, bytes.array(), 1, 3);
    byte[] doubles = file.file(file.node(Operator.FULLY_CONNECTED, "d", file::none, 0, stored));
    weight = Imports.tensors(DENSE_TEXT, doubles).get("d.weight");
    assertTensor(weight, List.of(1, 3), 1, -2, 0.5f);
  }

  @Test
  void transposedConvolutionsAndSlopes() {
    File file = new File();
    int size = file.wholes(new int[] {1, 6, 8, 2}, 4);
    int w = file.counting("w", 2, 3, 3, 1);
    int b = file.counting("b", 2);
    int a = file.node(Operator.TRANSPOSE_CONV, "a", file.conv(true, 2, 2, 0), size, w, 0, b);
    int alpha = file.counting("alpha", 1, 1, 2);
    int y = file.node(Operator.PRELU, "y", file::none, a, alpha);
    Map<String, Tensor> tensors =
        Imports.tensors(
            "network N { input x: [3, 4, 1]"
                + "  a: deconv(k=3, c=2, s=2, pad=same, norm=none, act=prelu) }",
            file.file(y));
    assertEquals(List.of(1, 2, 3, 3), tensors.get("a.weight").dims());
    assertEquals(10, tensors.get("a.weight").values()[9]);
    assertTensor(tensors.get("a.bias"), List.of(2), 1, 2);
    assertTensor(tensors.get("a.act.weight"), List.of(2), 1, 2);
  }

  private static byte[] dense(int type, int bytes, int... dims) {
    File file = new File();
    int w = file.stored("w", type, new byte[bytes], dims);
    return file.file(file.node(Operator.FULLY_CONNECTED, "d", file::none, 0, w));
  }

  @Test
  void tensorsThatCannotBeRead() {
    assertProblems(
        dense(9, 3, 1, 3),
        "the tensor `w` is of type INT8; weights are FLOAT32, FLOAT16 or FLOAT64, so convert the"
            + " model without quantization, or with that of float16");
    assertProblems(
        dense(LiteRtFile.FLOAT32, 8, 1, 3),
        "the tensor `w` claims the sizes [1, 3] and holds 8 bytes");
    assertProblems(
        dense(LiteRtFile.FLOAT32, 8, 50_000, 50_000),
        "the tensor `w` claims the sizes [50000, 50000] and holds 8 bytes");
    assertProblems(
        dense(LiteRtFile.FLOAT32, 8, -1, -2),
        "the tensor `w` claims the sizes [-1, -2] and holds 8 bytes");
    assertProblems(
        dense(LiteRtFile.FLOAT32, 36, 1, 1, 1, 1, 1, 1, 1, 1, 9),
        "it has a list of 9 numbers where 8 may be");
    assertProblems(
        dense(LiteRtFile.FLOAT32, 12, 3),
        "the `FULLY_CONNECTED` `d` has weights [3], not [out, in]");
  }

  @Test
  void operationsThatCannotBeRead() {
    File computed = new File();
    int relu = computed.node(Operator.RELU, "r", computed::none, 0);
    assertProblems(
        computed.file(computed.node(Operator.FULLY_CONNECTED, "d", computed::none, 0, relu)),
        "the weights of the `FULLY_CONNECTED` `d` are computed by the `RELU` `r`, not stored"
            + " in it; only stored tensors can be taken");

    File lost = new File();
    int later = lost.value("later");
    int w = lost.counting("w", 1, 3);
    assertProblems(
        lost.file(lost.node(Operator.FULLY_CONNECTED, "d", lost::none, later, w)),
        "`d` reads `later`, which nothing before it computes");

    File missing = new File();
    assertProblems(
        missing.file(missing.node(Operator.FULLY_CONNECTED, "d", missing::none, 0, 99)),
        "it reads or writes the tensor 99, and has 2");

    File window = new File();
    int k = window.counting("k", 1, 1, 1, 3);
    assertProblems(
        window.file(window.node(Operator.CONV_2D, "c", window.conv(true, 0, 1, 0), 0, k)),
        "the `CONV_2D` `c` has strides [0, 1], dilations [1, 1] and padding `SAME`, which make no"
            + " window over a picture");

    File activated = new File();
    int one = activated.counting("k", 2, 1, 1, 3);
    int c = activated.node(Operator.CONV_2D, "c", activated.conv(true, 1, 1, RELU6), 0, one);
    int b = activated.counting("b", 2);
    Imports.assertProblems(
        "network N { input x: [1, 1, 3]  a: conv(k=1, c=2, bias=off, norm=none) }",
        activated.file(activated.node(Operator.ADD, "y", activated::none, c, b)),
        Map.of(),
        "the file has an operation `ADD` `y` [2] (tensor `b`) that the network does not have, after"
            + " `a`");
  }

  private static byte[] whole() {
    File file = new File();
    int w = file.counting("w", 1, 3);
    return file.file(file.node(Operator.FULLY_CONNECTED, "d", file::none, 0, w));
  }

  @Test
  void filesCutShort() {
    byte[] whole = whole();
    assertEquals(1, Imports.tensors(DENSE_TEXT, whole).size());
    ResolvedNetwork network = Imports.network(DENSE_TEXT);
    // The last bytes are what was written first, and not all of it is needed.
    for (int length = 8; length < whole.length - 16; length++) {
      Imported imported = Imports.read(network, Arrays.copyOf(whole, length));
      assertFalse(imported.isOk(), length + " of " + whole.length + " bytes");
      Imports.assertReadable(imported);
    }
    String cut = "it is a LiteRT file that is damaged or was cut short";
    assertProblems(Arrays.copyOf(whole, whole.length / 2), cut);
    assertProblems(Arrays.copyOf(whole, 8), cut);
  }

  /** Whatever is damaged, there is an answer and no exception. */
  @Test
  void damagedFiles() {
    byte[] whole = whole();
    ResolvedNetwork network = Imports.network(DENSE_TEXT);
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        int at = random.nextInt(whole.length);
        damaged[at] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
      }
      Imports.assertReadable(Imports.read(network, damaged));
    }
  }
}
