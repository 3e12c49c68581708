package dev.mbnet.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mbnet.runtime.DefaultBoxes.Limits;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultBoxesTest {
  /** Offsets by which the width doubles. */
  private static final float DOUBLE = (float) (5 * Math.log(2));

  /** One pixel; boxes with sides of 1/4 and, as the mean of 1/4 and 0.64, of 0.4. */
  private static final DefaultBoxes TWO = DefaultBoxes.of(outputs(8, 1), 0.25, 0.64);

  private static List<TensorInfo> outputs(int channels, int... sizes) {
    return IntStream.of(sizes)
        .mapToObj(size -> new TensorInfo("boxes" + size, size, size, channels))
        .toList();
  }

  /** The scales are 0.2, 0.35, 0.5, 0.65, 0.8, 0.95 and 1. */
  @ParameterizedTest
  @CsvSource({
    // 20x20, the first pixel: 0.2, sqrt(0.2 * 0.35), 0.2 times and by sqrt(2) and sqrt(3)
    "0, 0.025, 0.025, 0.2, 0.2",
    "1, 0.025, 0.025, 0.26457513, 0.26457513",
    "2, 0.025, 0.025, 0.28284271, 0.14142136",
    "3, 0.025, 0.025, 0.14142136, 0.28284271",
    "4, 0.025, 0.025, 0.34641016, 0.11547005",
    "5, 0.025, 0.025, 0.11547005, 0.34641016",
    // the second pixel of the first row, the first one of the second row
    "6, 0.075, 0.025, 0.2, 0.2",
    "120, 0.025, 0.075, 0.2, 0.2",
    // 10x10 begins; 3x3 in its middle
    "2400, 0.05, 0.05, 0.35, 0.35",
    "3174, 0.5, 0.5, 0.65, 0.65",
    // 1x1: 0.95, sqrt(0.95 * 1), and widths of more than 1 cut
    "3228, 0.5, 0.5, 0.95, 0.95",
    "3229, 0.5, 0.5, 0.97467943, 0.97467943",
    "3230, 0.5, 0.5, 1, 0.67175144",
    "3233, 0.5, 0.5, 0.54848276, 1",
  })
  void ofSsdlite320(int i, double x, double y, double width, double height) {
    DefaultBoxes boxes = DefaultBoxes.ssdlite(outputs(24, 20, 10, 5, 3, 2, 1));
    assertEquals(3234, boxes.count());
    assertArrayEquals(new double[] {x, y, width, height}, boxes.box(i), 1e-8);
  }

  @Test
  void pixelsNeedNotBeSquare() {
    DefaultBoxes boxes = DefaultBoxes.of(List.of(new TensorInfo("boxes", 2, 5, 8)), 0.25, 0.64);
    assertEquals(20, boxes.count());
    assertArrayEquals(new double[] {0.7, 0.25, 0.4, 0.4}, boxes.box(7), 1e-12);
    assertArrayEquals(new double[] {0.1, 0.75, 0.25, 0.25}, boxes.box(10), 1e-12);
  }

  /**
   * Box 0: x = 0.5 + 0.1 * 1 * 0.25, y = 0.5 - 0.1 * 2 * 0.25, twice as wide. Box 1: half as high.
   * They overlap by 0.07 / 0.135. Probabilities are 1/8, 2/8, 5/8 and 8/10, 1/10, 1/10.
   */
  @Test
  void decodes() {
    float[] scores = {log(1), log(2), log(5), 10 + log(8), 10, 10};
    float[] offsets = {1, -2, DOUBLE, 0, 0, 0, 0, -DOUBLE};
    List<Detection> found = detect(scores, offsets, new Limits(0.2f, 0.5f, 9, 9));
    assertEquals(2, found.size());
    assertNear(new Detection(2, 0.625f, 0.275f, 0.325f, 0.775f, 0.575f), found.get(0));
    assertNear(new Detection(1, 0.25f, 0.275f, 0.325f, 0.775f, 0.575f), found.get(1));
    found = detect(scores, offsets, new Limits(0.09f, 0.52f, 9, 9));
    assertEquals(List.of(2, 1, 1, 2), found.stream().map(Detection::index).toList());
    assertNear(new Detection(1, 0.1f, 0.3f, 0.4f, 0.7f, 0.6f), found.get(2));
  }

  /** The side of 0.01 grows 1000/16 times at most, to 0.625. */
  @Test
  void growthAndPlacesAreCut() {
    DefaultBoxes small = DefaultBoxes.of(outputs(8, 1), 0.01, 0.01);
    List<float[]> scores = List.of(new float[] {0, 9, 9, 0});
    List<float[]> offsets = List.of(new float[] {0, 450, 1e9f, 0, 0, 0, 0, 0});
    List<Detection> found = small.detect(scores, offsets, new Limits(0.5f, 0.5f, 9, 9));
    assertEquals(1, found.size());
    Detection cut = new Detection(1, found.get(0).probability(), 0.1875f, 0.945f, 0.8125f, 0.955f);
    assertNear(cut, found.get(0));
    offsets.get(0)[1] = 499;
    found = small.detect(scores, offsets, new Limits(0.5f, 0.5f, 9, 9));
    assertEquals(1, found.get(0).bottom());
    offsets.get(0)[1] = Float.NaN;
    assertEquals(List.of(), small.detect(scores, offsets, new Limits(0.5f, 0.5f, 9, 9)));
  }

  /** The larger box covers the smaller one: they overlap by 0.0625 / 0.16 = 0.390625. */
  @Test
  void suppressesAndLimits() {
    float[] scores = {0, log(3), 0, log(2)};
    float[] offsets = new float[8];
    Detection small = new Detection(1, 0.75f, 0.375f, 0.375f, 0.625f, 0.625f);
    Detection large = new Detection(1, 2 / 3f, 0.3f, 0.3f, 0.7f, 0.7f);
    List<Detection> both = detect(scores, offsets, new Limits(0.5f, 0.4f, 2, 2));
    assertEquals(2, both.size());
    assertNear(small, both.get(0));
    assertNear(large, both.get(1));
    List<Limits> single =
        List.of(
            new Limits(0.5f, 0.39f, 2, 2),
            new Limits(0.7f, 0.4f, 2, 2),
            new Limits(0.5f, 0.4f, 1, 2),
            new Limits(0.5f, 0.4f, 2, 1));
    for (Limits limits : single) {
      List<Detection> found = detect(scores, offsets, limits);
      assertEquals(1, found.size(), limits.toString());
      assertNear(small, found.get(0));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "0.5, 0.4", "0.5, 1.1", "NaN, 0.5"})
  void refusesSuchScales(double first, double last) {
    Exception e = refused(() -> DefaultBoxes.of(outputs(8, 1), first, last));
    String fact = "scales rise from above 0 to at most 1, not from " + first + " to " + last;
    assertEquals(fact, e.getMessage());
  }

  @Test
  void refusesWhatDoesNotFit() {
    List<float[]> offsets = List.of(new float[8]);
    Limits limits = Limits.SSDLITE;
    String messages =
        Stream.<Executable>of(
                () -> DefaultBoxes.of(List.of(), 0.2, 0.9),
                () -> DefaultBoxes.of(outputs(12, 1), 0.2, 0.9, 0),
                () -> DefaultBoxes.ssdlite(outputs(20, 1)),
                () -> TWO.detect(List.of(), offsets, limits),
                () -> TWO.detect(List.of(new float[5]), offsets, limits),
                () -> TWO.detect(List.of(new float[0]), offsets, limits),
                () -> TWO.detect(List.of(new float[4]), List.of(new float[7]), limits),
                () -> new Limits(2, 0.5f, 1, 1),
                () -> new Limits(0.5f, 0.5f, 0, 1))
            .map(call -> refused(call).getMessage())
            .collect(Collectors.joining("\n"));
    assertEquals(
        """
        default boxes take at least one output
        a ratio is a number above 0, not 0.0
        the output boxes1 1x1x20 has to have 24 channels, four a box
        1 outputs take as many arrays of scores and of offsets, not 0 and 1
        scores of 2 classes beside the output boxes1 1x1x8 are 4 floats, not 5
        scores of 1 classes beside the output boxes1 1x1x8 are 2 floats, not 0
        offsets beside the output boxes1 1x1x8 are 8 floats, not 7
        probability and overlap are 0 to 1, not 2.0 and 0.5
        at least 1 candidate and 1 detection, not 0 and 1""",
        messages);
  }

  private static Exception refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call);
  }

  private static List<Detection> detect(float[] scores, float[] offsets, Limits limits) {
    return TWO.detect(List.of(scores), List.of(offsets), limits);
  }

  private static float log(double x) {
    return (float) Math.log(x);
  }

  private static void assertNear(Detection expected, Detection actual) {
    assertEquals(expected.index(), actual.index());
    assertEquals(expected.probability(), actual.probability(), 1e-6);
    assertEquals(expected.left(), actual.left(), 1e-6);
    assertEquals(expected.top(), actual.top(), 1e-6);
    assertEquals(expected.right(), actual.right(), 1e-6);
    assertEquals(expected.bottom(), actual.bottom(), 1e-6);
  }
}
