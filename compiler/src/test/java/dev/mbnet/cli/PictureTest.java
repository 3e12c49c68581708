package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void turnsClockwise(int type) {
    // A white pixel at the top left of 3 x 2 black ones.
    BufferedImage picture = new BufferedImage(3, 2, type);
    picture.setRGB(0, 0, 0xffffffff);
    assertEquals("x../...", shown(Picture.turn(picture, 0)));
    assertEquals(".x/../..", shown(Picture.turn(picture, 90)));
    assertEquals(".../..x", shown(Picture.turn(picture, 180)));
    assertEquals("../../x.", shown(Picture.turn(picture, 270)));
  }

  private static String shown(BufferedImage picture) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < picture.getHeight(); y++) {
      text.append(y == 0 ? "" : "/");
      for (int x = 0; x < picture.getWidth(); x++) {
        text.append((picture.getRGB(x, y) & 0xffffff) == 0xffffff ? 'x' : '.');
      }
    }
    return text.toString();
  }
}
