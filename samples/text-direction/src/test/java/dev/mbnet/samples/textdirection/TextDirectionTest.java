package dev.mbnet.samples.textdirection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.runtime.Prediction;
import dev.mbnet.runtime.Session;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.File;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Expected numbers were computed once by another engine in float32. */
class TextDirectionTest {
  private static TextDirection network;

  @BeforeAll
  static void load() throws IOException {
    network = TextDirection.loadResource("text_direction.safetensors");
  }

  private static BufferedImage picture(String name) throws IOException {
    return ImageIO.read(new File("../images", name));
  }

  /** Turned in its stored values: Java would brighten the grays on the way to RGB. */
  private static BufferedImage upsideDown(BufferedImage picture) {
    Raster from = picture.getRaster();
    WritableRaster to = from.createCompatibleWritableRaster();
    for (int y = 0; y < from.getHeight(); y++) {
      for (int x = 0; x < from.getWidth(); x++) {
        Object pixel = from.getDataElements(x, y, null);
        to.setDataElements(from.getWidth() - 1 - x, from.getHeight() - 1 - y, pixel);
      }
    }
    return new BufferedImage(picture.getColorModel(), to, false, null);
  }

  @Test
  void logitsOfAPictureOfTheInputsSize() throws IOException {
    BufferedImage line = picture("page.png").getSubimage(3, 0, 192, 48);
    float[] upright = network.newSession().run(line);
    assertArrayEquals(new float[] {3.94231f, -4.26914f}, upright, 1e-3f);
    float[] turned = network.newSession().run(upsideDown(line));
    assertArrayEquals(new float[] {-4.59791f, 4.19703f}, turned, 1e-3f);
  }

  @Test
  void theTitleIsUpright() throws IOException {
    assertAnswer("upright", 0, picture("page-title.png"));
  }

  @Test
  void theTitleTurnedIsUpsideDown() throws IOException {
    assertAnswer("upside down", 1, upsideDown(picture("page-title.png")));
  }

  private static void assertAnswer(String label, int index, BufferedImage picture) {
    Session session = network.newSession();
    session.run(picture);
    List<Prediction> top = session.top(2);
    assertEquals(label, top.get(0).label());
    assertEquals(index, top.get(0).index());
    assertTrue(top.get(0).probability() > 0.99, top.toString());
  }
}
