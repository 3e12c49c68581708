package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.numbers;

import dev.mbnet.compiler.kernel.Statement.Activate;
import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.AtMost;
import dev.mbnet.compiler.kernel.Statement.Invoke;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Statement.PanelStart;
import dev.mbnet.compiler.kernel.Statement.Panels;
import dev.mbnet.compiler.kernel.Statement.WholeNumber;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Place;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.RegisterTile;
import dev.mbnet.compiler.plan.Stage;
import dev.mbnet.compiler.plan.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stages as functions over a part of their output: a row of all channels, a row of one panel, or a
 * range of pixels or panels. Each walks its part in tiles and calls a shared function for each.
 */
final class StageKernels {
  /** The arrays, the session's first float and the worker's scratch. */
  static final List<Function.Parameter> MEMORY = numbers(MatrixTile.ARRAYS, "o", "s");

  /** The same behind the caller's array. */
  static final List<Function.Parameter> CALLERS =
      Stream.concat(Stream.of(Function.row("input")), MEMORY.stream()).toList();

  private final Processor processor;
  private final Layout layout;
  private final Stage stage;
  private final Task task;
  private final List<Function> shared;

  StageKernels(Processor processor, Layout layout, Stage stage, List<Function> shared) {
    this.processor = processor;
    this.layout = layout;
    this.stage = stage;
    this.task = stage.task();
    this.shared = shared;
  }

  /** What the stage's functions take first. */
  List<Function.Parameter> memory() {
    return task.kind() == Task.Kind.INPUT ? CALLERS : MEMORY;
  }

  /** A row {@code i} of the output; with {@code panel}, of the panel that begins at {@code c}. */
  Function row(boolean panel) {
    if (task.kind() == Task.Kind.INPUT) {
      return inputRow();
    }
    if (task.kind() == Task.Kind.SCALE) {
      return scaledRow();
    }
    List<Statement> body = new ArrayList<>();
    boolean depthwise = task.kind() == Task.Kind.DEPTHWISE;
    int rows = task.conv() == null ? 1 : task.conv().kernel().h();
    int down = task.conv() == null ? 1 : task.conv().dilation().h();
    Index first = Index.of("i", task.stride().h()).plus(-task.pads().top());
    if (depthwise) {
      int height = task.in().height();
      body.add(new Statement.Window(first, down, rows, height, stage.input().rows()));
    } else {
      boolean outside = task.pads().top() + task.pads().bottom() > 0;
      for (int u = 0; u < rows; u++) {
        Index row = first.plus(u * down);
        body.add(layout.rowStart("x" + u, stage.input(), row, outside, -task.pads().left()));
      }
    }
    body.add(layout.rowStart("y", stage.output(), Index.of("i"), false, 0));
    List<Statement> tiles = new ArrayList<>();
    int channels = task.out().channels();
    int vectors = stage.vectors();
    String d = panelStart(channels, tiles);
    int width = task.out().width();
    tiles.addAll(depthwise ? channelTiles(d) : matrixTiles(stage.tile(), "j", width, d, rows));
    boolean panels = stage.output().layout() != Place.Layout.PIXELS;
    if (panels) {
      tiles.addAll(panelEnd(Layout.panel(stage.output(), "c"), d));
    }
    if (panel) {
      body.addAll(tiles);
    } else {
      body.add(new Panels("c", channels, vectors, tiles));
    }
    if (!panels) {
      body.addAll(edges(Index.of(0)));
      if (!panel) {
        body.addAll(finish());
      }
    }
    return new Function(
        "", numbers(MEMORY, panel ? new String[] {"i", "c"} : new String[] {"i"}), body);
  }

  /**
   * All pixels of the panel that begins at {@code c}, across the ends of rows, for a depthwise
   * convolution or a mean to read: no stride, no border, no addition.
   */
  Function panel() {
    Place out = stage.output();
    List<Statement> body = new ArrayList<>();
    body.add(new WholeNumber("x0", layout.start(stage.input())));
    Index left = Layout.pixel(out).times(out.left());
    body.add(new WholeNumber("y", layout.start(out).plus(left)));
    String d = panelStart(task.out().channels(), body);
    body.addAll(matrixTiles(stage.tile(), "p", task.out().pixels(), d, 1));
    List<Statement> end = panelEnd(product(Index.of("i"), Layout.row(out)), d);
    if (!end.isEmpty()) {
      body.add(Walks.loop("i", task.out().height(), end));
    }
    return new Function("Panel", numbers(MEMORY, "c"), body);
  }

