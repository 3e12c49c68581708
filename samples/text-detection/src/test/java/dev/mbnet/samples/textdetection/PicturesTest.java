package dev.mbnet.samples.textdetection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesTest {
  /** Rows 10 and 30 are the sides of a line's box; the thick one reaches a pixel further. */
  @ParameterizedTest
  @CsvSource({"false, 31", "true, 8"})
  void theSideOnWhichLettersStandIsThick(boolean upsideDown, int thick) {
    BufferedImage picture = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
    Box line = new Box(new Vec(10, 10), new Vec(40, 0), new Vec(0, 20), 1);
    Pictures.draw(picture, line, upsideDown, Color.RED);
    for (int row : new int[] {8, 31}) {
      assertEquals(row == thick, (picture.getRGB(30, row) & 0xffffff) != 0, "row " + row);
    }
    assertEquals(0, picture.getRGB(30, 20) & 0xffffff, "inside");
  }
}
