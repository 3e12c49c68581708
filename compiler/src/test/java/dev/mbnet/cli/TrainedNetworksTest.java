package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.runtime.Backend;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.testing.Compiled;
import dev.mbnet.testing.Networks;
import dev.mbnet.testing.NpmPackage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks that others trained, from the files that they published to answers about pictures.
 * Expected numbers were computed once by the format's own engine in float32.
 */
class TrainedNetworksTest {
  private static final Path TRAINED = Networks.file("src", "test", "resources", "trained");
  private static final float TOLERANCE = 1e-4f;

  private static final NpmPackage NSFWJS =
      new NpmPackage(
          "nsfwjs",
          "4.4.0",
          "krC1fgeTLXtZwgdpKJ0jm7hqv0gTSRQQRL+FhOaxaJ9Wj92t42BO3csO2odwgTAgZgf2RvkwPtp0R8Aa7dc+MA==");
  private static final NpmPackage OBJECTRON =
      new NpmPackage(
          "@mediapipe/objectron",
          "0.4.1675468480",
          "IoWuW0ojc9GaSW6UoDCIXgwjLSqTEcR5w8NYuGH+R5+q+nKzS7KOIGfY/eyx4DttReumb398W6+PpW0DQ2Rs/w==");

  private static final NpmPackage HUMAN =
      new NpmPackage(
          "@vladmandic/human",
          "3.3.6",
          "Nr5mPfq1gQ+uKeXY5uM3Fj8UxvF5CEh2s6txM5wRThqaW0mF9huooOuZSrT8hhGho0hGaXLFdAwfD/2+teCv6A==");

  @TempDir private Path folder;

  /** Imports a model with the command line and compiles its network. */
  private Network load(String name, Path model, String said) throws IOException {
    Path file = TRAINED.resolve(name + ".mbnet");
    Path weights = folder.resolve("weights.safetensors");
    CommandLineTester.Result imported =
        new CommandLineTester(folder)
            .run("import", "" + file, "--from", "" + model, "-o", "@weights.safetensors");
    assertEquals("", imported.err());
    assertEquals(said + ": @weights.safetensors\n", imported.out().replace("\r\n", "\n"));
    ResolvedNetwork network = Compiled.check(Networks.read(file), List.of()).networks().get(0);
    return NetworkLoader.compile(Compiler.generate(network, "", Backends.PLAIN_AND_VECTOR))
        .load(Safetensors.read(weights));
  }

  private static BufferedImage crop(String picture, int x, int y, int size) throws IOException {
    Path file = Networks.file("..", "samples", "images", picture);
    return Picture.read(file).getSubimage(x, y, size, size);
  }

  private interface Check {
    void accept(Session session) throws IOException;
  }

  private static void onBothBackends(Network network, Check check) throws IOException {
    for (Backend backend : List.of(Backend.PLAIN, Backend.VECTOR)) {
      check.accept(network.newSession(SessionOptions.defaults().backend(backend)));
    }
  }

  /** TensorFlow.js, Keras's layers, weights of 8 bits; the package holds both files as modules. */
  @Test
  void contentFilter() throws IOException, InterruptedException {
    String modules = "dist/models/mobilenet_v2/";
    String[] files = {modules + "model.min.js", modules + "group1-shard1of1.min.js"};
    Path unpacked = NSFWJS.unpacked(files);
    String print =
        "process.stdout.write((m => typeof m == 'string' ? m : JSON.stringify(m))(require(%s)))";
    String json = NpmPackage.run("node", "-e", print.formatted(quoted(unpacked.resolve(files[0]))));
    String base64 =
        NpmPackage.run("node", "-e", print.formatted(quoted(unpacked.resolve(files[1]))));
    Path model = Files.writeString(folder.resolve("model.json"), json);
    Files.write(folder.resolve("group1-shard1of1"), Base64.getDecoder().decode(base64));

    Network network = load("content_filter", model, "55 layers, 2619461 values");
    onBothBackends(
        network,
        session -> {
          float[] cat = {0.00016f, 0.000362f, 0.899633f, 0.097284f, 0.002562f};
          assertArrayEquals(cat, session.run(crop("chelsea.png", 113, 38, 224)), TOLERANCE);
          float[] cup = {0.004325f, 0.002748f, 0.946744f, 0.030281f, 0.015901f};
          assertArrayEquals(cup, session.run(crop("coffee.png", 188, 88, 224)), TOLERANCE);
        });
  }

  private static String quoted(Path path) {
    return "'" + path.toAbsolutePath().toString().replace("\\", "\\\\") + "'";
  }

  /** LiteRT, weights of 16 bits, norms folded into weights as large as 1200. */
  @Test
  void cupKeypoints() throws IOException, InterruptedException {
    String file = "object_detection_3d_cup.tflite";
    Path model = OBJECTRON.unpacked(file).resolve(file);

    Network network = load("cup_keypoints", model, "49 layers, 2590003 values");
    onBothBackends(
        network,
        session -> {
          session.run(crop("coffee.png", 188, 88, 224));
          assertEquals(0.601f, session.output("presence")[0], 1e-3f);
          float[] first = {105.874f, 101.497f, 118.445f, 123.468f, 132.134f, 76.202f};
          float[] keypoints = session.output("keypoints");
          assertArrayEquals(first, java.util.Arrays.copyOf(keypoints, first.length), 1e-2f);
          session.run(crop("chelsea.png", 113, 38, 224));
          assertEquals(0, session.output("presence")[0], 1e-3f);
        });
  }

  /**
   * TensorFlow.js, a graph, weights of 16 bits. The file rounds even the sixth in hard swish to
   * them, and we do not. It has 2,014,985 floats, of which 61 are no weights: what 28 additions and
   * 33 multiplications in hard swishes, gates and the decoding of boxes take as their constants.
   */
  @Test
  void centernet() throws IOException, InterruptedException {
    String[] files = {"models/centernet.json", "models/centernet.bin"};
    Path model = HUMAN.unpacked(files).resolve(files[0]);

    Network network = load("centernet", model, "89 layers, 2014924 values");
    onBothBackends(
        network,
        session -> {
          session.run(crop("astronaut.png", 0, 0, 512));
          float[] heat = session.output("heat");
          int hottest = 0;
          for (int i = 0; i < heat.length; i++) {
            hottest = heat[i] > heat[hottest] ? i : hottest;
          }
          int person = 0;
          assertEquals((64 * 128 + 47) * 80 + person, hottest);
          assertEquals(0.60964f, heat[hottest], 3e-4f);
        });
  }
}
