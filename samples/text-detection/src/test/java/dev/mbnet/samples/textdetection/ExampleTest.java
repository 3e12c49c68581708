package dev.mbnet.samples.textdetection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
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
    BufferedImage page = ImageIO.read(new File("../images/page.png"));
    Example example = new Example();
    List<Box> lines = example.lines(page);
    assertEquals(ROWS.length, lines.size(), lines.toString());
    BufferedImage rgb = Pictures.rgb(page);
    for (int i = 0; i < ROWS.length; i++) {
      Box line = lines.get(i);
      double row = line.centre().y() * 384 / page.getHeight();
      assertEquals((ROWS[i][0] + ROWS[i][1]) / 2.0, row, 3, line.toString());
      System.out.println(line + " " + example.direction(rgb, line));
    }
    assertEquals("upright", example.direction(rgb, lines.get(0)).label());
    assertTrue(example.direction(rgb, lines.get(0)).probability() > 0.99);
  }
}
