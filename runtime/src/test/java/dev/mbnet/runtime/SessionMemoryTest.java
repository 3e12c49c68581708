package dev.mbnet.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionMemoryTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 100, 70_000, 300_000, 5_000_000})
  void sessionsHavePartsOfTheirOwn(int count) {
    SessionMemory memory = new SessionMemory();
    List<SessionMemory.Part> parts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SessionMemory.Part part = memory.take(count);
      assertEquals(LargeArrays.FIRST, part.from() % LargeArrays.LINE);
      assertTrue(part.from() + count <= part.floats().length);
      for (SessionMemory.Part other : parts) {
        assertTrue(
            part.floats() != other.floats()
                || part.from() >= other.from() + count
                || other.from() >= part.from() + count);
      }
      parts.add(part);
    }
  }

  @Test
  void sessionsShareWhatOneAloneWouldWaste() {
    int count = 1 << 10;
    while (LargeArrays.floats(count).length == count) {
      count *= 2;
    }
    int large = LargeArrays.floats(count).length;
    SessionMemory memory = new SessionMemory();
    SessionMemory.Part first = memory.take(large / 3);
    assertSame(first.floats(), memory.take(large / 3).floats());
    assertNotSame(first.floats(), memory.take(large / 2).floats());
  }

  @ParameterizedTest
  @ValueSource(ints = {16 << 10, 64 << 10, 128 << 10, 1 << 20})
  void arraysTakeNoMoreThanASmallShareOfTheHeap(int count) {
    long bytes = 4L * LargeArrays.floats(count).length;
    long share = Runtime.getRuntime().maxMemory() / 2048;
    assertTrue(bytes >= 4L * count);
    assertTrue(bytes <= Math.max(4L * count, Math.max(share, 512 << 10)), bytes + " of " + share);
    assertTrue(bytes <= 8 * 4L * count);
  }

  @Test
  void smallArraysStaySmall() {
    assertEquals(1000, LargeArrays.floats(1000).length);
    assertEquals(50_000_000 / 4, LargeArrays.floats(50_000_000 / 4).length);
  }
}
