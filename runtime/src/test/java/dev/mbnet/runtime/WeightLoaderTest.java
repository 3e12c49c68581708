package dev.mbnet.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WeightLoaderTest {

  @Test
  void packsAConvolutionByTapAndChannelIn() throws IOException {
    float[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    WeightLoader loader = loader(writer().add("a.weight", new int[] {3, 2, 1, 2}, values));
    loader.conv("a", 3, 2, 1, 2);
    PackedWeights packed = loader.load();
    float[][] expected = {{0, 4, 8}, {2, 6, 10}, {1, 5, 9}, {3, 7, 11}};
    assertArrayEquals(expected, packed.matrix(0));
    assertArrayEquals(new float[3], packed.bias(0));
  }

  @Test
  void packsAConvolutionByOutput() throws IOException {
    float[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    WeightLoader loader = loader(writer().add("a.weight", new int[] {3, 2, 1, 2}, values));
    loader.conv("a", 3, 2, 1, 2).byOutput();
    PackedWeights packed = loader.load();
    float[][] expected = {{0, 2, 1, 3}, {4, 6, 5, 7}, {8, 10, 9, 11}};
    assertArrayEquals(expected, packed.matrix(0));
    float[] second = new float[4];
    packed.copyTap(0, 1, 1, 2, second, 1);
    assertArrayEquals(new float[] {0, 6, 10, 0}, second);
    assertEquals(4, packed.taps(0));
  }

  @Test
  void packsADenseLayerWithItsBias() throws IOException {
    WeightLoader loader =
        loader(
            writer()
                .add("a.weight", new int[] {2, 3}, new float[] {0, 1, 2, 3, 4, 5})
                .add("a.bias", new int[] {2}, new float[] {6, 7}));
    loader.dense("a", 2, 3).bias();
    PackedWeights packed = loader.load();
    assertArrayEquals(new float[][] {{0, 3}, {1, 4}, {2, 5}}, packed.matrix(0));
    assertArrayEquals(new float[] {6, 7}, packed.bias(0));
  }

  @Test
  void foldsANormOfZeroVarianceInDouble() throws IOException {
    WeightLoader loader =
        loader(
            norm(writer(), "a.bn")
                .add("a.weight", new int[] {1, 1, 1, 1}, new float[] {3})
                .add("a.bias", new int[] {1}, new float[] {5}));
    loader.conv("a", 1, 1, 1, 1).bias().norm("a.bn", 1e-3);
    PackedWeights packed = loader.load();
    double scale = 2 / Math.sqrt(1e-3);
    assertEquals((float) (3 * scale), packed.matrix(0)[0][0]);
    assertEquals((float) ((5 - 11) * scale + 7), packed.bias(0)[0]);
  }

  @Test
  void givesALoneNormAsScaleAndShift() throws IOException {
    WeightLoader loader = loader(norm(writer(), "a"));
    loader.batchNorm("a", 1, 1e-3);
    PackedWeights packed = loader.load();
    double scale = 2 / Math.sqrt(1e-3);
    assertEquals((float) scale, packed.matrix(0)[0][0]);
    assertEquals((float) (7 - 11 * scale), packed.bias(0)[0]);
  }

  @Test
  void givesEachChannelItsSlope() throws IOException {
    WeightLoader loader =
        loader(
            writer()
                .add("a.weight", new int[] {3, 1}, new float[] {1, 2, 3})
                .add("a.act.weight", new int[] {3}, new float[] {4, 5, 6})
                .add("b.weight", new int[] {1}, new float[] {7}));
    loader.dense("a", 3, 1).slopes("a.act", false);
    loader.slopes("b", 2, true);
    PackedWeights packed = loader.load();
    assertArrayEquals(new float[][] {{1, 2, 3}}, packed.matrix(0));
    assertArrayEquals(new float[] {4, 5, 6}, packed.slopes(0));
    assertArrayEquals(new float[] {7, 7}, packed.slopes(1));
  }

  @Test
  void slopesThatDoNotFitAreNamed() throws IOException {
    WeightLoader loader =
        loader(
            writer()
                .add("a.weight", new int[] {3, 1}, new float[3])
                .add("a.act.weight", new int[] {1}, new float[1]));
    loader.dense("a", 3, 1).slopes("a.act", false);
    loader.slopes("b", 2, true);
    WeightsException e = assertThrows(WeightsException.class, loader::load);
    assertEquals(
        """
        test: does not fit the network `Net`: 1 missing, 0 surplus, 1 misshapen
          missing   `b.weight` [1]
          misshapen `a.act.weight`: the file has [1], the network [3]""",
        e.getMessage());
  }

  @Test
  void namesEveryMisfitAtOnce() throws IOException {
    WeightLoader loader =
        loader(
            writer()
                .add("a.weight", new int[] {1, 2}, new float[2])
                .add("evil\n.weight", new int[] {1}, new float[1])
                .add("a.num_batches_tracked", new int[] {}, new float[1]));
    loader.dense("a", 2, 1).bias();
    WeightsException e = assertThrows(WeightsException.class, loader::load);
    assertEquals(WeightsException.Problem.MISMATCH, e.problem());
    assertEquals(
        """
        test: does not fit the network `Net`: 1 missing, 1 surplus, 1 misshapen
          missing   `a.bias` [2]
          surplus   `evil\\u{a}.weight` [1]
          misshapen `a.weight`: the file has [1, 2], the network [2, 1]""",
        e.getMessage());
  }

  private static SafetensorsWriter writer() {
    return new SafetensorsWriter();
  }

  private static SafetensorsWriter norm(SafetensorsWriter writer, String name) {
    return writer
        .add(name + ".weight", new int[] {1}, new float[] {2})
        .add(name + ".bias", new int[] {1}, new float[] {7})
        .add(name + ".running_mean", new int[] {1}, new float[] {11})
        .add(name + ".running_var", new int[] {1}, new float[] {0});
  }

  private static WeightLoader loader(SafetensorsWriter writer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out);
    return new WeightLoader(
        "Net", Safetensors.read(new ByteArrayInputStream(out.toByteArray()), "test"));
  }
}
