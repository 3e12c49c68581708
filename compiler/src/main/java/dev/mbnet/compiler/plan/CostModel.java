package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.op.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What decides how a graph is computed with vectors: cycles of register tiles and bytes that move
 * between the caches.
 */
final class CostModel {
  /** Cycles that a tile takes besides its products, for each of its vectors. */
  private static final double STORE = 1.5;

  private final Processor processor;

  CostModel(Processor processor) {
    this.processor = processor;
  }

  /** The tile that computes so many pixels fastest, all with tiles of the same size. */
  RegisterTile tile(int pixels, int channels, long products) {
    return best(processor.tiles().keySet().stream(), pixels, channels, products);
  }

  /** The same for a row, which narrower tiles may end. */
  RegisterTile rowTile(int pixels, int channels, long products) {
    Stream<RegisterTile> alike = processor.tiles().keySet().stream();
    Stream<RegisterTile> mixed = processor.mixed().stream();
    return best(Stream.concat(alike, mixed), pixels, channels, products);
  }

  private RegisterTile best(Stream<RegisterTile> tiles, int pixels, int channels, long products) {
    return tiles
        .filter(tile -> tile.pixels() <= pixels && tile.wide(pixels) > 0)
        .filter(tile -> (tile.vectors() - 1) * processor.lanes() < channels)
        .min(Comparator.comparingDouble(tile -> cycles(tile, pixels, channels, products)))
        .orElseThrow();
  }

  /** Cycles of a row of so many pixels. */
  double cycles(RegisterTile tile, int pixels, int channels, long products) {
    double panels = Math.ceil((double) channels / (tile.vectors() * processor.lanes()));
    int wide = tile.wide(pixels);
    double cycles = cycles(RegisterTile.of(tile.pixels(), tile.vectors()), wide, panels, products);
    return wide == pixels
        ? cycles
        : cycles + cycles(tile.narrow(), pixels - wide, panels, products);
  }

  private double cycles(RegisterTile tile, int pixels, double panels, long products) {
    double tiles = Math.ceil((double) pixels / tile.pixels());
    double vectors = tile.pixels() * tile.vectors();
    double share = processor.tiles().get(tile);
    return tiles * panels * vectors * (products / 2.0 / share + STORE);
  }

  /**
   * Whether a producer and the depthwise convolution behind it run row by row rather than panel by
   * panel. Rows stream all weights again and again, panels the input, and they leave the
   * convolution's output to be read once more.
   */
  boolean rowsPay(Task producer, Task depthwise, Task projection) {
    if (producer.kind() == Task.Kind.WINDOW) {
      return true;
    }
    long weights = producer.weights() + depthwise.weights();
    weights += projection == null ? 0 : projection.weights();
    Shape out = producer.out();
    RegisterTile tile = rowTile(out.width(), out.channels(), products(producer));
    int panel = tile.vectors() * processor.lanes();
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

  /** Whether rings between the tasks of a chain stay in the second-level cache. */
  boolean ringsFit(List<Task> chain) {
    long floats = 0;
    List<Task> readers = new ArrayList<>(chain.subList(1, chain.size()));
    for (Task reader : readers) {
      floats += (long) reader.window() * reader.in().width() * reader.in().channels();
    }
    return 4 * floats <= processor.rings();
  }
}
