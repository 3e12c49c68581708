package dev.mbnet.samples.textdetection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ExampleTest {
  /** First and last rows of the lines of page.png, of 384, as another engine found them. */
  private static final int[][] ROWS = {
    {37, 53}, {106, 121}, {141, 159}, {176, 195}, {210, 231}, {243, 267}, {346, 373}
  };

  @Test
  void sevenLinesAreOnThePage() throws IOException {
    BufferedImage page = page();
    List<Box> lines = new Example().lines(page);
    assertEquals(ROWS.length, lines.size(), lines.toString());
    for (int i = 0; i < ROWS.length; i++) {
      double row = lines.get(i).centre().y() * 384 / page.getHeight();
      assertEquals((ROWS[i][0] + ROWS[i][1]) / 2.0, row, 3, lines.get(i).toString());
    }
  }

  @Test
  void theyAreUpright() throws IOException {
    assertEquals(Collections.nCopies(ROWS.length, "upright"), directions(page()));
  }

  @Test
  void theyAreUpsideDownOnThePageTurned() throws IOException {
    BufferedImage page = page();
    BufferedImage turned = new BufferedImage(page.getWidth(), page.getHeight(), page.getType());
    for (int y = 0; y < page.getHeight(); y++) {
      for (int x = 0; x < page.getWidth(); x++) {
        turned.setRGB(page.getWidth() - 1 - x, page.getHeight() - 1 - y, page.getRGB(x, y));
      }
    }
    assertEquals(Collections.nCopies(ROWS.length, "upside down"), directions(turned));
  }

  private static BufferedImage page() throws IOException {
    return Pictures.rgb(ImageIO.read(new File("../images/page.png")));
  }

  private static List<String> directions(BufferedImage page) throws IOException {
    Example example = new Example();
    return example.lines(page).stream().map(line -> example.direction(page, line).label()).toList();
  }
}
