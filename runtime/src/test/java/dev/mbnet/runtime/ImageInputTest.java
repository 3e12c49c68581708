package dev.mbnet.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mbnet.runtime.ImageInput.Color;
import dev.mbnet.runtime.ImageInput.Fit;
import dev.mbnet.runtime.ImageInput.Resize;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageInputTest {
  private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> STD = List.of(0.229, 0.224, 0.225);

  @ParameterizedTest
  @MethodSource("everyWay")
  void aPictureOfTheInputsSizeKeepsItsPixels(ImageInput way) {
    BufferedImage picture = picture(5, 3, (x, y) -> rgb(10 * x, 100 * y, 255 - x - y));
    ImageInput input =
        new ImageInput(3, 5, way.color(), way.resize(), way.antialias(), way.fit(), 1, MEAN, STD);
    float[] floats = read(input, picture);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 5; x++) {
        int[] pixel = {10 * x, 100 * y, 255 - x - y};
        for (int c = 0; c < 3; c++) {
          int value = pixel[way.color() == Color.BGR ? 2 - c : c];
          float expected = (float) ((value / 255.0 - MEAN.get(c)) / STD.get(c));
          assertEquals(expected, floats[(y * 5 + x) * 3 + c]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void aConstantPictureStaysConstant(ImageInput way) {
    int[][] sizes = {{1, 1}, {1, 1000}, {1000, 1}, {2, 3}, {40, 30}, {7, 7}};
    for (int[] size : sizes) {
      BufferedImage picture = picture(size[0], size[1], (x, y) -> rgb(51, 102, 255));
      float[] floats = read(way, picture);
      for (int i = 0; i < floats.length; i += 3) {
        boolean pads = way.fit() == Fit.PAD || way.fit() == Fit.HEIGHT;
        if (!pads || floats[i] != 0 || floats[i + 1] != 0 || floats[i + 2] != 0) {
          float[] pixel = Arrays.copyOfRange(floats, i, i + 3);
          float[] expected =
              way.color() == Color.RGB ? new float[] {.2f, .4f, 1} : new float[] {1, .4f, .2f};
          assertArrayEquals(expected, pixel, 1e-5f);
        }
      }
    }
  }

  static List<ImageInput> everyWay() {
    List<ImageInput> ways = new ArrayList<>();
    for (Color color : List.of(Color.RGB, Color.BGR)) {
      for (Resize resize : Resize.values()) {
        for (Fit fit : Fit.values()) {
          ImageInput input = ImageInput.of(9, 16, color).fit(fit);
          ways.add(input.resize(resize, true));
          ways.add(input.resize(resize, false));
        }
      }
    }
    return ways;
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 8, 16, 33, 40})
  void bilinearKeepsARampInTheInterior(int width) {
    // Over 16 pixels the ramp is 10 per pixel: at a centre of p it is 10 * (p - 0.5).
    BufferedImage picture = picture(16, 2, (x, y) -> rgb(10 * x, 10 * x, 10 * x));
    for (boolean antialias : new boolean[] {false, true}) {
      ImageInput input = ImageInput.of(1, width, Color.GRAY).resize(Resize.BILINEAR, antialias);
      float[] floats = read(input, picture);
      double scale = 16.0 / width;
      double margin = antialias ? Math.max(1, scale) : 1;
      for (int x = 0; x < width; x++) {
        double centre = (x + 0.5) * scale;
        if (centre > margin && centre < 16 - margin) {
          // A stretched triangle sampled at whole pixels is not quite centred: up to 1/10 pixel.
          double tolerance = antialias && scale > 1 ? 1 : 1e-3;
          assertEquals(10 * (centre - 0.5), 255 * floats[x], tolerance, "pixel " + x);
        }
      }
    }
  }

  @Test
  void bicubicOvershootIsCut() {
    BufferedImage edge = picture(4, 1, (x, y) -> x < 2 ? 0 : 0xffffff);
    float[] floats = read(ImageInput.of(1, 8, Color.GRAY).resize(Resize.BICUBIC, true), edge);
    assertEquals(0, floats[2]);
    assertEquals(1, floats[5]);
  }

  @Test
  void cropTakesTheMiddle() {
    // 8x4 to 2x2: the largest square is columns 2 to 6; half of each side leaves 3 to 5, rows 1 to
    // 3.
    BufferedImage picture = picture(8, 4, (x, y) -> rgb(x, y, 0));
    ImageInput input = ImageInput.of(2, 2, Color.RGB).crop(0.5);
    assertPixels(input, picture, 3, 1, 0, 4, 1, 0, 3, 2, 0, 4, 2, 0);
    // All of the square halves: Pillow's [3 3 1] / 7 with the neighbours beyond the crop, 1 3 3 1.
    assertEquals((1 + 3 * 2 + 3 * 3 + 4) / 8f, 255 * read(input.crop(1), picture)[0], 1e-4);
  }

  @Test
  void cropOfTorchvision() {
    BufferedImage picture = picture(384, 256, (x, y) -> rgb(x / 2, y, 0));
    float[] floats = read(ImageInput.of(224, 224, Color.RGB).crop(0.875), picture);
    assertEquals(80 / 2 / 255f, floats[0]);
    assertEquals(16 / 255f, floats[1]);
  }

  @Test
  void padCentresAndSurroundsWithZeros() {
    ImageInput input = normalised(ImageInput.of(4, 7, Color.GRAY).fit(Fit.PAD));
    float one = 1; // 255 normalised with mean .5 and std .5; black would be -1
    BufferedImage wide = picture(14, 2, (x, y) -> 0xffffff);
    assertRows(input, wide, 7, new float[] {0, one, 0, 0}, 0, 7);
    BufferedImage high = picture(2, 4, (x, y) -> 0xffffff);
    assertRows(input, high, 7, new float[] {one, one, one, one}, 2, 4);
    BufferedImage thread = picture(1000, 1, (x, y) -> 0xffffff);
    assertRows(input, thread, 7, new float[] {0, one, 0, 0}, 0, 7);
    BufferedImage dot = picture(1, 1, (x, y) -> 0xffffff);
    assertRows(input, dot, 7, new float[] {one, one, one, one}, 1, 5);
  }

  @ParameterizedTest
  @CsvSource({"3,1,6", "10,3,7", "1,1,2", "1,1000,1", "4,1,8", "5,1,8", "1000,1,8"})
  void heightScalesToTheHeightAndLeavesZerosToTheRight(int w, int h, int filled) {
    ImageInput input = normalised(ImageInput.of(2, 8, Color.GRAY).fit(Fit.HEIGHT));
    assertRows(input, picture(w, h, (x, y) -> 0xffffff), 8, new float[] {1, 1}, 0, filled);
  }

  @Test
  void whatWasInTheArrayIsOverwritten() {
    ImageInput input = ImageInput.of(2, 8, Color.RGB).fit(Fit.HEIGHT);
    BufferedImage picture = picture(2, 2, (x, y) -> rgb(1, 2, 3));
    float[] used = new float[input.length()];
    Arrays.fill(used, Float.NaN);
    input.read(picture, used);
    assertArrayEquals(read(input, picture), used);
  }

  @Test
  void transparentPixelsArePutOverWhite() {
    BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, 0x00123456);
    picture.setRGB(1, 0, 0xff123456);
    picture.setRGB(2, 0, 0x330000ff); // alpha 1/5
    assertPixels(
        ImageInput.of(1, 3, Color.RGB), picture, 255, 255, 255, 0x12, 0x34, 0x56, 204, 204, 255);
  }

  @Test
  void grayIsLuma() {
    BufferedImage picture = picture(4, 1, (x, y) -> new int[] {0xff0000, 0xff00, 0xff, 0x77}[x]);
    picture.setRGB(3, 0, 0x777777);
    float[] floats = read(ImageInput.of(1, 4, Color.GRAY), picture);
    assertArrayEquals(new float[] {.299f, .587f, .114f, 0x77 / 255f}, floats, 1e-7f);
    assertEquals(0x77 / 255f, floats[3]);
  }

  @ParameterizedTest
  @EnumSource
  void graySamplesAreTakenAsTheyAre(Color color) {
    BufferedImage bytes = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    bytes.getRaster().setSample(0, 0, 0, 128);
    BufferedImage shorts = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    shorts.getRaster().setSample(0, 0, 0, 128 << 8 | 99);
    // What ImageIO makes of a PNG with gray and alpha.
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {128, 255});
    BufferedImage alpha = new BufferedImage(model, raster, false, null);

    for (BufferedImage picture : List.of(bytes, shorts, alpha)) {
      for (float value : read(ImageInput.of(1, 1, color), picture)) {
        assertEquals(128 / 255f, value);
      }
    }
    raster.setPixel(0, 0, new int[] {0, 51});
    assertEquals(204 / 255f, read(ImageInput.of(1, 1, color), alpha)[0]);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_INT_BGR
      })
  void everyTypeReadsTheSame(int type) {
    BufferedImage picture = new BufferedImage(2, 1, type);
    picture.setRGB(0, 0, 0xff0a141e);
    picture.setRGB(1, 0, 0xff28323c);
    assertPixels(ImageInput.of(1, 2, Color.RGB), picture, 10, 20, 30, 40, 50, 60);
    assertPixels(ImageInput.of(1, 1, Color.BGR), picture.getSubimage(1, 0, 1, 1), 60, 50, 40);
  }

  @Test
  void equalDeclarationsAreEqual() {
    assertEquals(
        ImageInput.of(2, 2, Color.RGB).normalise(MEAN, STD).crop(0.5),
        ImageInput.of(2, 2, Color.RGB).crop(0.5).normalise(new ArrayList<>(MEAN), STD));
    assertEquals(1, ImageInput.of(2, 2, Color.RGB).crop(0.5).fit(Fit.PAD).fraction());
  }

  @Test
  void saysWhatIsWrongAndWhatIsRight() {
    ImageInput input = ImageInput.of(48, 192, Color.BGR);
    assertFails("height is 0; it must be at least 1", () -> ImageInput.of(0, 1, Color.RGB));
    assertFails("width is -1; it must be at least 1", () -> ImageInput.of(1, -1, Color.RGB));
    assertFails(
        "30000x30000x3 is more than the 2147483647 floats an array can hold",
        () -> ImageInput.of(30000, 30000, Color.RGB));
    assertFails("fraction is 0.0; it must be above 0 and at most 1", () -> input.crop(0));
    assertFails("fraction is 1.5; it must be above 0 and at most 1", () -> input.crop(1.5));
    assertFails("fraction is NaN; it must be above 0 and at most 1", () -> input.crop(Double.NaN));
    assertFails("mean has 1 values; BGR needs 3", () -> input.normalise(List.of(0.5), STD));
    assertFails("std has 2 values; BGR needs 3", () -> input.normalise(MEAN, List.of(0.5, 0.5)));
    assertFails(
        "mean[0] is NaN; it must be finite",
        () -> input.normalise(List.of(Double.NaN, 0.0, 0.0), STD));
    assertFails(
        "std[1] is 0.0; it must be finite and not 0",
        () -> input.normalise(MEAN, List.of(1.0, 0.0, 1.0)));
    assertFails(
        "the array has 10 floats; 48x192x3 needs 27648",
        () -> input.read(picture(1, 1, (x, y) -> 0), new float[10]));
  }

  private static void assertFails(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  private static void assertPixels(ImageInput input, BufferedImage picture, int... pixels) {
    float[] expected = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      expected[i] = pixels[i] / 255f;
    }
    assertArrayEquals(expected, read(input, picture));
  }

  /** Row {@code y} is {@code values[y]} in the columns from..to and exactly 0 elsewhere. */
  private static void assertRows(
      ImageInput input, BufferedImage picture, int width, float[] values, int from, int to) {
    float[] floats = read(input, picture);
    for (int i = 0; i < floats.length; i++) {
      boolean inside = i % width >= from && i % width < to && values[i / width] != 0;
      assertEquals(inside ? values[i / width] : 0, floats[i], inside ? 1e-5f : 0, "float " + i);
    }
  }

  private static ImageInput normalised(ImageInput gray) {
    return gray.normalise(List.of(0.5), List.of(0.5));
  }

  private static float[] read(ImageInput input, BufferedImage picture) {
    float[] into = new float[input.length()];
    input.read(picture, into);
    return into;
  }

  private static BufferedImage picture(int width, int height, IntBinaryOperator rgb) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, rgb.applyAsInt(x, y));
      }
    }
    return picture;
  }

  private static int rgb(int r, int g, int b) {
    return r << 16 | g << 8 | b;
  }
}
