package dev.mbnet.runtime;

import java.lang.invoke.VarHandle;
import java.util.Set;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors that generated code computes with: the machine's widest, at most 16 floats. The
 * system property {@code mbnet.lanes} asks for 4, 8 or 16, and below 16 {@code mbnet.registers} for
 * code for 16 or 32 registers. Only for code that has the module {@code jdk.incubator.vector}.
 */
public final class Lanes {
  /** The kind of vector. */
  @SuppressWarnings("exports")
  public static final VectorSpecies<Float> SPECIES = choose();

  /** The kind of vector that holds the floats' bits. */
  @SuppressWarnings("exports")
  public static final VectorSpecies<Integer> BITS = SPECIES.withLanes(int.class);

  /** Floats in a vector: 4, 8 or 16. */
  public static final int COUNT = SPECIES.length();

  private static final boolean X86 =
      Set.of("amd64", "x86_64").contains(System.getProperty("os.arch", ""));

  /**
   * Whether HotSpot's compiler finishes what it can before a fence between loads, and the fence is
   * no instruction. JDK 17's compiler goes past it with products that it leaves for later; of those
   * between 17 and 25 none was tried. ARM waits at it.
   */
  public static final boolean ORDERED = X86 && Runtime.version().feature() >= 25;

  /** Vectors that the machine's registers hold at once: 16 or 32. */
  static final int REGISTERS = registers();

  private Lanes() {}

  /**
   * Keeps loads that follow behind those above where {@link #ORDERED}; elsewhere it does nothing.
   */
  public static void fence() {
    if (ORDERED) {
      VarHandle.loadLoadFence();
    }
  }

  /**
   * On x86 it is AVX-512 that brings both 16 lanes and 32 registers; others have 32 at any length.
   */
  private static int registers() {
    if (COUNT == 16) {
      return 32;
    }
    return Integer.getInteger("mbnet.registers", X86 ? 16 : 32);
  }

  private static VectorSpecies<Float> choose() {
    int lanes = Integer.getInteger("mbnet.lanes", FloatVector.SPECIES_PREFERRED.length());
    if (lanes >= 16) {
      return FloatVector.SPECIES_512;
    }
    return lanes >= 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  }
}
