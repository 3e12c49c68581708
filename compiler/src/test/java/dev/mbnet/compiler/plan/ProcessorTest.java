package dev.mbnet.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.op.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProcessorTest {
  /** Sums, a step's vectors of the matrix, and one input: beyond that, sums move to memory. */
  @ParameterizedTest
  @EnumSource
  void tilesFitIntoRegisters(Processor processor) {
    for (RegisterTile tile : processor.tiles().keySet()) {
      int vectors = tile.sums() + tile.vectors() + 1;
      assertTrue(vectors <= processor.registers(), tile::toString);
    }
    for (RegisterTile tile : processor.mixed()) {
      assertTrue(processor.tiles().containsKey(tile.narrow()), tile::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({"14, 6", "28, 24", "56, 48", "112, 108", "12, 12", "7, 0", "4, 0"})
  void narrowerTilesFillARow(int row, int wide) {
    assertEquals(wide, new RegisterTile(6, 2, 4, 0, false).wide(row));
  }

  @ParameterizedTest
  @CsvSource({
    "AVX512, 14, 96,  14, 2, 0",
    "AVX512, 7,  144, 7, 3, 0",
    "AVX2,   14, 96,  6, 2, 4",
    "AVX2,   56, 144, 6, 2, 5",
    "AVX2,   1,  96,  1, 4, 0",
    "AVX512, 56, 24,  14, 2, 0",
  })
  void rowsGetTheTileThatSuits(
      Processor processor, int row, int channels, int pixels, int vectors, int rest) {
    RegisterTile tile = new CostModel(processor).rowTile(row, channels, 64);
    assertEquals(new RegisterTile(pixels, vectors, rest, 0, false), tile);
  }

  @ParameterizedTest
  @CsvSource({
    "AVX512, 7,  7,  14, 2, 7, true",
    "AVX512, 1,  7,  7,  3, 0, false",
    "AVX512, 14, 14, 14, 2, 0, false",
    "AVX512, 10, 10, 6,  4, 0, true",
    "AVX2,   7,  7,  6,  2, 5, true",
    "AVX2,   14, 14, 6,  2, 0, true",
    "AVX2,   12, 12, 6,  2, 0, false",
  })
  void panelsGoAcrossRowsWhereThoseDoNotSuit(
      Processor processor,
      int height,
      int width,
      int pixels,
      int vectors,
      int rest,
      boolean across) {
    Shape out = new Shape(height, width, 1024);
    RegisterTile tile = new CostModel(processor).panelTile(out, 160);
    assertEquals(new RegisterTile(pixels, vectors, rest, 0, across), tile);
  }

  @ParameterizedTest
  @CsvSource({"AVX512, 56, 64, 14, 2", "AVX512, 7, 48, 7, 3", "AVX2, 56, 64, 6, 2"})
  void windowsTakeTilesOfOneSize(
      Processor processor, int size, int channels, int pixels, int vectors) {
    Shape out = new Shape(size, size, channels);
    RegisterTile tile = new CostModel(processor).windowTile(out, 576);
    assertEquals(RegisterTile.of(pixels, vectors), tile);
  }

  @ParameterizedTest
  @CsvSource({"49, 1280, 7", "49, 96, 0"})
  void narrowerTilesEndPixelsWherePanelsAreShared(int pixels, int channels, int rest) {
    RegisterTile tile = new CostModel(Processor.AVX512).pixelsTile(pixels, channels, 320);
    assertEquals(rest, tile.rest());
  }
}
