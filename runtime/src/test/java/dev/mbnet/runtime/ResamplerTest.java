package dev.mbnet.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.runtime.ImageInput.Resize;
import dev.mbnet.runtime.Resampler.Taps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResamplerTest {

  /*
   * Halving puts the centres at 1 and 3, doubling at 0.25, 0.75, 1.25 and 1.75. The right halves
   * mirror the left ones, except that nearest takes the upper of two equally near pixels.
   *
   * Bilinear, antialiased: distances 0.5 0.5 1.5 over a kernel stretched by 2 give 3/4 3/4 1/4.
   *
   * Bicubic: k(1/4) = 111/128, k(1/2) = 72/128, k(3/4) = 29/128, k(5/4) = -9/128, k(3/2) = -8/128.
   *   4 -> 2, 1 : distances 0.5 0.5 1.5: 72 72 -8
   *   4 -> 2, 1 : the same halved by antialiasing, and one pixel more: 111 111 29 -9
   *   2 -> 4, 0.25 : 0.25 1.25: 111 -9
   *   2 -> 4, 0.75 : 0.25 0.75: 111 29
   */
  @ParameterizedTest
  @CsvSource({
    "NEAREST,  false, 4, 2, 0 1 0 0          | 0 0 0 1",
    "NEAREST,  true,  4, 2, 0 1 0 0          | 0 0 0 1",
    "NEAREST,  true,  2, 4, 1 0              | 1 0      | 0 1      | 0 1",
    "BILINEAR, false, 4, 2, 1 1 0 0          | 0 0 1 1",
    "BILINEAR, true,  4, 2, 3 3 1 0          | 0 1 3 3",
    "BILINEAR, false, 2, 4, 1 0              | 3 1      | 1 3      | 0 1",
    "BILINEAR, true,  2, 4, 1 0              | 3 1      | 1 3      | 0 1",
    "BICUBIC,  false, 4, 2, 72 72 -8 0       | 0 -8 72 72",
    "BICUBIC,  true,  4, 2, 111 111 29 -9    | -9 29 111 111",
    "BICUBIC,  false, 2, 4, 111 -9           | 111 29   | 29 111   | -9 111",
    "BICUBIC,  true,  2, 4, 111 -9           | 111 29   | 29 111   | -9 111",
  })
  void weighs(Resize resize, boolean antialias, int size, int count, String expected) {
    Taps taps = Taps.of(resize, antialias, size, 0, size, count);
    String[] rows = expected.split("\\|");
    for (int i = 0; i < count; i++) {
      double[] row =
          List.of(rows[i].trim().split(" ")).stream().mapToDouble(Double::valueOf).toArray();
      double sum = IntStream.range(0, size).mapToDouble(k -> row[k]).sum();
      for (int k = 0; k < size; k++) {
        assertEquals(row[k] / sum, weight(taps, i, k), 1e-7, "output " + i + ", pixel " + k);
      }
    }
  }

  @Test
  void neighboursOutsideTheBoxCount() {
    // Pixels 1 and 2 of 4 doubled: centres 1.25, 1.75, ...; the first is 1/4 of pixel 0.
    Taps taps = Taps.of(Resize.BILINEAR, true, 4, 1, 2, 4);
    assertEquals(0.25, weight(taps, 0, 0), 1e-7);
    assertEquals(0.75, weight(taps, 0, 1), 1e-7);
  }

  @ParameterizedTest
  @EnumSource
  void weightsSumTo1AndWindowsMoveForward(Resize resize) {
    int[] sizes = {1, 2, 3, 7, 16, 224, 1000};
    for (int size : sizes) {
      for (int count : sizes) {
        for (double part : new double[] {1, 0.875, 0.01}) {
          for (boolean antialias : new boolean[] {false, true}) {
            double length = size * part;
            Taps taps = Taps.of(resize, antialias, size, (size - length) / 2, length, count);
            for (int i = 0; i < count; i++) {
              double sum = 0;
              for (float weight : taps.weights()[i]) {
                sum += weight;
              }
              assertEquals(1, sum, 1e-6);
              assertTrue(taps.start()[i] >= 0 && taps.end(i) <= size);
              assertTrue(i == 0 || taps.start()[i] >= taps.start()[i - 1]);
              assertTrue(i == 0 || taps.end(i) >= taps.end(i - 1));
            }
          }
        }
      }
    }
  }

  @Test
  void resamplesBothDirectionsAndEveryChannel() {
    // [2][2][2]: the second channel is 100 more. Halving takes the mean, doubling 3/4 and 1/4.
    float[][] rows = {{0, 100, 4, 104}, {8, 108, 12, 112}};
    Taps half = Taps.of(Resize.BILINEAR, true, 2, 0, 2, 1);
    Taps twice = Taps.of(Resize.BILINEAR, true, 2, 0, 2, 4);
    assertArrayEquals(new float[] {6, 106}, Resampler.resample(y -> rows[y], half, half, 2), 1e-5f);
    assertArrayEquals(
        new float[] {4, 104, 5, 105, 7, 107, 8, 108},
        Resampler.resample(y -> rows[y], half, twice, 2),
        1e-5f);
    assertArrayEquals(
        new float[] {2, 102, 4, 104, 8, 108, 10, 110},
        Resampler.resample(y -> rows[y], twice, half, 2),
        1e-5f);
  }

  @Test
  void overshootIsCutAfterEachDirection() {
    // Each row of 0 255 is 255/102 * -9 at the left before it is cut, and 255 at the right.
    Taps twice = Taps.of(Resize.BICUBIC, true, 2, 0, 2, 4);
    float[][] rows = {{0, 255}, {255, 255}};
    float[] out = Resampler.resample(y -> rows[y], twice, twice, 1);
    // Down the left column: 111 of the cut 0 and -9 of 255; then 111 and 29; and mirrored.
    float[] left = {out[0], out[4], out[8], out[12]};
    assertArrayEquals(new float[] {0, 255 * 29f / 140, 255 * 111f / 140, 255}, left, 1e-4f);
  }

  @Test
  void readsOnlyTheRowsItNeedsAndEachOnce() {
    List<Integer> read = new ArrayList<>();
    Taps one = Taps.of(Resize.NEAREST, false, 1, 0, 1, 1);
    Taps sparse = Taps.of(Resize.BILINEAR, false, 100, 0, 100, 2);
    Resampler.resample(
        y -> {
          read.add(y);
          return new float[] {y};
        },
        sparse,
        one,
        1);
    assertEquals(List.of(24, 25, 74, 75), read);
  }

  private static double weight(Taps taps, int i, int pixel) {
    int k = pixel - taps.start()[i];
    return k >= 0 && k < taps.weights()[i].length ? taps.weights()[i][k] : 0;
  }
}
