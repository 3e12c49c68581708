package dev.mbnet.compiler;

import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.summary.Summary;
import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import dev.mbnet.testing.Networks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks of the samples, each on both backends: all of the zoo, and some at other sizes. */
class FamiliesAgainstOnnxRuntimeTest {
  /** The most multiply-adds of a network that runs at full size; others get {@link #SMALL}. */
  private static final long LIGHT = 320_000_000;

  private static final String SMALL = "resolution = 64";

  static Stream<Named<ResolvedNetwork>> zoo() {
    return Networks.zoo().map(network -> Named.of(network.name(), network));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void zoo(ResolvedNetwork network) {
    boolean light = Summary.of(network).macs() <= LIGHT;
    Answers.of(Compiled.of(light ? network : small(network))).assertAgree();
  }

  /** A derived network takes no settings, so this changes what the file says. */
  private static ResolvedNetwork small(ResolvedNetwork network) {
    String name = network.source().name();
    String text = network.source().text().replaceAll("resolution = \\d+", SMALL);
    Compiler.Request request =
        new Compiler.Request(
            new SourceFile(name, text), network.name(), List.of(), Networks::sample);
    return Compiled.check(request).networks().get(0);
  }

  @ParameterizedTest(name = "{1} {2}")
  @CsvSource({
    "mobilenet_v2, MobileNetV2, alpha=1.4 resolution=97",
    "mobilenet_v2, MobileNetV2, alpha=0.35 resolution=96",
    "mobilenet_v3, MobileNetV3Large, alpha=0.75 resolution=97",
    "mobilenet_v3_keras, MobileNetV3LargeKeras, alpha=0.75 resolution=97",
    "efficientnet_lite, EfficientNetLite0, resolution=97",
    "efficientnet_v2, EfficientNetV2B0, resolution=97",
    "ghostnet, GhostNet, resolution=97",
    "resnet, ResNet18, resolution=97",
    "ssdlite, SSDLite320MobileNetV3Large, resolution=161",
    "deeplab_v3, DeepLabV3MobileNetV3LargeAuxiliary, resolution=97",
    "text_direction, TextDirection, ''",
    "text_detection, TextDetection, height=64 width=96",
  })
  void otherSizes(String file, String name, String settings) {
    List<String> all = settings.isEmpty() ? List.of() : List.of(settings.split(" "));
    Answers.of(Compiled.of(Networks.ofSample(file + ".mbnet", name, all))).assertAgree();
  }
}
