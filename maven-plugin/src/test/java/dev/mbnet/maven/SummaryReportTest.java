package dev.mbnet.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryReportTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"summary.md", "summary.html"})
  void prints(String name) throws Exception {
    Project project = new Project(folder);
    project.file(
        "a/net.mbnet",
        """
        network Net {
          input image: [8, 8, 3]
          default pad = same, norm = bn(eps = 1e-5)
          conv(k=3, c=8, s=2)
          gap
          logits: dense(4)
        }
        """);
    project.file("tiny.mbnet", Project.TINY);
    Checked checked = Checked.of(project.request(), project.request().sources().models(), project);
    String page =
        name.endsWith("md")
            ? SummaryReport.markdown("nets & more", checked.networks(), 1)
            : SummaryReport.html("nets & more", checked.networks(), 1);
    Path golden = Path.of("src/test/resources/golden", name);
    String expected = Files.isRegularFile(golden) ? Files.readString(golden) : "";
    if (Boolean.getBoolean("mbnet.bless")) {
      Files.createDirectories(golden.getParent());
      Files.write(golden, page.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(expected, page);
  }
}
