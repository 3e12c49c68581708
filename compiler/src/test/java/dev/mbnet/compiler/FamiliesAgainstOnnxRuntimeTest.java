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

  @ParameterizedTest(name = "{1} alpha={2} resolution={3}")
  @CsvSource({
    "mobilenet_v1, MobileNetV1, 1.0, 224",
    "mobilenet_v1, MobileNetV1, 0.5, 160",
    "mobilenet_v1, MobileNetV1, 0.25, 128",
    "mobilenet_v2, MobileNetV2, 1.0, 224",
    "mobilenet_v2, MobileNetV2, 1.4, 97",
    "mobilenet_v2, MobileNetV2, 0.35, 96",
  })
  void zoo(String file, String name, String alpha, String resolution) throws IOException {
    Path path = SAMPLES.resolve("zoo/src/main/mbnet/" + file + ".mbnet");
    agree(path, name, List.of("alpha=" + alpha, "resolution=" + resolution));
  }

  @ParameterizedTest
  @CsvSource("TextDirection")
  void textDirection(String name) throws IOException {
    Path path = SAMPLES.resolve("text-direction/src/main/mbnet/text_direction.mbnet");
    agree(path, name, List.of());
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
