package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mbnet.testing.Expectations;
import dev.mbnet.testing.Networks;
import java.io.IOException;
import java.nio.file.Files;
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

  @Test
  void depthsBelowZero() {
    CommandLineTester mbnet = new CommandLineTester(folder);
    mbnet.text("net.mbnet", "network N { input x: [4, 4, 3] gap }");
    CommandLineTester.Result result = mbnet.run("summary", "@net.mbnet", "--depth=-1");
    assertEquals(2, result.exit());
    assertEquals(
        "--depth takes a number of at least 0", result.err().lines().findFirst().orElse(""));
  }

  @Test
  void thePageIsAFileOfItsOwnAndAlwaysTheSame() throws IOException {
    CommandLineTester mbnet = new CommandLineTester(folder);
    mbnet.text("net.mbnet", Networks.sample("mobilenet_v2.mbnet").orElseThrow());
    CommandLineTester.Result result = mbnet.run("summary", "@net.mbnet", "--html", "@a.html");
    assertEquals(new CommandLineTester.Result(0, "MobileNetV2: @a.html\n", ""), result);
    mbnet.run("summary", "@net.mbnet", "--html", "@b.html");
    String page = Files.readString(mbnet.path("a.html"));
    assertEquals(page, Files.readString(mbnet.path("b.html")));
    assertFalse(page.contains(folder.toString()), "the page names the folder");
    String links = page.replace("http://www.w3.org/2000/svg", "");
    assertFalse(links.contains("://"), "the page names another place");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wrong.mbnet --html=@page.html | @wrong.mbnet:1:32: error:"
            + " there is no operator or block `gab` [MB2001]",
        "net.mbnet --html=@none/page.html"
            + " | mbnet: there is no folder to write @none/page.html into",
        "net.mbnet --html=@page.html --json"
            + " | Error: --json, --html=FILE are mutually exclusive (specify only one)",
      })
  void mistakesLeaveNoPageBehind(String line, String message) throws IOException {
    CommandLineTester mbnet = new CommandLineTester(folder);
    mbnet.text("net.mbnet", "network N { input x: [4, 4, 3] gap }");
    mbnet.text("wrong.mbnet", "network N { input x: [4, 4, 3] gab }");
    CommandLineTester.Result result = mbnet.run(("summary @" + line).split(" "));
    assertEquals(message, result.err().lines().findFirst().orElse(""));
    assertEquals("", result.out());
    assertFalse(Files.exists(mbnet.path("page.html")));
  }
}
