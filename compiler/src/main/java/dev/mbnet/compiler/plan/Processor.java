package dev.mbnet.compiler.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kinds of processor that vector code is made for. They differ in how many sums fit into
 * registers; each is named after the one that its constants were measured on.
 */
public enum Processor {
  /** 32 vector registers: also 64-bit ARM, with shorter vectors. */
  AVX512(32, 16, 512 << 10) {
    /** Also where pixels are so many that scalar registers do not hold what finds them. */
    @Override
    public boolean fixesPixels(RegisterTile tile) {
      return tile.vectors() == 1 || tile.pixels() >= 7;
    }

    /** Beside few sums there are registers for whatever HotSpot loads early. */
    @Override
    public Fences fences(RegisterTile tile, int inputs) {
      return tile.sums() <= registers() / 2 ? Fences.NONE : super.fences(tile, inputs);
    }

    @Override
    public boolean paysUnordered(Fences fences) {
      return fences == Fences.NONE;
    }

    @Override
    void measured() {
      tile(14, 2, 0.98);
      mixed(14, 2, 7);
      tile(7, 3, 0.95);
      tile(6, 4, 0.93);
      tile(7, 2, 0.87);
      tile(14, 1, 0.7);
      tile(7, 1, 0.65);
      tile(4, 4, 0.75);
      tile(4, 2, 0.65);
      tile(2, 4, 0.5);
      tile(2, 1, 0.12);
      tile(1, 4, 0.25);
      tile(1, 1, 0.0625);
    }
  },
  /**
   * 16 vector registers: x86 with vectors of 8 lanes or fewer.
   *
   * <p>Whether 12 sums stay in registers is up to the order in which HotSpot loads what it
   * multiplies.
   */
  AVX2(16, 8, 256 << 10) {
    /** A step has so few products that finding each pixel by itself would take longer. */
    @Override
    public boolean fixesPixels(RegisterTile tile) {
      return true;
    }

    /** One input's products are so few that fences would take more than they give. */
    @Override
    public Fences fences(RegisterTile tile, int inputs) {
      return inputs == 1 ? Fences.NONE : super.fences(tile, inputs);
    }

    @Override
    public boolean paysUnordered(Fences fences) {
      return fences != Fences.PIXELS;
    }

    @Override
    void measured() {
      tile(6, 2, 0.97);
      mixed(6, 2, 4);
      mixed(6, 2, 5);
      tile(5, 2, 0.95);
      tile(3, 3, 0.92);
      tile(4, 2, 0.9);
      tile(2, 4, 0.86);
      tile(2, 2, 0.5);
      tile(7, 1, 0.72);
      tile(1, 4, 0.45);
      tile(1, 2, 0.3);
      tile(2, 1, 0.28);
      tile(1, 1, 0.15);
    }
  };

  /**
   * Inputs that a step of a tile takes where they are a multiple of that: more than one for fewer
   * instructions besides loads and products. These count most where two threads share a core.
   */
  public static final int INPUTS = 2;

  private final int registers;
  private final int lanes;
  private final long rings;
  private final Map<RegisterTile, Double> tiles = new LinkedHashMap<>();
  private final List<RegisterTile> mixed = new ArrayList<>();

  Processor(int registers, int lanes, long rings) {
    this.registers = registers;
    this.lanes = lanes;
    this.rings = rings;
    measured();
  }

  /**
   * Whether a tile of several pixels is worth being made for one distance between them. A step then
   * finds all of them by one address. But each distance is one function more to compile, and
   * HotSpot may load all pixels before it multiplies the first, for which there must be registers;
   * so it has been measured.
   */
  public abstract boolean fixesPixels(RegisterTile tile);

  /** Where matrix products have fences between their loads. */
  public enum Fences {
    /** Nowhere. */
    NONE,
    /** Between one input's products and the next one's. */
    INPUTS,
    /** Between the products of one pixel and the next one's, too. */
    PIXELS
  }

  /**
   * Where a step of so many inputs has fences. Without them HotSpot loads a second input's weights,
   * or other pixels, long before it has multiplied what comes first; where there are no registers
   * for them, it then moves sums to memory and back in each step. Two registers are for inputs, and
   * one is for what HotSpot moves.
   */
  public Fences fences(RegisterTile tile, int inputs) {
    if (tile.sums() + inputs * tile.vectors() + 2 >= registers()) {
      return Fences.PIXELS;
    }
    return inputs == 1 ? Fences.NONE : Fences.INPUTS;
  }

  /**
   * Whether a step of several inputs, with such fences, takes less time than steps of one also
   * where HotSpot goes past fences, as on JDK 17.
   */
  public abstract boolean paysUnordered(Fences fences);

  /** Names the tiles that matrix products may have. */
  abstract void measured();

  void tile(int pixels, int vectors, double share) {
    tiles.put(RegisterTile.of(pixels, vectors), share);
  }

  void mixed(int pixels, int vectors, int rest) {
    mixed.add(new RegisterTile(pixels, vectors, rest, 0, false));
  }

  /** Parts of a single pixel's inputs that have sums of their own, of so many vectors. */
  public int parts(int vectors) {
    return Math.min(4, 8 / vectors);
  }

  /** Vectors that registers hold at once. */
  public int registers() {
    return registers;
  }

  /** Floats of a vector. */
  public int lanes() {
    return lanes;
  }

  /** What the rings of a chain may take of a second-level cache, in bytes. */
  long rings() {
    return rings;
  }

  /** The tiles that matrix products may have, with the share of a core's peak that each reaches. */
  Map<RegisterTile, Double> tiles() {
    return Collections.unmodifiableMap(tiles);
  }

  /** Those that narrower ones may end rows of. */
  List<RegisterTile> mixed() {
    return Collections.unmodifiableList(mixed);
  }
}
