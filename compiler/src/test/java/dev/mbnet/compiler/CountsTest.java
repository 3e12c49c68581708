package dev.mbnet.compiler;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Rounding;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.resolve.ResolvedLayer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.summary.Summary;
import dev.mbnet.runtime.DefaultBoxes;
import dev.mbnet.runtime.TensorInfo;
import dev.mbnet.testing.Networks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Published counts, to the digit. */
class CountsTest {

  @ParameterizedTest
  @CsvFileSource(resources = "counts.csv", useHeadersInDisplayName = true)
  void wholeNetworks(
      String file,
      String network,
      String settings,
      long parameters,
      long statistics,
      long macs,
      long squeezes) {
    Summary summary = Summary.of(network(file, network, settings));
    assertAll(
        () -> assertEquals(parameters, summary.parameters(), "parameters"),
        () -> assertEquals(statistics, summary.batchNormStatistics(), "statistics"),
        () -> assertEquals(parameters - statistics / 2, summary.foldedParameters(), "folded"),
        () -> assertEquals(macs, summary.macs(), "macs"),
        () -> assertEquals(squeezes, summary.squeezeExciteMacs(), "squeezes"));
  }

  @Test
  void everyNetworkOfTheZooIsCounted() {
    List<String> counted =
        Networks.read(Networks.file("src/test/resources/dev/mbnet/compiler", "counts.csv"))
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(","))
            .filter(cells -> cells[2].isEmpty())
            .map(cells -> cells[0] + ".mbnet " + cells[1])
            .sorted()
            .toList();
    List<String> zoo =
        Networks.zoo()
            .map(network -> network.source().name() + " " + network.name())
            .sorted()
            .toList();
    assertEquals(zoo, counted);
  }

  /** MLPerf Tiny's network for visual wake words, whose convolutions have biases beside norms. */
  @Test
  void biasesBesideNorms() {
    Summary summary =
        Summary.of(
            Networks.of(
                """
                block biased(c, s = 1) {
                  dwconv(k=3, s=s, bias=on)
                  conv(k=1, c=c, bias=on)
                }
                network VisualWakeWords {
                  input image: [96, 96, 3]
                  default norm = bn(eps = 1e-3), act = relu, pad = same
                  conv(k=3, c=8, s=2, bias=on)
                  biased(c=16)
                  biased(c=32,  n=2, s=2)
                  biased(c=64,  n=2, s=2)
                  biased(c=128, n=6, s=2)
                  biased(c=256, n=2, s=2)
                  gap
                  dense(2)
                }
                """));
    assertEquals(216_322, summary.parameters());
    assertEquals(5_472, summary.batchNormStatistics());
    assertEquals(7_489_664, summary.macs());
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
  void blocks(
      String file,
      String network,
      String settings,
      String block,
      String layers,
      String expanded,
      String squeezed,
      String output,
      boolean skip,
      long parameters,
      long macs,
      long squeezes) {
    List<String> roots = List.of(layers.split(" "));
    List<ResolvedLayer> inside =
        network(file, network, settings).layers().stream()
            .filter(l -> roots.stream().anyMatch(root -> (l.path() + ".").startsWith(root + ".")))
            .toList();
    ResolvedLayer last = inside.get(inside.size() - 1);
    assertAll(
        () -> assertEquals(expanded, widths(inside, "depthwise"), "expanded"),
        () -> assertEquals(squeezed, widths(inside, "reduce"), "squeezed"),
        () -> assertEquals(output, last.shape().toString(), "output"),
        () -> assertEquals(skip, last.operator().equals("add"), "skip"),
        () -> assertEquals(parameters, parameters(inside), "parameters"),
        () -> assertEquals(macs, macs(inside, false), "macs"),
        () -> assertEquals(squeezes, macs(inside, true), "squeezes"));
  }

  /** The channels of those layers whose names end with a word, or null where there are none. */
  private static String widths(List<ResolvedLayer> layers, String word) {
    return layers.stream()
        .filter(layer -> layer.path().endsWith("." + word))
        .map(layer -> "" + layer.shape().channels())
        .reduce((all, next) -> all + " " + next)
        .orElse(null);
  }

  private static long parameters(List<ResolvedLayer> layers) {
    return layers.stream()
        .flatMap(layer -> layer.weights().stream())
        .filter(Weight::trainable)
        .mapToLong(Weight::elements)
        .sum();
  }

  private static long macs(List<ResolvedLayer> layers, boolean ofSqueezeExcites) {
    return layers.stream()
        .filter(layer -> layer.isSqueezeExcite() == ofSqueezeExcites)
        .mapToLong(ResolvedLayer::macs)
        .sum();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "widths.csv", useHeadersInDisplayName = true)
  void widths(String file, String network, String expanded, String outgoing, String squeezed) {
    List<ResolvedLayer> layers = network(file, network, null).layers();
    assertEquals(expanded, widths(layers, "depthwise"));
    assertEquals(outgoing, widths(layers, "project"));
    if (squeezed != null) {
      assertEquals(squeezed, widths(layers, "reduce"));
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "stages.csv", useHeadersInDisplayName = true)
  void stages(
      String file,
      String network,
      String settings,
      String convolutions,
      String stages,
      String sides) {
    StringJoiner single = new StringJoiner(" ");
    StringJoiner repeated = new StringJoiner(" ");
    StringJoiner heights = new StringJoiner(" ");
    network(file, network, settings).layers().stream()
        .collect(groupingBy(layer -> layer.path().split("\\.")[0], LinkedHashMap::new, toList()))
        .forEach(
            (stage, layers) -> {
              ResolvedLayer last = layers.get(layers.size() - 1);
              int channels = last.shape().channels();
              if (!last.path().equals(stage)) {
                repeated.add(channels + "x" + repeats(layers));
                heights.add("" + last.shape().height());
              } else if (last.operator().equals("conv")) {
                single.add("" + channels);
              }
            });
    assertEquals(convolutions, single.toString());
    assertEquals(stages, repeated.toString());
    if (sides != null) {
      assertEquals(sides, heights.toString());
    }
  }

  private static long repeats(List<ResolvedLayer> stage) {
    return stage.stream().map(layer -> layer.path().split("\\.")[1]).distinct().count();
  }

  /**
   * An expanded tensor beside what its depthwise convolution makes of it. MobileNetV3-Small's first
   * block does not expand, and the picture beside the stem's output is the most: 224 * 224 * 3 +
   * 112 * 112 * 16.
   */
  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2, MobileNetV2, , 1505280",
    "mobilenet_v2, MobileNetV2, alpha=0.35 resolution=96, 138240",
    "mobilenet_v3, MobileNetV3Large, , 1003520",
    "mobilenet_v3, MobileNetV3Small, , 351232",
    "efficientnet, EfficientNetB0, , 1505280",
  })
  void mostFloatsAliveAtOnce(String file, String network, String settings, long floats) {
    Summary summary = Summary.of(network(file, network, settings));
    assertEquals(4 * floats, summary.peakActivationBytes());
  }

  @ParameterizedTest
  @CsvFileSource(resources = "rounding.csv", useHeadersInDisplayName = true)
  void multiplesOfEight(double channels, double factor, int rounded, int unlimited) {
    assertEquals(rounded, new Rounding(8, 0.9).apply(channels * factor).value());
    assertEquals(unlimited, new Rounding(8, 0).apply(channels * factor).value());
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

  private static ResolvedNetwork network(String file, String network, String settings) {
    List<String> values = settings == null ? List.of() : List.of(settings.split(" "));
    return Networks.ofSample(file + ".mbnet", network, values);
  }
}
