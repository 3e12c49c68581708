package dev.mbnet.samples.textdetection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.runtime.Backend;
import dev.mbnet.runtime.SessionOptions;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Expected numbers were computed once by another engine in float32. */
class TextDetectionTest {
  private static final double TOLERANCE = 1e-3;

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "VECTOR"})
  void probabilitiesOfAPictureOfTheInputsSize(Backend backend) throws IOException {
    BufferedImage top = ImageIO.read(new File("../images/page.png")).getSubimage(0, 0, 384, 160);
    float[] text =
        PageTop.loadResource("text_detection.safetensors")
            .newSession(SessionOptions.defaults().backend(backend))
            .run(top);
    double sum = 0;
    int likely = 0;
    for (float probability : text) {
      sum += probability;
      likely += probability > 0.3 ? 1 : 0;
    }
    assertEquals(0.179590, sum / text.length, TOLERANCE);
    assertEquals(0.18123, (double) likely / text.length, TOLERANCE);
    assertEquals(1, text[20 * 384 + 60], TOLERANCE);
    assertEquals(0, text[150 * 384 + 200], TOLERANCE);
  }
}
