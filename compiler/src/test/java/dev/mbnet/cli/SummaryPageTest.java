package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mbnet.testing.Networks;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** The page of {@code summary --html}, read and clicked on in a browser. */
class SummaryPageTest {
  private static ChromeDriver browser;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
  }

  /** Each test by itself, so that all are counted as skipped. */
  @BeforeEach
  void needsABrowser() {
    assumeTrue(browser != null, "no Chromium with its chromedriver is on the path");
  }

  /** Whatever a test did, the page's scripts did not fail and nothing was fetched. */
  @AfterEach
  void nothingWentWrong() {
    if (browser == null) {
      return;
    }
    assertEquals(List.of(), browser.manage().logs().get(LogType.BROWSER).getAll());
    assertEquals(0L, run("return performance.getEntriesByType('resource').length"));
  }

  private void show(String text, String... options) {
    CommandLineTester mbnet = new CommandLineTester(folder).text("net.mbnet", text);
    String line = "summary @net.mbnet --html @net.html " + String.join(" ", options);
    assertEquals("", mbnet.run(line.strip().split(" ")).err());
    browser.get(folder.resolve("net.html").toUri().toString());
  }

  private void showSample(String file, String... options) {
    show(Networks.sample(file + ".mbnet").orElseThrow(), options);
  }

  private static Object run(String script, Object... arguments) {
    return browser.executeScript(script, arguments);
  }

  private static WebElement item(String key) {
    return browser.findElement(By.cssSelector("[data-key='" + key + "'][role=treeitem]"));
  }

  private static List<String> items() {
    return browser.findElements(By.cssSelector("[role=treeitem]")).stream()
        .map(element -> element.getDomAttribute("data-key"))
        .toList();
  }

  private static void fold(String key) {
    item(key).findElement(By.cssSelector("[data-fold]")).click();
  }

  private static String text(String selector) {
    return browser.findElement(By.cssSelector(selector)).getText();
  }

  private static void type(CharSequence... keys) {
    new Actions(browser).sendKeys(keys).perform();
  }

  @Test
  void clicksUnfoldAndFoldStages() {
    showSample("mobilenet_v2");
    List<String> folded = items();
    assertEquals(13, folded.size());
    fold("stage3");
    fold("stage3.1");
    assertEquals("true", item("stage3.1").getDomAttribute("aria-expanded"));
    assertTrue(items().contains("stage3.1.expand"));
    assertTrue(items().contains("stage3.2"));
    item("stage3.1.depthwise").click();
    assertEquals("true", item("stage3.1.depthwise").getDomAttribute("aria-selected"));
    fold("stage3");
    assertEquals(folded, items());
    assertEquals("stage3", text("#detail h2"));
  }

  @Test
  void theNumbersOfALayerAreThoseOfTheSummary() {
    showSample("mobilenet_v2", "--layers");
    item("stage3.1.depthwise").click();
    assertEquals("stage3.1.depthwise", text("#detail h2"));
    assertEquals(
        """
        output 28 × 28 × 192
        parameters 2,112
        0.1 %
        MACs 1,354,752
        0.5 %
        output memory 602,112 B
        live memory 1,304,576 B
        21.7 %""",
        text("#detail .counts"));
    assertTrue(text("#detail").contains("stage3.1.depthwise.weight [192, 1, 3, 3]"));
    browser.findElement(By.xpath("//button[text()='stage3.1.project']")).click();
    assertEquals("stage3.1.project", text("#detail h2"));
    assertTrue(
        text("#totals").startsWith("parameters\n3.50 M\nMACs\n301 M\nlive memory\n5.74 MiB"));
  }

  @Test
  void theSourceStandsBesideAndLeadsBack() {
    showSample("mobilenet_v2");
    assertEquals("stage3: mbconv(t=6, c=32, n=3, s=2)", text(".statement[data-key=stage3] .call"));
    item("stage3").click();
    assertEquals("stage3: mbconv(t=6, c=32,  n=3, s=2)", text("#source mark"));
    browser.findElement(By.xpath("//li[contains(., 'c=96,')]")).click();
    assertEquals("true", item("stage5").getDomAttribute("aria-selected"));
    assertEquals("stage5", text("#detail h2"));
  }

  @Test
  void searchesGoFromHitToHitWhereverTheyAre() {
    showSample("efficientnet", "--network=EfficientNetB7");
    type("/");
    type("squeeze gap");
    assertEquals("55 found", text("#found"));
    assertEquals("4", text("[data-key='1'] .hits"));
    type(Keys.ENTER);
    assertEquals("1.0.squeeze.0", text("#detail h2"));
    type(Keys.ENTER, Keys.ENTER);
    assertEquals("1.2.squeeze.0", text("#detail h2"));
    new Actions(browser).keyDown(Keys.SHIFT).sendKeys(Keys.ENTER).keyUp(Keys.SHIFT).perform();
    assertEquals("1.1.squeeze.0", text("#detail h2"));
    assertTrue(isInView(item("1.1.squeeze.0")));
    type(Keys.ESCAPE);
    assertEquals("", text("#found"));
  }

  private static boolean isInView(WebElement element) {
    return (Boolean)
        run(
            "const a = arguments[0].getBoundingClientRect();"
                + "const b = page.view.getBoundingClientRect();"
                + "return a.top >= b.top && a.bottom <= b.bottom && a.left >= b.left"
                + " && a.right <= b.right;",
            element);
  }

  @Test
  void keysWalkTheTree() {
    showSample("resnet", "--network=ResNet18");
    browser.findElement(By.id("view")).sendKeys(Keys.ARROW_DOWN);
    assertEquals("image", text("#detail h2"));
    type(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertEquals("2.0", text("#detail h2"));
    assertEquals(
        "item-2.0", browser.findElement(By.id("view")).getDomAttribute("aria-activedescendant"));
    type(Keys.ENTER, Keys.ARROW_RIGHT);
    assertEquals("2.0.conv1", text("#detail h2"));
    type(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    assertFalse(items().contains("2.0.conv1"));
    type("c");
    assertEquals("2", text("#detail h2"));
    type("e");
    assertTrue(items().contains("5.1.conv2"));
    type("?");
    assertTrue(browser.findElement(By.id("help")).isDisplayed());
  }

  @Test
  void barsFollowTheChoice() {
    showSample("mobilenet_v2");
    assertEquals("37.4 M", text("[data-key=stage3] .value"));
    browser.findElement(By.xpath("//span[text()='Parameters']")).click();
    assertEquals("39.7 k", text("[data-key=stage3] .value"));
    browser.findElement(By.xpath("//span[text()='Memory']")).click();
    assertEquals("2.15 MiB", text("[data-key=stage3] .value"));
  }

  @Test
  void lightAndDark() {
    showSample("mobilenet_v1");
    String light = browser.findElement(By.tagName("body")).getCssValue("background-color");
    browser.findElement(By.id("theme")).click();
    String dark = browser.findElement(By.tagName("body")).getCssValue("background-color");
    assertEquals(List.of("rgba(247, 246, 243, 1)", "rgba(23, 24, 26, 1)"), List.of(light, dark));
  }

  @Test
  void wordsOfTheFileStayWords() {
    show(
        "/** <b>&amp; </script><!-- @data@ `x` */\nnetwork N { input x: [4, 4, 3]  gap // </script>\n}");
    assertEquals("<b>&amp; </script><!-- @data@ x", text(".doc"));
    assertTrue(text("#source").contains("gap // </script>"), text("#source"));
  }

  /**
   * Nothing covers anything else, each stage holds what is in it, tensors flow down, and each layer
   * is drawn once.
   */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "mobilenet_v1, MobileNetV1",
    "mobilenet_v2, MobileNetV2",
    "mobilenet_v3, MobileNetV3Large",
    "mobilenet_v4, MobileNetV4ConvSmall",
    "efficientnet, EfficientNetB7",
    "efficientnet_v2, EfficientNetV2S",
    "resnet, SEResNet50",
    "ghostnet, GhostNet",
    "ssdlite, SSDLite320MobileNetV3Large",
    "deeplab_v3, DeepLabV3MobileNetV3LargeAuxiliary",
    "text_direction, TextDirection",
  })
  void everythingHasItsPlace(String file, String network) throws Exception {
    Path model =
        Networks.sampleFiles().stream()
            .filter(path -> path.endsWith(file + ".mbnet"))
            .findFirst()
            .orElseThrow();
    String page = folder.resolve("net.html").toString();
    assertEquals(
        "",
        new CommandLineTester(folder)
            .run("summary", "" + model, "--network=" + network, "--html", page, "--layers")
            .err());
    browser.get(folder.resolve("net.html").toUri().toString());
    assertInOrder();
  }

  @Test
  void branchesAndLongWaysHaveTheirPlace() {
    StringBuilder dense = new StringBuilder("network Dense { input x: [8, 8, 4]\n");
    String all = "x";
    for (int i = 0; i < 12; i++) {
      dense.append("from ").append(i == 0 ? "x" : "j" + (i - 1));
      dense.append(String.format(Locale.ROOT, " a%d: conv(k=1, c=4, norm=none, act=none)%n", i));
      all = all + ", a" + i;
      dense.append("from x j").append(i).append(": concat(").append(all.substring(3)).append(")\n");
    }
    show(dense.append("output j11, a3, x }").toString());
    assertInOrder();
    show(
        Networks.read(Networks.file("src/test/resources/golden/generate/branches", "model.mbnet")),
        "--layers");
    assertInOrder();
    fold("pair.*");
    assertInOrder();
  }

  private static void assertInOrder() {
    @SuppressWarnings("unchecked")
    Map<String, Object> seen =
        (Map<String, Object>)
            run(
                """
                const boxes = [...page.drawing.boxes];
                const mistakes = [];
                const within = (a, b) => a.x >= b.x && a.y >= b.y
                  && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
                const apart = (a, b) => a.x + a.width <= b.x || b.x + b.width <= a.x
                  || a.y + a.height <= b.y || b.y + b.height <= a.y;
                boxes.forEach(([item, box], i) => boxes.slice(0, i).forEach(([other, over]) => {
                  const nested = holds(item, other) ? within(over, box) : within(box, over);
                  const related = holds(item, other) || holds(other, item);
                  if (related ? !nested : !apart(box, over)) {
                    mistakes.push(item.key + " and " + other.key);
                  }
                }));
                const shown = (number) => {
                  let item = page.byKey.get(page.data.layers[number].name);
                  while (!page.drawing.boxes.has(item)) item = item.parent;
                  return item;
                };
                page.data.layers.forEach((layer, number) => layer.reads.forEach((read) => {
                  const [from, to] = [shown(read), shown(number)];
                  const [above, below] = [from, to].map((item) => page.drawing.boxes.get(item));
                  if (from !== to && above.y + above.height >= below.y) {
                    mistakes.push(from.key + " is not above " + to.key);
                  }
                }));
                const drawn = boxes.filter(([item]) => !item.children).map(([item]) => item.layer);
                const elements = [...document.querySelectorAll("[role=treeitem]")];
                return {
                  mistakes,
                  layers: page.data.layers.length,
                  drawn: new Set(drawn).size + boxes.filter(([item]) => item.children
                    && !page.isOpen(item)).reduce((sum, [item]) => sum + item.size, 0),
                  elements: elements.length - boxes.length,
                };
                """);
    assertEquals(List.of(), seen.get("mistakes"));
    assertEquals(seen.get("layers"), seen.get("drawn"));
    assertEquals(0L, seen.get("elements"));
  }

  @Test
  void hundredsOfLayersAreNoBurden() {
    showSample("efficientnet", "--network=EfficientNetB7");
    long milliseconds =
        ((Number)
                run(
                    "const begin = performance.now(); page.all(true);"
                        + " page.drawing.element.getBoundingClientRect();"
                        + " return performance.now() - begin;"))
            .longValue();
    assertTrue(items().size() > 500, items().size() + " items");
    assertTrue(milliseconds < 4000, milliseconds + " ms");
  }
}
