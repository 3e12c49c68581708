package dev.mbnet.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuffersTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 2, 1", "4, 3, 2", "5, 1, 3", "8, 7, 1", "11, 5, 2"})
  void turnsPixelsToPlanes(int count, int channels, int apart) {
    int first = 2;
    float[][] pixels = new float[first + count * apart][channels + 1];
    float[] flat = new float[pixels.length * channels];
    float[][] expected = new float[channels + 2][count + 3];
    for (int p = 0; p < pixels.length; p++) {
      for (int c = 0; c < channels; c++) {
        pixels[p][c] = 100 * p + c + 1;
        flat[p * channels + c] = pixels[p][c];
      }
    }
    for (int p = 0; p < count; p++) {
      for (int c = 0; c < channels; c++) {
        expected[1 + c][3 + p] = pixels[first + p * apart][c];
      }
    }
    float[][] planes = new float[channels + 2][count + 3];
    Buffers.toPlanes(pixels, first, apart, count, channels, planes, 1, 3);
    assertArrayEquals(expected, planes);
    float[][] same = new float[channels + 2][count + 3];
    int pixel = apart * channels;
    Buffers.toPlanes(flat, first * channels, pixel, count, channels, same, 1, 3);
    assertArrayEquals(expected, same);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "4, 3", "5, 1", "8, 7", "11, 5"})
  void turnsPlanesToPixels(int count, int channels) {
    int first = 2;
    float[][] planes = new float[channels][count + 1];
    float[][] expected = new float[first + count + 1][channels + 1];
    for (int p = 0; p < count; p++) {
      for (int c = 0; c < channels; c++) {
        planes[c][p] = 100 * p + c + 1;
        expected[first + p][c] = planes[c][p];
      }
    }
    float[][] pixels = new float[first + count + 1][channels + 1];
    Buffers.toPixels(planes, count, channels, pixels, first);
    assertArrayEquals(expected, pixels);
  }
}
