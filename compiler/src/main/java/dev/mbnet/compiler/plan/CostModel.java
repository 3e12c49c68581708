package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.op.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What decides how a graph is computed with vectors: cycles of register tiles and bytes that move
 * between the caches. Its constants are measurements on processors with 32 vector registers.
 */
final class CostModel {
  /** What the rings of a chain may take of a second-level cache, in bytes. */
  static final long RINGS = 512 << 10;

  /** Cycles that a tile takes besides its products, for each of its vectors. */
  private static final double STORE = 1.5;

  private CostModel() {}

  /** A tile, and the share of a core's peak that it reaches. */
  private record Candidate(RegisterTile tile, double share) {
    Candidate(int pixels, int vectors, double share) {
      this(new RegisterTile(pixels, vectors), share);
    }

    double cycles(int pixels, int channels, long products) {
      double tiles = Math.ceil((double) pixels / tile.pixels());
      double panels = Math.ceil((double) channels / (tile.vectors() * Place.LANES));
      double vectors = tile.pixels() * tile.vectors();
      return tiles * panels * vectors * (products / 2.0 / share + STORE);
    }
  }

  private static final List<Candidate> TILES =
      List.of(
          new Candidate(7, 3, 0.9),
          new Candidate(6, 4, 0.93),
          new Candidate(7, 2, 0.9),
          new Candidate(14, 1, 0.55),
          new Candidate(7, 1, 0.53),
          new Candidate(4, 4, 0.75),
          new Candidate(4, 2, 0.55),
          new Candidate(2, 4, 0.5),
          new Candidate(2, 1, 0.12),
          new Candidate(1, 4, 0.25),
          new Candidate(1, 1, 0.0625));

  /** The tile that computes a row of so many pixels fastest. */
  static RegisterTile tile(int pixels, int channels, long products) {
    RegisterTile best = null;
    double least = Double.MAX_VALUE;
    for (Candidate candidate : TILES) {
      RegisterTile tile = candidate.tile();
      if (tile.pixels() > pixels || (tile.vectors() - 1) * Place.LANES >= channels) {
        continue;
      }
      double cycles = candidate.cycles(pixels, channels, products);
      if (cycles < least) {
        least = cycles;
        best = tile;
      }
    }
    return best;
  }

  /** Cycles of a row of so many pixels with one of the tiles. */
  static double cycles(RegisterTile tile, int pixels, int channels, long products) {
    return TILES.stream()
        .filter(candidate -> candidate.tile().equals(tile))
        .findFirst()
        .orElseThrow()
        .cycles(pixels, channels, products);
  }

  /**
   * Whether a producer and the depthwise convolution behind it run row by row rather than panel by
   * panel. Rows stream all weights again and again, panels the input, and they leave the
   * convolution's output to be read once more.
   */
  static boolean rowsPay(Task producer, Task depthwise, Task projection) {
    if (producer.kind() == Task.Kind.WINDOW) {
      return true;
    }
    long weights = producer.weights() + depthwise.weights();
    weights += projection == null ? 0 : projection.weights();
    RegisterTile tile = tile(producer.out().width(), producer.out().channels(), products(producer));
    int panel = tile.vectors() * Place.LANES;
    long panels = (producer.out().channels() + panel - 1) / panel;
    long byRows = weights * depthwise.out().height();
    long byPanels = 2 * depthwise.out().elements() + panels * producer.in().elements();
    return byRows < byPanels;
  }

  /** Whether the projection of each row at once saves more than its weights cost. */
  static boolean projectionPays(Task depthwise, Task projection) {
    return projection.weights() * projection.out().height() < 2 * depthwise.out().elements();
  }

  /** Multiply-adds for each output. */
  static long products(Task task) {
    Shape in = task.in();
    return task.conv() == null ? in.channels() : task.conv().weightsOfChannel(in);
  }

  /** The bytes that rings between the tasks of a chain take. */
  static long rings(List<Task> chain) {
    long floats = 0;
    List<Task> readers = new ArrayList<>(chain.subList(1, chain.size()));
    for (Task reader : readers) {
      floats += (long) reader.window() * reader.in().width() * reader.in().channels();
    }
    return 4 * floats;
  }
}
