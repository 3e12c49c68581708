package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
  /** Takes the mean of each channel. */
  private static final String MEANS =
      """
      network Means {
        input picture: [1, 2, 3] { color = rgb, resize = nearest, fit = stretch, mean = 0, std = 1 }
        probabilities: gap
        output probabilities
        labels "colours.txt"
      }
      """;

  @TempDir Path folder;
  private CommandLineTester mbnet;

  @BeforeEach
  void files() throws IOException {
    mbnet = new CommandLineTester(folder);
    mbnet
        .text("colours.txt", "red\ngreen\ndark blue\n")
        .text("means.mbnet", MEANS)
        .weights("means.mbnet", "means.safetensors")
        .floats("in.bin", 1, 2, 3, 4, 2, 0)
        .png("green.png", picture(0x00ff00, 0x00ff00));
  }

  private static BufferedImage picture(int left, int right) {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, left);
    picture.setRGB(1, 0, right);
    return picture;
  }

  @Test
  void saysTheAnswerTheProbabilitiesAndTheTime() {
    CommandLineTester.Result result = mbnet.run("run", "@means.mbnet", "--image", "@green.png");
    assertEquals("", result.err());
    assertEquals(
        """
        green

          green       57.61 %
          red         21.19 %
          dark blue   21.19 %

        # ms for the first run
        """,
        result.out().replaceAll("[0-9.]+ ms", "# ms"));
    assertEquals(0, result.exit());
  }

  @Test
  void repeatsGiveTheMedian() {
    CommandLineTester.Result result =
        mbnet.run("run", "@means.mbnet", "--image", "@green.png", "--top=1", "--repeat=3");
    assertEquals(
        """
        green

          green   57.61 %

        # ms, the median of 3 after the first run's # ms
        """,
        result.out().replaceAll("[0-9.]+ ms", "# ms"));
  }

  @Test
  void jsonIsOneObject() {
    CommandLineTester.Result result =
        mbnet.run("run", "@means.mbnet", "--tensor", "@in.bin", "--json", "--top=2", "--repeat=4");
    assertEquals("", result.err());
    assertEquals(1, result.out().lines().count());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals(
        List.of("network", "outputs", "top", "milliseconds", "runs"), List.copyOf(json.keySet()));
    assertEquals("Means", json.get("network").getAsString());
    assertEquals("{\"probabilities\":[2.5,2.0,1.5]}", json.get("outputs").toString());
    JsonArray top = json.getAsJsonArray("top");
    assertEquals(2, top.size());
    JsonObject first = top.get(0).getAsJsonObject();
    assertEquals(List.of("label", "index", "probability"), List.copyOf(first.keySet()));
    assertEquals("red", first.get("label").getAsString());
    assertEquals(0, first.get("index").getAsInt());
    assertEquals(0.506, first.get("probability").getAsDouble(), 1e-3);
    assertEquals(4, json.get("runs").getAsInt());
    assertTrue(json.get("milliseconds").getAsDouble() > 0);
  }

  @Test
  void jsonHasNoNumberForWhatIsNone() {
    mbnet.floats("in.bin", Float.NaN, 1, Float.POSITIVE_INFINITY, 0, 1, 0);
    CommandLineTester.Result result =
        mbnet.run("run", "@means.mbnet", "--tensor", "@in.bin", "--json");
    JsonElement outputs = JsonParser.parseString(result.out()).getAsJsonObject().get("outputs");
    assertEquals("{\"probabilities\":[null,1.0,null]}", outputs.toString());
  }

  @Test
  void tensorsGoInAndOutAsTheyAre() throws IOException {
    mbnet.text(
        "two.mbnet",
        """
        network Two {
          input x: [2, 1, 2]
          twice: add(x)
          mean: gap
          output twice, mean
        }
        """);
    mbnet.weights("two.mbnet", "w.safetensors").floats("x.bin", 1, -2, 3.5f, 4);
    String line = "run @two.mbnet --weights @w.safetensors --tensor @x.bin --output @y.bin";
    CommandLineTester.Result result = mbnet.run(line.split(" "));
    assertEquals("", result.err());
    assertEquals(
        """
        twice 2x1x2: from -4.000 to 8.000, mean 3.250
        mean 1x1x2: from 2.000 to 4.500, mean 3.250

        # ms for the first run
        """,
        result.out().replaceAll("[0-9.]+ ms", "# ms"));
    assertArrayEquals(new float[] {2, -4, 7, 8, 4.5f, 2}, mbnet.floats("y.bin"));

    JsonObject json =
        JsonParser.parseString(mbnet.run((line + " --json").split(" ")).out()).getAsJsonObject();
    assertEquals(List.of("network", "outputs", "milliseconds", "runs"), List.copyOf(json.keySet()));
    assertEquals(1, json.get("runs").getAsInt());
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "180, 0, 1"})
  void rotateTurnsThePicture(int degrees, float left, float right) throws IOException {
    String open =
        "network Same { input x: [1, 2, 1] { color = gray, resize = nearest, mean = 0, std = 1 }\n";
    mbnet.text("same.mbnet", open + "relu }").weights("same.mbnet", "same.safetensors");
    mbnet.png("half.png", picture(0xffffff, 0));
    String line = "run @same.mbnet --image @half.png --rotate " + degrees + " --output @y.bin";
    CommandLineTester.Result result = mbnet.run(line.split(" "));
    assertEquals("", result.err());
    assertArrayEquals(new float[] {left, right}, mbnet.floats("y.bin"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', give either --image or --tensor",
    "--image @green.png --tensor @in.bin, give either --image or --tensor",
    "--tensor @in.bin --rotate 90, --rotate turns a picture; give --image",
    "--image @green.png --rotate 45, '--rotate takes 0, 90, 180 or 270'",
    "--image @green.png --top 0, --top takes a number of at least 1",
    "--image @green.png --threads 0, --threads takes a number of at least 1",
    "--image @green.png --backend plain --threads 2, 'plain code runs on one thread; give --backend auto or vector with --threads'",
    "--image @green.png --repeat -1, --repeat takes a number of at least 0",
  })
  void wrongUsageExitsWith2(String options, String message) {
    String[] words = ("run @means.mbnet " + options).trim().split(" ");
    CommandLineTester.Result result = mbnet.run(words);
    assertEquals(2, result.exit());
    assertEquals("", result.out());
    assertEquals(message, result.err().lines().findFirst().orElseThrow());
    assertTrue(result.err().contains("\nUsage: mbnet run "), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--backend auto",
        "--backend plain",
        "--backend=vector",
        "--backend vector --threads 2 --repeat 2"
      })
  void everyBackendGivesTheAnswer(String options) {
    String line = "run @means.mbnet --tensor @in.bin --json " + options;
    CommandLineTester.Result result = mbnet.run(line.split(" "));
    assertEquals("", result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals("{\"probabilities\":[2.5,2.0,1.5]}", json.get("outputs").toString());
  }

  @Test
  void backendsThatThereAreNot() {
    CommandLineTester.Result result =
        mbnet.run("run", "@means.mbnet", "--tensor", "@in.bin", "--backend", "fast");
    assertEquals(2, result.exit());
    assertEquals(
        "Invalid value for option '--backend': there is no backend `fast`; give `auto`, `plain` or"
            + " `vector`",
        result.err().lines().findFirst().orElse(""));
  }

  @Test
  void withoutTheModuleVectorsAreRefusedInALine() throws Exception {
    String message =
        "mbnet: vector code takes the module jdk.incubator.vector; start Java with --add-modules"
            + " jdk.incubator.vector\n";
    assertEquals(
        new CommandLineTester.Result(1, "", message),
        mbnet.start("run", "@means.mbnet", "--tensor", "@in.bin", "--backend", "vector"));
  }

  @Test
  void withoutTheModulePlainCodeRunsAndNothingIsSaid() throws Exception {
    CommandLineTester.Result result =
        mbnet.start("run", "@means.mbnet", "--tensor", "@in.bin", "--top=1");
    assertEquals("", result.err());
    assertEquals("red\n\n  red   50.65 %\n\n", result.out().replaceFirst("[0-9.]+ ms.*\n", ""));
  }

  @Test
  void filesOfAnotherSize() {
    mbnet.floats("in.bin", 1, 2);
    mistake(
        "@means.mbnet --tensor @in.bin",
        "mbnet: @in.bin has 8 bytes; the input `picture` of 1x2x3 floats takes 24\n");
    mbnet.bytes("in.bin", new byte[1000]);
    mistake(
        "@means.mbnet --tensor @in.bin",
        "mbnet: @in.bin has 1000 bytes; the input `picture` of 1x2x3 floats takes 24\n");
  }

  @Test
  void filesThatAreNotThere() {
    mistake("@means.mbnet --tensor @none.bin", "mbnet: no such file: @none.bin\n");
    mistake("@means.mbnet --image @none.png", "mbnet: no such file: @none.png\n");
    mistake(
        "@means.mbnet --image @green.png --weights @none.safetensors",
        "mbnet: no such file: @none.safetensors\n");
    mistake(
        "@means.mbnet --tensor @in.bin --output @none/out.bin",
        "mbnet: there is no folder to write @none/out.bin into\n");
  }

  @Test
  void foldersInPlaceOfFiles() {
    mbnet.bytes("folder/file", new byte[0]);
    mistake(
        "@means.mbnet --tensor @folder", "mbnet: @folder is a folder; name a file of float32\n");
    mistake("@means.mbnet --image @folder", "mbnet: @folder is a folder; name a picture\n");
    mistake(
        "@means.mbnet --image @green.png --weights @folder",
        "mbnet: @folder is a folder; name a safetensors file\n");
  }

  @Test
  void picturesThatAreNone() {
    mbnet.bytes("empty.png", new byte[0]).text("text.png", "not a picture");
    mistake("@means.mbnet --image @empty.png", "mbnet: @empty.png is empty; name a picture\n");
    mistake(
        "@means.mbnet --image @text.png",
        "mbnet: @text.png is no picture that Java reads; convert it to PNG or JPEG\n");
  }

  @Test
  void damagedPictures() throws IOException {
    byte[] png = Files.readAllBytes(mbnet.path("green.png"));
    mbnet.bytes("cut.png", Arrays.copyOf(png, 40));
    CommandLineTester.Result result = mbnet.run("run", "@means.mbnet", "--image", "@cut.png");
    assertEquals(1, result.exit());
    assertTrue(
        result.err().startsWith("mbnet: the picture @cut.png cannot be read: "), result.err());
  }

  @Test
  void moreMemoryThanThereIs() throws Exception {
    byte[] png = Files.readAllBytes(mbnet.path("green.png"));
    ByteBuffer.wrap(png).putInt(16, 16_000).putInt(20, 16_000);
    mbnet.bytes("huge.png", png);
    outOfMemory("@means.mbnet --image @huge.png", "@huge.png takes");

    mbnet.text("wide.mbnet", "network Wide { input x: [1, 1, 75000]  dense(1000) }");
    String header =
        """
        {"dense.weight":{"dtype":"F32","shape":[1000,75000],"data_offsets":[0,300000000]}}""";
    ByteBuffer start = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    start.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    mbnet.bytes("wide.safetensors", start.array());
    try (RandomAccessFile file =
        new RandomAccessFile(mbnet.path("wide.safetensors").toFile(), "rw")) {
      file.setLength(start.capacity() + 300_000_000L);
    }
    outOfMemory("@wide.mbnet --tensor @in.bin", "@wide.safetensors takes");

    mbnet.text(
        "large.mbnet",
        Files.readString(mbnet.path("means.mbnet")).replace("[1, 2, 3]", "[9000, 9000, 3]"));
    outOfMemory("@large.mbnet --image @green.png --weights @means.safetensors", "this takes");
  }

  private void outOfMemory(String options, String what) throws Exception {
    String message = " more memory than Java may use here; `-Xmx` sets how much\n";
    assertEquals(
        new CommandLineTester.Result(1, "", "mbnet: " + what + message),
        mbnet.start(List.of("-Xmx128m"), ("run " + options).split(" ")));
  }

  @Test
  void picturesForANetworkThatDoesNotSayHow() {
    mbnet.text("plain.mbnet", "network Plain {\n  input x: [2, 2, 3]\n  gap\n}\n");
    mistake(
        "@plain.mbnet --image @green.png",
        """
        mbnet: the input `x` of network `Plain` does not say how pictures become it
        declare `color`, `resize`, `mean` and `std` in its braces, or use `--tensor`
        """);
  }

  @Test
  void weightsThatDoNotFit() throws IOException {
    mbnet.text("dense.mbnet", "network Dense {\n  input x: [1, 2, 3]\n  gap\n  fc: dense(2)\n}\n");
    mistake(
        "@dense.mbnet --tensor @in.bin --weights @means.safetensors",
        """
        mbnet: @means.safetensors: does not fit the network `Dense`: 2 missing, 0 surplus, 0 misshapen
          missing   `fc.weight` [2, 3]
          missing   `fc.bias` [2]
        """);
  }

  private void mistake(String options, String message) {
    assertEquals(
        new CommandLineTester.Result(1, "", message), mbnet.run(("run " + options).split(" ")));
  }
}
