package dev.mbnet.compiler.plan;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Convolution;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Decides how a graph is computed with vectors. */
public final class VectorPlanner {
  /** Where a cache line begins in the arrays that the runtime allocates for weights. */
  private static final int FIRST_WEIGHT = 12;

  private final Graph graph;
  private final Processor processor;
  private final CostModel costs;
  private final Map<Node, Place> homes = new HashMap<>();
  private final Map<Node, Integer> lastRead = new HashMap<>();
  private final Arena shared = new Arena();
  private final Map<Place, Integer> offsets = new HashMap<>();
  private int scratch;
  private final List<Node> weighted;
  private int weights = FIRST_WEIGHT;

  private VectorPlanner(Graph graph, Processor processor) {
    this.graph = graph;
    this.processor = processor;
    this.costs = new CostModel(processor);
    this.weighted = graph.nodes().stream().filter(node -> !node.weights().isEmpty()).toList();
  }

  public static VectorPlan plan(Graph graph, Processor processor) {
    return new VectorPlanner(graph, processor).plan();
  }

  private VectorPlan plan() {
    List<Fusion.Group> groups = Fusion.of(graph, costs);
    for (int i = 0; i < groups.size(); i++) {
      for (Task task : groups.get(i).tasks()) {
        for (Node input : task.node().inputs()) {
          lastRead.put(input, i);
        }
        if (task.residual() != null) {
          lastRead.put(task.residual(), i);
        }
      }
    }
    graph.outputs().forEach(output -> lastRead.put(output.node(), groups.size()));
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      List<Task> tasks = groups.get(i).tasks();
      if (scalesWeights(tasks)) {
        // The only reader takes the tensor as it is, and other weights.
        homes.put(tasks.get(0).output(), homes.get(tasks.get(0).input()));
      }
      if (tasks.size() > 1 || !inPlace(tasks.get(0), groups, i)) {
        home(tasks.get(tasks.size() - 1).output(), groups, i);
      }
      regions.add(region(groups.get(i), i));
    }
    Tail tail =
        Tail.of(
            regions,
            graph.outputs().stream()
                .map(output -> homes.get(output.node()))
                .collect(Collectors.toSet()));
    Place block = tail.input() == null ? null : shared.block(tail.places(regions));
    int zeros = shared.place(offsets);
    if (block != null) {
      tail = tail.placed(offsets.remove(block), block.floats(), zeros);
    }
    int widest =
        regions.stream()
            .flatMap(region -> region.stages().stream())
            .mapToInt(VectorPlanner::zeros)
            .max()
            .orElse(0);
    return new VectorPlan(
        graph,
        processor,
        List.copyOf(regions),
        Map.copyOf(homes),
        Map.copyOf(offsets),
        zeros,
        Place.aligned(zeros + widest),
        scratch,
        weights,
        tail);
  }

  /** The floats of a row outside of the tensor that a stage reads. */
  private static int zeros(Stage stage) {
    boolean windows = stage.task().kind() == Task.Kind.WINDOW && !stage.task().pads().isNone();
    return windows ? stage.input().floats() / stage.input().rows() : 0;
  }

  /**
   * Lets a scaling write to where it reads, if nobody reads that later. Memory that has just been
   * written is in the caches, and other memory would have to be fetched, to be written over.
   */
  private boolean inPlace(Task task, List<Fusion.Group> groups, int region) {
    if (task.kind() != Task.Kind.SCALE || lastRead.get(task.input()) > region) {
      return false;
    }
    Place place = homes.get(task.input());
    Place like = place(task.output(), groups);
    if (place.left() != like.left()
        || place.right() != like.right()
        || place.pitch() != like.pitch()) {
      return false;
    }
    homes.put(task.output(), place);
    shared.keep(place, lastRead.getOrDefault(task.output(), region));
    return true;
  }

  /** Whether the first of a group's tasks is one of its second's weights. */
  private static boolean scalesWeights(List<Task> tasks) {
    return tasks.size() > 1 && CostModel.scalesWeights(tasks.get(0), tasks.get(1));
  }

  /** A place for a node that outlives its region, from which it is made in. */
  private void home(Node node, List<Fusion.Group> groups, int region) {
    Place home = place(node, groups);
    homes.put(node, home);
    shared.add(home, region, lastRead.getOrDefault(node, region));
  }

  private Place place(Node node, List<Fusion.Group> groups) {
    int left = 0;
    int right = 0;
    boolean windows = node.isInput();
    boolean flat = false;
    for (Fusion.Group group : groups) {
      for (Task task : group.tasks()) {
        // Whole stages write all pixels one after another.
        flat |= task.output() == node && !task.byRows();
        windows &= task.residual() != node;
        if (task.node().inputs().contains(node)) {
          windows &= task.kind() == Task.Kind.WINDOW;
          left = task.byRows() ? Math.max(left, task.pads().left()) : left;
          right = task.byRows() ? Math.max(right, task.right()) : right;
        }
      }
    }
    if (flat) {
      left = 0;
      right = 0;
    }
    Shape shape = node.shape();
    int pitch = windows ? inputPitch(shape) : pitch(shape);
    return new Place(
        node.name(), shape, Place.Layout.PIXELS, shape.height(), left, right, pitch, false);
  }

  /** Floats from pixel to pixel of the input, where only windows over all channels read it. */
  private static int inputPitch(Shape shape) {
    return shape.channels() < Place.LANES ? shape.channels() : pitch(shape);
  }

  /** Floats from pixel to pixel; at powers of two, pixels would share few sets of a cache. */
  private static int pitch(Shape shape) {
    int pitch = Place.aligned(shape.channels());
    return pitch % 256 == 0 && !shape.isVector() ? pitch + Place.LANES : pitch;
  }

  private Region region(Fusion.Group group, int index) {
    List<Task> tasks = group.tasks();
    List<Stage> stages = new ArrayList<>();
    List<Region.Copy> copies = new ArrayList<>();
    Region.Kind kind = group.kind();
    int used = 0;
    boolean scales = scalesWeights(tasks);
    List<Place> scaling = List.of();
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      boolean last = i == tasks.size() - 1;
      List<Place> inputs = new ArrayList<>();
      for (Node input : task.inputs()) {
        boolean before = i > (scales ? 1 : 0) && input == tasks.get(i - 1).output();
        Place place = before ? stages.get(i - 1).output() : homes.get(input);
        boolean whole = task.kind() == Task.Kind.OTHER;
        boolean fits = place.left() >= task.pads().left() && place.right() >= task.right();
        inputs.add(whole || !fits ? copied(task, place, index, copies) : place);
      }
      Place residual = task.residual() == null ? null : homes.get(task.residual());
      RegisterTile tile = null;
      if (task.kind() == Task.Kind.POINTWISE || task.kind() == Task.Kind.WINDOW) {
        boolean flat = kind == Region.Kind.PIXELS && flat(inputs.get(0), task, residual);
        kind = kind == Region.Kind.PIXELS && !flat ? Region.Kind.ROWS : kind;
        tile = tile(kind, task, inputs.get(0));
      }
      if (i == 0 && scales) {
        // A stage as soon as it is known how the weights are packed.
        scaling = inputs;
        continue;
      }
      Place output = homes.get(task.output());
      if (!last) {
        output = between(group.kind(), task, tile, tasks.get(i + 1));
        offsets.put(output, used);
        used += Place.aligned(output.floats());
      }
      if (i == 1 && scales) {
        Place scaled = scaledWeights(task, tile, index);
        stages.add(new Stage(tasks.get(0), scaling, scaled, null, null, -1, 0, 0, null));
        inputs.add(scaled);
      }
      stages.add(stage(task, inputs, output, residual, tile));
    }
    scratch = Math.max(scratch, used);
    return new Region(kind, stages, copies);
  }

  /** A place for a task's scaled weights and, behind them, its biases, which all workers share. */
  private Place scaledWeights(Task task, RegisterTile tile, int region) {
    int padded = tile.padded(task.out().channels());
    int floats = Math.toIntExact((CostModel.products(task) + 1) * padded);
    Shape shape = new Shape(1, 1, floats);
    String name = task.node().name() + " weights";
    Place place = new Place(name, shape, Place.Layout.PIXELS, 1, 0, 0, floats, false);
    shared.add(place, region, region);
    return place;
  }

  private RegisterTile tile(Region.Kind kind, Task task, Place input) {
    Shape out = task.out();
    long products = CostModel.products(task);
    if (task.kind() == Task.Kind.WINDOW) {
      return costs.windowTile(out, products);
    }
    return switch (kind) {
      case PIXELS -> costs.pixelsTile(out.pixels(), out.channels(), products);
      case PANELS ->
          input.isFlat()
              ? costs.panelTile(out, products)
              : costs.rowTile(out.width(), out.channels(), products);
      default -> costs.rowTile(out.width(), out.channels(), products);
    };
  }

  private boolean flat(Place input, Task task, Place residual) {
    return input.isFlat()
        && homes.get(task.output()).isFlat()
        && (residual == null || residual.isFlat());
  }

  /** What the plain loops read: all pixels one after another, with borders around them. */
  private Place copied(Task task, Place place, int region, List<Region.Copy> copies) {
    Border border = Border.of(task.node().op(), task.in());
    Pads pads = border.pads();
    if (place.isFlat() && pads.isNone()) {
      return place;
    }
    if (task.byRows()) {
      // Rows above and below are read from zeros elsewhere.
      pads = new Pads(0, 0, pads.left(), task.right());
    }
    Shape shape = place.shape();
    Place copy =
        new Place(
            task.node().name() + " < " + place.name(),
            shape,
            Place.Layout.PIXELS,
            pads.top() + shape.height() + pads.bottom(),
            pads.left(),
            pads.right(),
            place.pitch(),
            false);
    if (!offsets.containsKey(copy)) {
      offsets.put(copy, -1);
      shared.add(copy, region, region);
    }
    copies.add(new Region.Copy(place, copy, pads.top(), border.value()));
    return copy;
  }

  /** The place between two tasks of a group. */
  private static Place between(Region.Kind kind, Task task, RegisterTile tile, Task next) {
    Shape shape = task.out();
    boolean channelwise = next.kind() != Task.Kind.POINTWISE;
    boolean panels = channelwise && tile != null && task.residual() == null;
    Place.Layout layout =
        kind == Region.Kind.PANELS
            ? Place.Layout.PANEL
            : panels ? Place.Layout.PANELS : Place.Layout.PIXELS;
    int rows =
        kind == Region.Kind.PANELS ? shape.height() : Math.min(next.window(), shape.height());
    int pitch = panels ? tile.vectors() : pitch(shape);
    if (task.kind() == Task.Kind.INPUT) {
      // Fusion joins it to windows over all channels alone.
      pitch = inputPitch(shape);
    }
    return new Place(
        task.output().name(), shape, layout, rows, next.pads().left(), next.right(), pitch, true);
  }

  private Stage stage(
      Task task, List<Place> inputs, Place output, Place residual, RegisterTile tile) {
    int channels = task.out().channels();
    Stage.Slopes slopes = null;
    if (!task.node().isInput() && task.output().op().activation().isTrained()) {
      slopes = new Stage.Slopes(weighted.indexOf(task.output()), weights);
      weights += Place.aligned(channels);
    }
    if (!task.node().hasMatrix()) {
      return new Stage(task, inputs, output, residual, tile, -1, 0, 0, slopes);
    }
    int padded = tile == null ? Place.aligned(channels) : tile.padded(channels);
    long products = task.kind() == Task.Kind.OTHER ? rows(task) : CostModel.products(task);
    int at = weights;
    int bias = Math.toIntExact(at + products * padded);
    weights = bias + padded;
    int layer = weighted.indexOf(task.node());
    return new Stage(task, inputs, output, residual, tile, layer, at, bias, slopes);
  }

  /** Rows of the matrix of a layer that the plain loops compute. */
  private static long rows(Task task) {
    return task.node().op() instanceof Convolution conv ? conv.weightsOfChannel(task.in()) : 1;
  }
}
