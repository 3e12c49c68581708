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

  /** Cycles to find where a pixel is stored, which may be in the next row. */
  private static final double ACROSS = 0.5;

  /** What narrower tiles must save: they are one more function for HotSpot to compile. */
  private static final double WORTH = 1.02;

  private final Processor processor;

  CostModel(Processor processor) {
    this.processor = processor;
  }

  /** The tile that computes a row of windows fastest, all with tiles of the same size. */
  RegisterTile windowTile(Shape out, long products) {
    return best(alike(), 1, out.width(), out.channels(), products);
  }

  /** The tile that computes a row fastest, which narrower tiles may end. */
  RegisterTile rowTile(int pixels, int channels, long products) {
    Stream<RegisterTile> mixed = processor.mixed().stream();
    return best(Stream.concat(alike(), mixed), 1, pixels, channels, products);
  }

  /**
   * The tile that computes all rows of a panel fastest, by rows or across their ends. A tile knows
   * of one end.
   */
  RegisterTile panelTile(Shape out, long products) {
    RegisterTile byRow = rowTile(out.width(), out.channels(), products);
    int pixels = out.pixels();
    return Stream.concat(alike(), processor.mixed().stream())
        .filter(tile -> suits(tile, pixels, out.channels()))
        .filter(tile -> tile.meetsOneEnd(out.width(), out.height()))
        .map(RegisterTile::acrossRows)
        .min(byCycles(1, pixels, out.channels(), products))
        .filter(
            tile ->
                cycles(tile, 1, pixels, out.channels(), products)
                    < cycles(byRow, out.height(), out.width(), out.channels(), products))
        .orElse(byRow);
  }

  /**
   * The tile that computes all pixels fastest, as if they were one row. Narrower tiles may end it
   * where workers share panels; where they share tiles, all are alike. Of an odd number of vectors,
   * the last may be a panel by itself.
   */
  RegisterTile pixelsTile(int pixels, int channels, long products) {
    Stream<RegisterTile> mixed =
        processor.mixed().stream()
            .filter(tile -> tile.sharesPanels(pixels, channels, processor.lanes()));
    Stream<RegisterTile> all =
        Stream.concat(alike(), mixed)
            .flatMap(tile -> Stream.concat(Stream.of(tile), withSingleLast(tile, channels)));
    return best(all, 1, pixels, channels, products);
  }

  /** The tile with a last panel of one vector, if it can have one. */
  private Stream<RegisterTile> withSingleLast(RegisterTile tile, int channels) {
    RegisterTile last = tile.withLast(1);
    int vectors = last.ofLastPanel().panels(channels, processor.lanes());
    boolean odd = tile.vectors() == 2 && vectors > 1 && vectors % 2 == 1;
    boolean single =
        Stream.of(last.ofLastPanel(), last.ofLastPanel().narrow())
            .filter(part -> part.pixels() > 0)
            .allMatch(part -> processor.tiles().containsKey(RegisterTile.of(part.pixels(), 1)));
    return odd && single ? Stream.of(last) : Stream.empty();
  }

  private Stream<RegisterTile> alike() {
    return processor.tiles().keySet().stream();
  }

  private RegisterTile best(
      Stream<RegisterTile> tiles, int rows, int pixels, int channels, long products) {
    return tiles
        .filter(tile -> suits(tile, pixels, channels))
        .min(byCycles(rows, pixels, channels, products))
        .orElseThrow();
  }

  private boolean suits(RegisterTile tile, int pixels, int channels) {
    return tile.pixels() <= pixels
        && tile.wide(pixels) > 0
        && (tile.vectors() - 1) * processor.lanes() < channels;
  }

  private Comparator<RegisterTile> byCycles(int rows, int pixels, int channels, long products) {
    return Comparator.comparingDouble(
        tile -> {
          double cycles = cycles(tile, rows, pixels, channels, products);
          return tile.rest() > 0 ? WORTH * cycles : cycles;
        });
  }

  /** Cycles of rows of so many pixels. */
  double cycles(RegisterTile tile, int rows, int pixels, int channels, long products) {
    double panels = tile.panels(channels, processor.lanes());
    if (tile.last() > 0) {
      int few = tile.last() * processor.lanes();
      return cycles(tile.ofLastPanel(), rows, pixels, few, products)
          + (panels - 1) * cycles(tile.ofFullPanels(), rows, pixels, few, products);
    }
    int wide = tile.wide(pixels);
    double row = Math.ceil((double) wide / tile.pixels()) * cycles(tile, products);
    if (wide < pixels) {
      row += (pixels - wide) / tile.rest() * cycles(tile.narrow(), products);
    }
    return rows * panels * row;
  }

  private double cycles(RegisterTile tile, long products) {
    double share = processor.tiles().get(RegisterTile.of(tile.pixels(), tile.vectors()));
    double find = tile.across() ? tile.pixels() * ACROSS : 0;
    return tile.sums() * (products / 2.0 / share + STORE) + find;
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
    RegisterTile tile = panelTile(out, products(producer));
    long panels = tile.panels(out.channels(), processor.lanes());
    long byRows = weights * depthwise.out().height();
    long byPanels = 2 * depthwise.out().elements() + panels * producer.in().elements();
    return byRows < byPanels;
  }

  /** Whether the projection of each row at once saves more than its weights cost. */
  static boolean projectionPays(Task depthwise, Task projection) {
    return projection.weights() * projection.out().height() < 2 * depthwise.out().elements();
  }

  /**
   * Whether a scaling is for the weights of the projection that reads it, of which there are fewer
   * than floats to scale: {@code W (s * x) = (W * s) x}.
   */
  static boolean scalesWeights(Task scaling, Task projection) {
    return scaling.kind() == Task.Kind.SCALE
        && projection != null
        && projection.kind() == Task.Kind.POINTWISE
        && projection.input() == scaling.output()
        && projection.out().channels() < scaling.out().pixels();
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
