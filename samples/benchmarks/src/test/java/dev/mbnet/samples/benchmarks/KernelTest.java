package dev.mbnet.samples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.runtime.PeakLoop;
import dev.mbnet.testing.Compiled;
import org.junit.jupiter.api.Test;

class KernelTest {

  @Test
  void products() {
    assertEquals(14 * 14 * 96 * 576, new Kernel("pointwise-14-96-576").products());
    assertEquals(7 * 7 * 96 * 25, new Kernel("depthwise-14-96-k5-s2").products());
  }

  @Test
  void everyLayerHasANetwork() {
    Kernel.NAMES.stream()
        .map(Kernel::new)
        .filter(Kernel::isLayer)
        .forEach(kernel -> assertTrue(kernel.products() > 0, kernel.name()));
  }

  @Test
  void stepsRun() {
    new LayerSteps(Compiled.of(new Kernel("pointwise-7-16-24").network()).network()).run();
    assertTrue(new PeakLoop().fastest(0) > 0);
    VectorLoops.activation("swish").run();
  }

  @Test
  void anUnknownKernel() {
    assertThrows(IllegalArgumentException.class, () -> new Kernel("pool-7-16").network());
    assertThrows(IllegalArgumentException.class, () -> VectorLoops.activation("gelu"));
  }
}
