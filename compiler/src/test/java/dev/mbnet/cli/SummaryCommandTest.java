package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.testing.Expectations;
import dev.mbnet.testing.Networks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v2,    ''",
    "mobilenet_v3,    --depth=0 --network=MobileNetV3Small",
    "efficientnet,    --depth=2",
    "resnet,          --layers --network=ResNet18",
    "mobilenet_v1,    --markdown",
    "efficientnet_v2, --markdown --depth=0",
    "mobilenet_v4,    --json",
    "mobilenet_v2,    --json --depth=1",
  })
  void prints(String file, String options) {
    CommandLineTester mbnet = new CommandLineTester(folder);
    mbnet.text("net.mbnet", Networks.sample(file + ".mbnet").orElseThrow());
    CommandLineTester.Result result = mbnet.run(("summary @net.mbnet " + options).split(" "));
    assertEquals("", result.err());
    String type = options.contains("json") ? "json" : options.contains("markdown") ? "md" : "txt";
    String name = (file + options).replaceAll("[ =]?--", "-").replaceAll("[ =]", "-");
    Expectations.expect(
        Networks.file("src/test/resources/golden/summary", name + "." + type), result.out());
  }

  @Test
  void oneFormAtATime() {
    CommandLineTester mbnet = new CommandLineTester(folder);
    mbnet.text("net.mbnet", "network N { input x: [4, 4, 3] gap }");
    CommandLineTester.Result result = mbnet.run("summary", "@net.mbnet", "--json", "--markdown");
    assertEquals(2, result.exit());
    assertEquals(
        "Error: --json, --markdown are mutually exclusive (specify only one)",
        result.err().lines().findFirst().orElse(""));
  }
}
