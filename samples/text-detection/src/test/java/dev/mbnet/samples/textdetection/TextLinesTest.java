package dev.mbnet.samples.textdetection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Boxes of maps whose lines are known. */
class TextLinesTest {
  private static final int HEIGHT = 80;
  private static final int WIDTH = 120;

  private final float[] text = new float[HEIGHT * WIDTH];

  /** Makes pixels of a rectangle round (60, 40) text; the angle goes clockwise from level. */
  private void rectangle(double length, double thickness, double degrees, float probability) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    for (int i = 0; i < text.length; i++) {
      double x = i % WIDTH + 0.5 - 60;
      double y = i / WIDTH + 0.5 - 40;
      if (Math.abs(x * cos + y * sin) <= length / 2
          && Math.abs(y * cos - x * sin) <= thickness / 2) {
        text[i] = probability;
      }
    }
  }

  private List<Box> find() {
    return TextLines.find(text, HEIGHT, WIDTH);
  }

  @Test
  void aSlantedLineIsEnlargedAlongItself() {
    rectangle(60, 10, 20, 0.9f);
    Box line = find().get(0);
    double by = 1.5 * 60 * 10 / (2 * (60 + 10));
    assertEquals(60 + 2 * by, line.across().length(), 2);
    assertEquals(10 + 2 * by, line.down().length(), 2);
    double degrees = Math.toDegrees(Math.atan2(line.across().y(), line.across().x()));
    assertEquals(20, degrees, 2);
    assertEquals(60, line.centre().x(), 0.5);
    assertEquals(40, line.centre().y(), 0.5);
    assertEquals(0.9, line.score(), 1e-6);
  }

  @Test
  void aLineThatStandsIsReadDownwards() {
    rectangle(60, 10, 90, 0.9f);
    Box line = find().get(0);
    assertTrue(line.across().y() > 60, line.toString());
    assertTrue(line.down().x() < -10, line.toString());
  }

  @Test
  void cornersOfALevelLine() {
    rectangle(21, 11, 0, 1);
    // The centres of the outermost pixels lie on the rectangle itself.
    double by = 1.5 * 21 * 11 / (2 * (21 + 11));
    Vec corner = find().get(0).corner();
    assertEquals(60 - 10.5 - by, corner.x(), 1e-9);
    assertEquals(40 - 5.5 - by, corner.y(), 1e-9);
  }

  @Test
  void linesThatDoNotTouchAreTwoFromTopToBottom() {
    rectangle(100, 30, 0, 1);
    for (int x = 0; x < WIDTH; x++) {
      text[40 * WIDTH + x] = 0.3f;
    }
    List<Box> lines = find();
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).centre().y() < 40 && lines.get(1).centre().y() > 40);
  }

  @Test
  void neitherFaintNorThinIsText() {
    rectangle(60, 10, 20, 0.5f);
    assertEquals(List.of(), find());
    rectangle(60, 10, 20, 0);
    rectangle(60, 2, 0, 1);
    assertEquals(List.of(), find());
    rectangle(1, 1, 0, 1);
    assertEquals(List.of(), find());
  }
}
