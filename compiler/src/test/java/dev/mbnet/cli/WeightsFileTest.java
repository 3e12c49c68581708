package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
  @TempDir Path folder;

  @Test
  void besideTheModelFirst() throws IOException {
    Path model = file("module/src/main/mbnet/net.mbnet");
    Path beside = file("module/src/main/mbnet/net.safetensors");
    file("module/target/classes/net.safetensors");
    assertEquals(beside, WeightsFile.of(model, "Net", null));
  }

  @Test
  void thenInWhatTheModuleBuilt() throws IOException {
    Path model = file("module/src/main/mbnet/sub/net.mbnet");
    Path built = file("module/target/classes/a/b/net.safetensors");
    file("module/target/classes/a/b/other.safetensors");
    file("module/target/test-classes/net.safetensors");
    assertEquals(built, WeightsFile.of(model, "Net", null));
  }

  /** As the goal `random-weights` writes it; what is trained comes first. */
  @Test
  void ofTheNetworksNameLast() throws IOException {
    Path model = file("module/src/main/mbnet/net.mbnet");
    Path network = file("module/target/classes/a/Net.safetensors");
    assertEquals(network, WeightsFile.of(model, "Net", null));
    Path named = file("module/target/classes/b/net.safetensors");
    assertEquals(named, WeightsFile.of(model, "Net", null));
    Path beside = file("module/src/main/mbnet/Net.safetensors");
    assertEquals(beside, WeightsFile.of(model, "Net", null));
  }

  @Test
  void testModelsInTestClasses() throws IOException {
    Path model = file("module/src/test/mbnet/net.mbnet");
    file("module/target/classes/net.safetensors");
    Path built = file("module/target/test-classes/net.safetensors");
    assertEquals(built, WeightsFile.of(model, "Net", null));
  }

  @Test
  void theOneGivenBeforeAll() throws IOException {
    Path model = file("net.mbnet");
    file("net.safetensors");
    Path given = file("given.bin");
    assertEquals(given, WeightsFile.of(model, "Net", given));
  }

  @Test
  void noneOutsideAModule() throws IOException {
    Path model = file("net.mbnet");
    assertEquals(
        """
        mbnet: there are no weights for @net.mbnet
          not as @net.safetensors or @Net.safetensors
        name a file with `--weights`, or make one:
          mbnet import @net.mbnet --from MODEL.onnx -o @net.safetensors""",
        mistake(model));
  }

  @Test
  void noneInAModule() throws IOException {
    Path model = file("module/src/main/mbnet/net.mbnet");
    assertEquals(
        """
        mbnet: there are no weights for @module/src/main/mbnet/net.mbnet
          not as @module/src/main/mbnet/net.safetensors or \
        @module/src/main/mbnet/Net.safetensors
          not as net.safetensors or Net.safetensors below @module/target/classes
        build the module if its build makes them, name a file with `--weights`, or make one:
          mbnet import @module/src/main/mbnet/net.mbnet --from MODEL.onnx \
        -o @module/src/main/mbnet/net.safetensors""",
        mistake(model));
  }

  @Test
  void severalInAModule() throws IOException {
    Path model = file("module/src/main/mbnet/net.mbnet");
    file("module/target/classes/b/net.safetensors");
    file("module/target/classes/a/net.safetensors");
    assertEquals(
        """
        mbnet: there are several weights for @module/src/main/mbnet/net.mbnet
          @module/target/classes/a/net.safetensors
          @module/target/classes/b/net.safetensors
        name one with `--weights`""",
        mistake(model));
  }

  private String mistake(Path model) {
    UserError error = assertThrows(UserError.class, () -> WeightsFile.of(model, "Net", null));
    return error.getMessage().replace(folder + "/", "@");
  }

  private Path file(String name) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, "");
  }
}