  /**
   * Where the channels of panel {@code c} begin, by name: there, or where the last panel lies over
   * the one before it, which is named first.
   */
  private String panelStart(int channels, List<Statement> body) {
    int vectors = stage.vectors();
    if (channels % (vectors * Place.LANES) == 0) {
      return "c";
    }
    body.add(new PanelStart("d", Index.of("c"), channels, vectors));
    return "d";
  }

  /** What is done with a panel's row, so many floats behind {@code y}, which tiles cannot. */
  private List<Statement> panelEnd(Index at, String d) {
    List<Statement> all = new ArrayList<>(edges(at));
    Index lanes = Index.of(stage.vectors()).lanes();
    all.addAll(activate(Index.of("y").plus(at), Index.of(d), lanes));
    return all;
  }

  /** A row {@code i} of the caller's array. */
  private Function inputRow() {
    Shape shape = task.out();
    List<Statement> body = new ArrayList<>();
    body.add(layout.rowStart("y", stage.output(), Index.of("i"), false, 0));
    Index from = Index.of("i", shape.width() * shape.channels());
    int pitch = stage.output().pitch();
    body.add(new Statement.ReadRow(from, Index.of("y"), shape.width(), shape.channels(), pitch));
    body.addAll(edges(Index.of(0)));
    return new Function("", numbers(memory(), "i"), body);
  }

  /** A row {@code i} of a tensor times one pixel. */
  private Function scaledRow() {
    Place in = stage.input();
    Index width = Index.of(task.out().width());
    List<Statement> body = new ArrayList<>();
    body.add(layout.rowStart("x", in, Index.of("i"), false, 0));
    body.add(layout.rowStart("y", stage.output(), Index.of("i"), false, 0));
    Index by = layout.start(stage.inputs().get(1));
    body.add(new Statement.Scale(Index.of("x"), by, Index.of("y"), width, in.pitch()));
    body.addAll(edges(Index.of(0)));
    return new Function("", numbers(MEMORY, "i"), body);
  }

  /** Zeros beside a row, which whatever was there before has overwritten. */
  private List<Statement> edges(Index panel) {
    Place place = stage.output();
    List<Statement> all = new ArrayList<>();
    Index y = Index.of("y").plus(panel);
    Index pixel = Layout.pixel(place);
    if (place.left() > 0) {
      Index from = y.plus(pixel.times(-place.left()));
      all.add(new Statement.Clear(from, pixel.times(place.left())));
    }
    if (place.right() > 0) {
      Index from = y.plus(pixel.times(place.shape().width()));
      all.add(new Statement.Clear(from, pixel.times(place.right())));
    }
    return all;
  }

  /** What is done with a whole row {@code y}, which tiles cannot. */
  private List<Statement> finish() {
    List<Statement> all = new ArrayList<>();
    if (stage.residual() != null) {
      all.add(layout.rowStart("r", stage.residual(), Index.of("i"), false, 0));
      Index count = Layout.pixel(stage.output()).times(task.out().width());
      Activation.Kind kind = task.activation().kind();
      all.add(new Statement.Add(Index.of("y"), Index.of("r"), count, low(kind), high(kind)));
    }
    all.addAll(activate(Index.of("y"), Index.of(0), Index.of(task.out().channels())));
    return all;
  }

  /** Of a row's {@code channels} channels from {@code first} on, unless tiles have done it. */
  private List<Statement> activate(Index at, Index first, Index channels) {
    if (task.storesActivated()) {
      return List.of();
    }
    int width = task.out().width();
    Index pixel = Layout.pixel(stage.output());
    if (stage.slopes() != null) {
      Index slopes = first.plus(stage.slopes().at());
      return List.of(new Statement.Prelu(at, slopes, channels, width, pixel));
    }
    Index count = pixel.times(width);
    return List.of(new Activate(task.activation(), at, count));
  }

