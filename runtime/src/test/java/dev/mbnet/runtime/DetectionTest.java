package dev.mbnet.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionTest {
  private static final Detection WHOLE = new Detection(1, 0.9f, 0, 0, 0.5f, 0.5f);

  /** Of a square with sides of 4/8: half of it; its quarter; a like one, aside by half a side. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0.5, 0.5, 1",
    "0, 0, 0.5, 0.25, 0.5",
    "0.25, 0.25, 0.5, 0.5, 0.25",
    "0.25, 0, 0.75, 0.5, 0.33333334",
    "0.5, 0, 1, 0.5, 0",
    "0.6, 0.6, 1, 1, 0",
    "0.25, 0.25, 0.25, 0.25, 0",
  })
  void overlaps(float left, float top, float right, float bottom, float expected) {
    Detection other = new Detection(1, 0.8f, left, top, right, bottom);
    assertEquals(expected, WHOLE.overlap(other));
    assertEquals(expected, other.overlap(WHOLE));
  }

  @Test
  void anOverlapOfTheLimitStays() {
    Detection half = new Detection(1, 0.8f, 0, 0, 0.5f, 0.25f);
    assertEquals(List.of(WHOLE, half), Detection.suppress(List.of(half, WHOLE), 0.5f));
    assertEquals(List.of(WHOLE), Detection.suppress(List.of(half, WHOLE), 0.49f));
  }

  @Test
  void classesDoNotSuppressEachOther() {
    Detection other = new Detection(2, 0.8f, 0, 0, 0.5f, 0.5f);
    assertEquals(List.of(WHOLE, other), Detection.suppress(List.of(WHOLE, other), 0));
  }

  /** Each shares 3/5 with its neighbour and 1/3 with the one after that. */
  @Test
  void whatIsSuppressedSuppressesNothing() {
    Detection next = new Detection(1, 0.8f, 0.125f, 0, 0.625f, 0.5f);
    Detection last = new Detection(1, 0.7f, 0.25f, 0, 0.75f, 0.5f);
    assertEquals(List.of(WHOLE, last), Detection.suppress(List.of(last, next, WHOLE), 0.5f));
  }

  @Test
  void equallyProbableOnesStayInOrder() {
    Detection twin = new Detection(1, 0.9f, 0.5f, 0.5f, 1, 1);
    assertEquals(List.of(twin, WHOLE), Detection.suppress(List.of(twin, WHOLE), 0.5f));
    assertEquals(List.of(WHOLE, twin), Detection.suppress(List.of(WHOLE, twin), 0.5f));
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1.1f, Float.NaN})
  void refusesSuchAnOverlap(float most) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> Detection.suppress(List.of(WHOLE), most));
    assertEquals("boxes overlap by 0 to 1, not by " + most, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0, 0.4, 1", "0, 0.5, 1, 0.4", "NaN, 0, 1, 1", "0, 0, 1, NaN"})
  void refusesWhatIsNoBox(float left, float top, float right, float bottom) {
    assertThrows(
        IllegalArgumentException.class, () -> new Detection(0, 1, left, top, right, bottom));
  }
}
