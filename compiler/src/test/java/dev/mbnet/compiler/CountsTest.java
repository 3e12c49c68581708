package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Rounding;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.summary.Summary;
import dev.mbnet.runtime.DefaultBoxes;
import dev.mbnet.runtime.TensorInfo;
import dev.mbnet.testing.Networks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Published counts, to the digit. */
class CountsTest {

  @ParameterizedTest
  @CsvFileSource(resources = "counts.csv", useHeadersInDisplayName = true)
  void wholeNetworks(
      String file, String alpha, int resolution, long parameters, long statistics, long macs) {
    Summary summary = summary(file, alpha, resolution);
    assertAll(
        () -> assertEquals(parameters, summary.parameters(), "parameters"),
        () -> assertEquals(statistics, summary.batchNormStatistics(), "statistics"),
        () -> assertEquals(parameters - statistics / 2, summary.foldedParameters(), "folded"),
        () -> assertEquals(macs, summary.macs(), "macs"));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "families.csv", useHeadersInDisplayName = true)
  void families(
      String file, String network, String setting, long parameters, long statistics, long macs) {
    Summary summary =
        Summary.of(
            Networks.ofSample(
                file + ".mbnet", network, setting == null ? List.of() : List.of(setting)));
    assertAll(
        () -> assertEquals(parameters, summary.parameters(), "parameters"),
        () -> assertEquals(statistics, summary.batchNormStatistics(), "statistics"),
        () -> assertEquals(parameters - statistics / 2, summary.foldedParameters(), "folded"),
        () -> assertEquals(macs, summary.macs(), "macs"));
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v3, MobileNetV3Large, 1507200",
    "mobilenet_v3, MobileNetV3Small, 458752",
    "efficientnet, EfficientNetB0, 627200",
    "efficientnet, EfficientNetB7, 11899904",
    "efficientnet_v2, EfficientNetV2S, 3664896",
    "resnet, SEResNet50, 2514944",
    "resnet, ResNet50, 0",
  })
  void squeezeExcites(String file, String network, long macs) {
    Summary summary = Summary.of(Networks.ofSample(file + ".mbnet", network, List.of()));
    assertEquals(macs, summary.squeezeExciteMacs());
  }

  @Test
  void defaultBoxesOfSsdlite() {
    ResolvedNetwork network = Networks.ofSample("ssdlite.mbnet");
    List<TensorInfo> boxes =
        network.outputs().stream()
            .filter(output -> output.name().startsWith("boxes"))
            .map(output -> info(output.name(), network.shapeOf(output)))
            .toList();
    assertEquals(3234, DefaultBoxes.ssdlite(boxes).count());
  }

  private static TensorInfo info(String name, Shape shape) {
    return new TensorInfo(name, shape.height(), shape.width(), shape.channels());
  }

  @ParameterizedTest
  @CsvFileSource(resources = "blocks.csv", useHeadersInDisplayName = true)
  void blocksOfMobileNetV2(
      String alpha, int resolution, String block, String output, long parameters, long macs) {
    Block actual = blocks(summary("mobilenet_v2", alpha, resolution)).get(block);
    assertAll(
        () -> assertEquals(output, actual.output, "output"),
        () -> assertEquals(parameters, actual.parameters, "parameters"),
        () -> assertEquals(macs, actual.macs, "macs"));
  }

  /** The table of blocks counts the head's pooled outputs with its convolution. */
  private static Map<String, Block> blocks(Summary summary) {
    Map<String, Block> blocks = new LinkedHashMap<>();
    String lastRepeat = "";
    int next = 0;
    for (Summary.Layer layer : summary.layers()) {
      String[] path = layer.name().split("\\.");
      String block = path[0].equals("0") ? "stem" : "head";
      if (path.length > 1) {
        String repeat = path[0] + "." + path[1];
        next += repeat.equals(lastRepeat) ? 0 : 1;
        lastRepeat = repeat;
        block = String.format("b%02d", next - 1);
      }
      blocks.computeIfAbsent(block, name -> new Block()).add(layer);
    }
    return blocks;
  }

  private static final class Block {
    String output;
    long parameters;
    long macs;

    void add(Summary.Layer layer) {
      output = String.join("x", layer.output().stream().map(String::valueOf).toList());
      parameters += layer.parameters();
      macs += layer.macs();
    }
  }

  @ParameterizedTest
  @CsvSource({"1.0, 224, 1505280", "0.35, 96, 138240"})
  void mostFloatsAliveAtOnce(String alpha, int resolution, long floats) {
    assertEquals(4 * floats, summary("mobilenet_v2", alpha, resolution).peakActivationBytes());
  }

  /** The whole counts below 100 that the 10 % rule changes, and halves, which go up. */
  @ParameterizedTest
  @CsvSource({
    "9, 16", "10, 16", "11, 16", "18, 24", "19, 24", "27, 32", "12, 16", "20, 24", "4, 8"
  })
  void divisibleByEight(double channels, int rounded) {
    assertEquals(rounded, new Rounding(8, 0.9).apply(channels).value());
  }

  @Test
  void tenPercentRuleBitesSixTimesOnly() {
    List<Integer> bitten =
        java.util.stream.IntStream.range(1, 1000)
            .filter(c -> Rounding.divisible(c, 8, 0.9) != Rounding.divisible(c, 8, 0))
            .boxed()
            .toList();
    assertEquals(List.of(9, 10, 11, 18, 19, 27), bitten);
  }

  /** EfficientNetV2 drops the 10 % rule: 16 * 1.2 is 16, where the MobileNets have 24. */
  @Test
  void divisibleWithoutLimit() {
    assertEquals(16, Rounding.divisible(16 * 1.2, 8, 0));
    assertEquals(24, Rounding.divisible(16 * 1.2, 8, 0.9));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "same_padding.csv", useHeadersInDisplayName = true)
  void samePadding(int size, int kernel, int stride, int before, int after) {
    ResolvedNetwork network =
        Networks.of(
            String.format(
                "network N { input x: [%d, %d, 1] conv(k=%d, c=1, s=%d, pad=same) }",
                size, size, kernel, stride));
    Conv conv = (Conv) network.layers().get(1).parts().get(0).op();
    assertEquals(new Pads(before, after, before, after), conv.pads());
    assertEquals((size + stride - 1) / stride, network.layers().get(1).shape().height());
  }

  /** Four channels in: 6 * (4 * 4 + 3 * 3 + 4 * 4) = 408 weights; 4 * (3 * 3 + 4) = 52. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mbconv(t=6, c=4, k=3) | 408",
        "dwconv(k=3, bias=off) conv(k=1, c=4, bias=off) | 52",
      })
  void weightsOfBlocks(String layers, long weights) {
    String settings = "default norm = none, act = relu6, pad = same ";
    ResolvedNetwork network =
        Networks.of("network N { input x: [8, 8, 4] " + settings + layers + " }");
    long kernels =
        network.layers().stream()
            .flatMap(layer -> layer.weights().stream())
            .filter(weight -> weight.dims().size() > 1)
            .mapToLong(weight -> weight.elements())
            .sum();
    assertEquals(weights, kernels);
  }

  /** 6 * 8 / 2 * 3 * 3 = 216 weights; the norm becomes one bias for each of 8 channels. */
  @ParameterizedTest
  @CsvSource({"conv, off", "conv, on", "deconv, off", "deconv, on"})
  void foldedNormsLeaveABias(String operator, String bias) {
    String layer =
        operator + "(k=3, c=8, s=2, g=2, pad=same, norm=bn(eps=1e-3), bias=" + bias + ")";
    Summary summary = Summary.of(Networks.of("network N { input x: [4, 4, 6] l: " + layer + " }"));
    assertEquals(216 + 8, summary.foldedParameters());
  }

  /** 224 * 224 * (3 * 3 * 3 * 5) and 224 * 224 * (3 * 3 * 3 + 3 * 5). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"conv(k=3, c=5, pad=same) | 6773760", "sepconv(c=5, pad=same) | 2107392"})
  void multiplyAdds(String layers, long macs) {
    ResolvedNetwork network = Networks.of("network N { input x: [224, 224, 3] " + layers + " }");
    assertEquals(macs, Summary.of(network).macs());
  }

  private static Summary summary(String file, String alpha, int resolution) {
    return Summary.of(
        Networks.ofSample(file + ".mbnet", "alpha=" + alpha, "resolution=" + resolution));
  }
}