  /** All tiles of a row of so many pixels. */
  private List<Statement> matrixTiles(
      RegisterTile tile, String pixel, int width, String d, int rows) {
    int wide = tile.wide(width);
    List<Statement> all =
        new ArrayList<>(Walks.tiles(pixel, wide, tile.pixels(), j -> matrixTile(tile, d, j, rows)));
    if (wide < width) {
      RegisterTile narrow = tile.narrow();
      int rest = width - wide;
      all.addAll(
          Walks.tiles(
              pixel, rest, narrow.pixels(), j -> matrixTile(narrow, d, j.plus(wide), rows)));
    }
    return all;
  }

  private List<Statement> matrixTile(RegisterTile size, String d, Index j, int rows) {
    Place in = stage.input();
    Conv conv = task.conv();
    List<Actual> arguments = arrays();
    Index step = product(j, Layout.pixel(in).times(task.stride().w()));
    if (task.kind() == Task.Kind.POINTWISE) {
      int inputs = task.in().channels();
      PixelTile single = PixelTile.of(processor, size.vectors());
      Function tile =
          size.sums() == size.vectors()
              ? single.function()
              : MatrixTile.pointwise(processor, size, in.pitch(), inputs % Processor.INPUTS == 0);
      share(tile);
      arguments.add(number(Index.of("x0").plus(step)));
      if (tile.parameters().contains(Function.number("xp"))) {
        arguments.add(number(Layout.pixel(in)));
      }
      arguments.add(number(Index.of(inputs)));
      if (tile.parameters().contains(Function.number("part"))) {
        arguments.add(number(Index.of(single.part(inputs))));
      }
      return finish(tile, arguments, d, j, inputs);
    }
    int channels = task.in().channels();
    boolean whole = in.pitch() == channels && conv.dilation().w() == 1;
    int wide = conv.kernel().w();
    Function tile =
        MatrixTile.window(
            processor,
            size,
            rows,
            whole ? 1 : wide,
            in.pitch() * conv.dilation().w(),
            whole ? wide * channels : channels,
            in.pitch() * conv.stride().w());
    shared.add(tile);
    for (int u = 0; u < rows; u++) {
      arguments.add(number(Index.of("x" + u).plus(step)));
    }
    return finish(tile, arguments, d, j, rows * wide * channels);
  }

  private List<Statement> finish(
      Function tile, List<Actual> arguments, String d, Index j, int products) {
    Place out = stage.output();
    Index panel = Layout.panel(out, out.layout() == Place.Layout.PIXELS ? d : "c");
    Index weights = Index.of(stage.weights());
    if (stage.scaledWeights() != null) {
      weights = layout.start(stage.scaledWeights());
      arguments.set(1, new Actual.Array("a"));
    }
    arguments.add(number(Index.of("c", products).plus(weights)));
    arguments.add(number(Index.of(d).plus(weights).plus(stage.bias() - stage.weights())));
    Index y = Index.of("y").plus(panel).plus(product(j, Layout.pixel(out)));
    if (!stage.tile().across()) {
      arguments.add(number(y));
      arguments.add(number(Layout.pixel(out)));
      return List.of(new Invoke(tile.suffix(), arguments));
    }
    int width = task.out().width();
    Index gap = Layout.pixel(out).times(out.left() + out.right());
    Index row = Index.of("i");
    List<Statement> all = new ArrayList<>();
    if (j.factors().isEmpty()) {
      row = Index.of(j.constant() / width);
    } else {
      all.add(new Statement.Divided("i", j, width));
    }
    arguments.add(number(y.plus(product(row, gap))));
    arguments.add(number(Layout.pixel(out)));
    arguments.add(number(row.times(width).plus(width).plus(j.times(-1))));
    arguments.add(number(gap));
    all.add(new Invoke(tile.suffix(), arguments));
    return all;
  }

  private List<Statement> channelTiles(String d) {
    int width = task.out().width();
    int columns = ChannelTile.columns(task.conv(), width, processor);
    Function tile = ChannelTile.of(task.conv(), columns, Layout.pixel(stage.input()));
    share(tile);
    int groups = width / columns;
    List<Statement> calls = new ArrayList<>();
    calls.add(channelTile(tile, d, 0, groups));
    if (groups * columns < width) {
      calls.add(channelTile(tile, d, width - columns, 1));
    }
    if (stage.vectors() == 1) {
      return calls;
    }
    Index end = Index.of(stage.vectors()).lanes();
    return List.of(new Statement.EachVector("v", end, calls));
  }

