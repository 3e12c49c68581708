package dev.mbnet.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanesTest {

  @ParameterizedTest
  @CsvSource({"56, 144, 24, 784", "28, 192, 32, 392", "14, 384, 64, 196", "75, 40, 8, 704"})
  void projectionsTakeBlocksOfPixels(int side, int in, int out, int block) {
    assertEquals(new Planes(in, block), planes(1, side, in, out));
  }

  @Test
  void expansionsLoopOverTheirManyChannels() {
    assertNull(planes(1, 56, 24, 144));
    assertNull(planes(1, 14, 512, 512));
  }

  @Test
  void fewPixelsAreNoLoop() {
    assertNull(planes(1, 7, 960, 160));
    assertNull(planes(1, 1, 1280, 8));
  }

  @ParameterizedTest
  @CsvSource({"112, 3, 32", "56, 16, 64", "30, 8, 8"})
  void windowsTakeWholeRows(int side, int in, int out) {
    Planes planes = planes(3, side, in, out);
    assertEquals(9 * in, planes.taps());
    assertEquals(0, planes.pixels() % side);
    assertTrue(planes.pixels() <= 784);
  }

  @Test
  void rowsThatOutgrowTheCacheStayChannels() {
    assertNull(planes(3, 1000, 3, 32));
    assertNull(planes(3, 112, 256, 32));
  }

  private static Planes planes(int kernel, int side, int in, int out) {
    int pad = kernel / 2;
    Conv conv =
        new Conv(
            out,
            new Pair(kernel, kernel),
            new Pair(1, 1),
            new Pair(1, 1),
            1,
            new Pads(pad, pad, pad, pad),
            true,
            null,
            Activation.NONE);
    return Planes.of(conv, new Shape(side, side, in), new Shape(side, side, out));
  }
}
