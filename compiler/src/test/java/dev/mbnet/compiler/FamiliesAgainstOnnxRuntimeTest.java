package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks of the samples, at sizes that are in use. */
class FamiliesAgainstOnnxRuntimeTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @ParameterizedTest(name = "{1} {2}")
  @CsvSource({
    "mobilenet_v1, MobileNetV1, alpha=1.0 resolution=224",
    "mobilenet_v1, MobileNetV1, alpha=0.5 resolution=160",
    "mobilenet_v1, MobileNetV1, alpha=0.25 resolution=128",
    "mobilenet_v2, MobileNetV2, alpha=1.0 resolution=224",
    "mobilenet_v2, MobileNetV2, alpha=1.4 resolution=97",
    "mobilenet_v2, MobileNetV2, alpha=0.35 resolution=96",
    "mobilenet_v3, MobileNetV3Large, alpha=1.0 resolution=224",
    "mobilenet_v3, MobileNetV3Large, alpha=0.75 resolution=97",
    "mobilenet_v3, MobileNetV3Small, alpha=1.0 resolution=224",
    "mobilenet_v4, MobileNetV4ConvSmall, resolution=224",
    "efficientnet, EfficientNetB0, resolution=224",
    "efficientnet, EfficientNetB3, ''",
    "efficientnet_lite, EfficientNetLite0, resolution=97",
    "efficientnet_v2, EfficientNetV2S, resolution=96",
    "efficientnet_v2, EfficientNetV2B0, resolution=97",
    "ghostnet, GhostNet, resolution=97",
    "resnet, ResNet18, resolution=97",
    "resnet, ResNet50, resolution=64",
    "resnet, SEResNet50, ''",
    "ssdlite, SSDLite320MobileNetV3Large, resolution=161",
    "deeplab_v3, DeepLabV3MobileNetV3LargeAuxiliary, resolution=97",
  })
  void zoo(String file, String name, String settings) throws IOException {
    Path path = SAMPLES.resolve("zoo/src/main/mbnet/" + file + ".mbnet");
    agree(path, name, settings(settings));
  }

  @ParameterizedTest
  @CsvSource({
    "text-direction/src/main/mbnet/text_direction.mbnet, TextDirection, ''",
    "text-detection/src/main/mbnet/text_detection.mbnet, TextDetection, height=64 width=96",
  })
  void text(String file, String name, String settings) throws IOException {
    agree(SAMPLES.resolve(file), name, settings(settings));
  }

  private static List<String> settings(String settings) {
    return settings.isEmpty() ? List.of() : List.of(settings.split(" "));
  }

  private static void agree(Path path, String name, List<String> settings) throws IOException {
    SourceFile source = new SourceFile(path.getFileName().toString(), Files.readString(path));
    Compiler.Request request =
        new Compiler.Request(source, name, settings, beside -> read(path.resolveSibling(beside)));
    List<ResolvedNetwork> networks = Compiled.check(request).networks();
    assertEquals(1, networks.size());
    Answers.of(Compiled.of(networks.get(0))).assertAgree();
  }

  private static Optional<String> read(Path path) {
    try {
      return Optional.of(Files.readString(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