  /** The scaled weights and the biases of the panel that begins at {@code c}, for what has them. */
  Function weights(Stage scaled) {
    RegisterTile tile = scaled.tile();
    List<Statement> body = new ArrayList<>();
    if (tile.last() > 0) {
      List<Statement> full = List.of(weights(scaled, tile.vectors()));
      List<Statement> last = List.of(weights(scaled, tile.last()));
      body.add(fullOrLast(scaled, full, last));
    } else {
      body.add(weights(scaled, tile.vectors()));
    }
    return new Function("", numbers(MEMORY, "c"), body);
  }

  /** One or the other for the panel that begins at {@code c}. */
  private static Statement fullOrLast(Stage stage, List<Statement> full, List<Statement> last) {
    int less = stage.tile().vectors() - stage.tile().last();
    Index next = Index.of("c").plus(Index.of(less).lanes());
    return new Statement.Below(next, stage.task().out().channels(), full, last);
  }

  private Statement weights(Stage scaled, int vectors) {
    int inputs = scaled.task().in().channels();
    Index panel = Index.of("c", inputs);
    Index to = layout.start(stage.output());
    Index biases = to.plus(scaled.bias() - scaled.weights());
    return new Statement.ScaleWeights(
        panel.plus(scaled.weights()),
        Index.of("c").plus(scaled.bias()),
        layout.start(stage.inputs().get(1)),
        to.plus(panel),
        biases.plus(Index.of("c")),
        inputs,
        Index.of(vectors).lanes());
  }

  private Statement channelTile(Function tile, String d, int column, int groups) {
    Place in = stage.input();
    Place out = stage.output();
    Index v = stage.vectors() == 1 ? Index.of(0) : Index.of("v");
    Index pixel = Layout.pixel(in);
    List<Actual> arguments = arrays();
    // Of a panel's own pixels, it is the panel that begins at c which is read, not channels from d.
    Index from = in.layout() == Place.Layout.PIXELS ? Index.of(d) : Layout.panel(in, "c");
    Index x = layout.start(in).plus(pixel.times(in.left() - task.pads().left()));
    arguments.add(number(x.plus(from).plus(v).plus(pixel.times(column * task.stride().w()))));
    arguments.add(number(Index.of("top")));
    arguments.add(number(Index.of(in.rows())));
    arguments.add(number(Layout.row(in)));
    arguments.add(number(Index.of("rows")));
    Pair taps = task.conv().kernel();
    Index filter = Index.of(d).plus(v).times(taps.h() * taps.w()).plus(stage.weights());
    arguments.add(number(filter.plus(Index.of("u", taps.w()).lanes())));
    arguments.add(number(Index.of(d).plus(v).plus(stage.bias())));
    Index to = Layout.panel(out, d).plus(v).plus(Layout.pixel(out).times(column));
    arguments.add(number(Index.of("y").plus(to)));
    arguments.add(number(Layout.pixel(out)));
    arguments.add(number(Index.of(groups)));
    bounds(arguments);
    return new Invoke(tile.suffix(), arguments);
  }

  /** All pixels at once: tiles {@code from} to {@code to}, or panels where those are more. */
  Function pixels(boolean byPanels) {
    RegisterTile tile = stage.tile();
    int channels = task.out().channels();
    int vectors = tile.vectors();
    List<Statement> panel = new ArrayList<>();
    if (tile.last() > 0) {
      List<Statement> full = pixelTiles(tile.ofFullPanels(), "c", byPanels);
      List<Statement> last = pixelTiles(tile.ofLastPanel(), "c", byPanels);
      panel.add(fullOrLast(stage, full, last));
    } else {
      String d = panelStart(channels, panel);
      panel.addAll(pixelTiles(tile, d, byPanels));
    }
    List<Statement> body = new ArrayList<>();
    body.add(new WholeNumber("x0", layout.start(stage.input())));
    body.add(new WholeNumber("y", layout.start(stage.output())));
    if (byPanels) {
      panel.add(0, new WholeNumber("c", Index.of("n", vectors).lanes()));
      body.add(new Loop("n", Index.of("from"), Index.of("to"), 1, false, panel));
    } else {
      body.add(new Panels("c", channels, vectors, panel));
    }
    return new Function("", numbers(MEMORY, "from", "to"), body);
  }

