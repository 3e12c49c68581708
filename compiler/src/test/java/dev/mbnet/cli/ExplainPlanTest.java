package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.mbnet.runtime.VectorSession;
import dev.mbnet.testing.Expectations;
import dev.mbnet.testing.Networks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainPlanTest {
  /** A region of every kind, panels, copies, and activations with an exponential. */
  private static final String SMALL =
      """
      network Small {
        input image: [32, 32, 3]
        default norm = bn(eps = 1e-3), act = swish, pad = same
        conv(k=3, c=16, s=2)
        mbconv(t=4, c=24, n=2, s=2, se)
        conv(k=3, c=24, g=2)
        maxpool(k=3, s=2, pad=symmetric)
        conv(k=1, c=64)
        gap
        dense(10)
      }
      """;

  @TempDir Path folder;
  private CommandLineTester mbnet;

  @BeforeEach
  void files() {
    mbnet = new CommandLineTester(folder);
    mbnet.text("small.mbnet", SMALL);
    mbnet.text("mobilenet_v2.mbnet", Networks.sample("mobilenet_v2.mbnet").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2, mobilenet_v2,      --network=MobileNetV2,                  txt",
    "mobilenet_v2, mobilenet_v2_avx2, --network=MobileNetV2 --processor=avx2, txt",
    "small,        small,             '',                                     txt",
    "small,        small,             --json,                                 json",
  })
  void prints(String model, String golden, String options, String type) {
    String line = "compile @" + model + ".mbnet --explain-plan " + options;
    CommandLineTester.Result result = mbnet.run(line.trim().split(" "));
    assertEquals("", result.err());
    assertEquals(0, result.exit());
    Expectations.expect(
        Networks.file("src/test/resources/golden/plan", golden + "." + type), result.out());
  }

  @Test
  void filesAreWrittenBesideWhereOneSaysWhere() {
    String line = "compile @small.mbnet --explain-plan";
    String plan = mbnet.run(line.split(" ")).out();
    assertEquals(
        new CommandLineTester.Result(0, plan, ""), mbnet.run((line + " -o @out").split(" ")));
    assertTrue(Files.exists(mbnet.path("out/Small.java")));
    assertFalse(Files.exists(mbnet.path("out/SmallVectors.java")));
  }

  @Test
  void measuringAddsTheTimeOfEachRegion() {
    String[] words = "compile @small.mbnet --explain-plan --measure --json".split(" ");
    CommandLineTester.Result result = mbnet.run(words);
    assertEquals("", result.err());
    JsonObject plan =
        JsonParser.parseString(result.out()).getAsJsonArray().get(0).getAsJsonObject();
    for (JsonElement region : plan.getAsJsonArray("regions")) {
      double time = region.getAsJsonObject().get("measuredMicroseconds").getAsDouble();
      double speed = region.getAsJsonObject().get("measuredGmacsPerSecond").getAsDouble();
      assertTrue(time > 0, region::toString);
      assertEquals(region.getAsJsonObject().get("macs").getAsLong(), 1e3 * speed * time, 1);
    }
    assertTrue(plan.get("peakGmacsPerSecond").getAsDouble() > 0);
  }

  @Test
  void measuredSpeedsStandNextToThePeak() {
    CommandLineTester.Result result =
        mbnet.run("compile @small.mbnet --explain-plan --measure".split(" "));
    assertEquals("", result.err());
    Pattern region =
        Pattern.compile("measured +([0-9.,]+) us, ([0-9.]+) GMAC/s, ([0-9]+) % of peak");
    Matcher peak =
        Pattern.compile("(?m)^peak +([0-9.]+) GMAC/s, measured without loads or stores$")
            .matcher(result.out());
    assertTrue(peak.find(), result.out());
    List<MatchResult> all = region.matcher(result.out()).results().toList();
    assertEquals(
        result.out().lines().filter(l -> l.startsWith("     measured ")).count() + 1, all.size());
    for (MatchResult one : all) {
      double share = 100 * Double.parseDouble(one.group(2)) / Double.parseDouble(peak.group(1));
      assertEquals(share, Double.parseDouble(one.group(3)), 2, one.group());
    }
  }

  @Test
  void measuringTakesTheModule() throws Exception {
    String message =
        "mbnet: vector code takes the module jdk.incubator.vector; start Java with --add-modules"
            + " jdk.incubator.vector\n";
    assertEquals(
        new CommandLineTester.Result(1, "", message),
        mbnet.start("compile", "@small.mbnet", "--explain-plan", "--measure"));
  }

  @Test
  void measuringIsForTheProcessorHere() {
    boolean many = VectorSession.hasManyRegisters();
    String other = many ? "avx2" : "avx512";
    String line = "compile @small.mbnet --explain-plan --measure --processor=" + other;
    String message =
        "mbnet: --measure runs the code for this machine, whose processor has "
            + (many ? 32 : 16)
            + " vector registers; leave --processor out\n";
    assertEquals(new CommandLineTester.Result(1, "", message), mbnet.run(line.split(" ")));
  }

  @Test
  void processorsThatThereAreNot() {
    CommandLineTester.Result result =
        mbnet.run("compile @small.mbnet --explain-plan --processor=neon".split(" "));
    assertEquals(2, result.exit());
    assertEquals(
        "Invalid value for option '--processor': there is no processor `neon`; give `avx512` or"
            + " `avx2`",
        result.err().lines().findFirst().orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--measure", "--processor=avx2", "--json --measure -o @out"})
  void thereHasToBeAPlan(String options) {
    CommandLineTester.Result result = mbnet.run(("compile @small.mbnet " + options).split(" "));
    assertEquals(2, result.exit());
    assertEquals(
        "Error: Missing required argument(s): --explain-plan",
        result.err().lines().findFirst().orElse(""));
  }

  @Test
  void thereHasToBeSomethingToDo() {
    CommandLineTester.Result result = mbnet.run("compile", "@small.mbnet");
    assertEquals(2, result.exit());
    assertEquals(
        "give --output=DIR, or --explain-plan to write nothing",
        result.err().lines().findFirst().orElse(""));
  }
}