  /** All pixels' tiles of a panel, or those {@code from} to {@code to}. */
  private List<Statement> pixelTiles(RegisterTile tile, String d, boolean all) {
    int pixels = task.out().pixels();
    if (all) {
      return matrixTiles(tile, "p", pixels, d, 1);
    }
    List<Statement> each = new ArrayList<>();
    if (pixels % tile.pixels() == 0) {
      each.add(new WholeNumber("p", Index.of("t", tile.pixels())));
    } else {
      each.add(new AtMost("p", Index.of("t", tile.pixels()), pixels - tile.pixels()));
    }
    each.addAll(matrixTile(tile, d, Index.of("p"), 1));
    return List.of(new Loop("t", Index.of("from"), Index.of("to"), 1, false, each));
  }

  /** What is left to do with rows {@code from} to {@code to} where stages leave it undone. */
  Function finishing() {
    List<Statement> row = new ArrayList<>();
    row.add(layout.rowStart("y", stage.output(), Index.of("i"), false, 0));
    row.addAll(finish());
    Statement rows = new Loop("i", Index.of("from"), Index.of("to"), 1, false, row);
    return new Function("Finish", numbers(MEMORY, "from", "to"), List.of(rows));
  }

  /** The mean of the panel that begins with channel {@code c}. */
  Function mean(boolean panel) {
    Place in = stage.input();
    Shape shape = task.in();
    int vectors = stage.vectors();
    List<Statement> body = new ArrayList<>();
    String d = panelStart(shape.channels(), body);
    // Of a panel that lies over the one before it, the channels that it alone has: sums grow in
    // place.
    Index over = d.equals("c") ? Index.of(0) : Index.of("c").plus(Index.of("d", -1));
    Index from =
        in.layout() == Place.Layout.PIXELS ? Index.of("c") : Layout.panel(in, "c").plus(over);
    Index x = layout.start(in).plus(Layout.pixel(in).times(in.left())).plus(from);
    Index y = layout.start(stage.output()).plus(Index.of("c"));
    Index count = Index.of(vectors).lanes().plus(over.times(-1));
    body.add(new Statement.Mean(x, count, shape, Layout.row(in), Layout.pixel(in), y));
    if (panel) {
      return new Function("", numbers(MEMORY, "c"), body);
    }
    body.add(0, new WholeNumber("c", Index.of("n", vectors).lanes()));
    return new Function(
        "",
        numbers(MEMORY, "from", "to"),
        List.of(new Loop("n", Index.of("from"), Index.of("to"), 1, false, body)));
  }

  private void bounds(List<Actual> arguments) {
    arguments.add(new Actual.Array(low(tileActivation())));
    arguments.add(new Actual.Array(high(tileActivation())));
  }

  /** The activation as far as tiles know it: none where an addition comes first. */
  private Activation.Kind tileActivation() {
    return stage.residual() != null ? Activation.Kind.NONE : task.activation().kind();
  }

  private static boolean isBounds(Activation.Kind kind) {
    return kind == Activation.Kind.RELU || kind == Activation.Kind.RELU6;
  }

  private static String low(Activation.Kind kind) {
    return isBounds(kind) ? "ZERO" : "LOWEST";
  }

  private static String high(Activation.Kind kind) {
    return kind == Activation.Kind.RELU6 ? "SIX" : "HIGHEST";
  }

  private void share(Function tile) {
    if (!shared.contains(tile)) {
      shared.add(tile);
    }
  }

  private static List<Actual> arrays() {
    return new ArrayList<>(List.of(new Actual.Array("a"), new Actual.Array("w")));
  }

  private static Actual number(Index index) {
    return new Actual.Number(index);
  }

  /** A variable times a number of floats. */
  static Index product(Index variable, Index floats) {
    Index sum = Index.of(0);
    if (floats.constant() != 0) {
      sum = sum.plus(variable.times(floats.constant()));
    }
    for (var lanes : floats.factors().entrySet()) {
      sum = sum.plus(variable.times(lanes.getValue()).lanes());
    }
    return sum;
  }
}
