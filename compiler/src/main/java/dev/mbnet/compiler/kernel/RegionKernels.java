package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.numbers;

import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.CountUp;
import dev.mbnet.compiler.kernel.Statement.Invoke;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Statement.NotNegative;
import dev.mbnet.compiler.kernel.Statement.WholeNumber;
import dev.mbnet.compiler.kernel.VectorKernel.Named;
import dev.mbnet.compiler.kernel.VectorKernel.Parts;
import dev.mbnet.compiler.kernel.VectorKernel.Phase;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.Region;
import dev.mbnet.compiler.plan.Stage;
import dev.mbnet.compiler.plan.Task;
import dev.mbnet.compiler.plan.VectorPlan;
import java.util.ArrayList;
import java.util.List;

/** Regions as loops over their stages' functions. */
public final class RegionKernels {
  private final Region region;
  private final List<Stage> stages;

  /** The number of the first stage, or of the second where the first scales its weights. */
  private final int first;

  private final Layout layout;
  private final Processor processor;
  private final List<Named> named = new ArrayList<>();
  private final List<Function> shared = new ArrayList<>();

  private RegionKernels(VectorPlan plan, Region region) {
    this.region = region;
    this.stages = region.stages();
    this.first = stages.get(0).scalesWeights() ? 1 : 0;
    this.layout = new Layout(plan.offsets());
    this.processor = plan.processor();
  }

  public static VectorKernel of(VectorPlan plan, Region region) {
    return new RegionKernels(plan, region).kernel();
  }

  private VectorKernel kernel() {
    List<Phase> phases = new ArrayList<>();
    if (first > 0) {
      phases.add(weights());
    }
    phases.addAll(
        switch (region.kind()) {
          case ROWS -> List.of(rows());
          case PANELS -> panels();
          case PIXELS -> pixels();
          case WHOLE -> List.of(whole());
        });
    return new VectorKernel(region, phases, List.copyOf(named), List.copyOf(shared));
  }

  private StageKernels kernels(int stage) {
    return new StageKernels(processor, layout, stages.get(stage), shared);
  }

  private Phase weights() {
    Stage scaled = stages.get(1);
    named.add(new Named(0, kernels(0).weights(scaled)));
    return ofPanels("Weights", scaled, List.of(call(0, Index.of("c"))));
  }

  /** What is done with each panel of a stage's output, which begins at {@code c}. */
  private static Phase ofPanels(String suffix, Stage stage, List<Statement> body) {
    int vectors = stage.tile().vectors();
    List<Statement> panel = new ArrayList<>();
    panel.add(new WholeNumber("c", Index.of("n", vectors).lanes()));
    panel.addAll(body);
    Statement loop = new Loop("n", Index.of("from"), Index.of("to"), 1, false, panel);
    return new Phase(
        new Function(suffix, numbers(StageKernels.MEMORY, "from", "to"), List.of(loop)),
        new Parts.Panels(stage.task().out().channels(), vectors));
  }

  /**
   * Stages that take a row of one another at a time; each run but the last keeps a window ahead.
   */
  private record Run(int first, int last) {
    String counter() {
      return "row" + first;
    }
  }

  private Phase rows() {
    for (int i = first; i < stages.size(); i++) {
      named.add(new Named(i, kernels(i).row(false)));
    }
    List<Run> runs = new ArrayList<>();
    int begin = first;
    for (int i = first + 1; i <= stages.size(); i++) {
      if (i == stages.size() || stages.get(i).task().kind() != Task.Kind.POINTWISE) {
        runs.add(new Run(begin, i - 1));
        begin = i;
      }
    }
    List<Statement> body = new ArrayList<>();
    Index next = Index.of("from");
    for (int r = runs.size() - 2; r >= 0; r--) {
      Task reader = stages.get(runs.get(r + 1).first()).task();
      String counter = runs.get(r).counter();
      Index start = next.times(reader.stride().h()).plus(-reader.pads().top());
      body.add(new NotNegative(counter, start));
      next = Index.of(counter);
    }
    int rows = stages.get(stages.size() - 1).task().out().height();
    List<Statement> turn = turn(runs, runs.size() - 1, "i");
    body.add(new Loop("i", Index.of("from"), Index.of("to"), 1, false, turn));
    return new Phase(
        new Function("Rows", numbers(kernels(first).memory(), "from", "to"), body),
        new Parts.Count(rows));
  }

  /** What makes row {@code i} of a run's last stage, and before it the rows that it reads. */
  private List<Statement> turn(List<Run> runs, int r, String i) {
    List<Statement> turn = new ArrayList<>();
    Run run = runs.get(r);
    if (r > 0) {
      Run before = runs.get(r - 1);
      Task reader = stages.get(run.first()).task();
      Index bound = Index.of(i, reader.stride().h()).plus(reader.window() - reader.pads().top());
      turn.add(
          new CountUp(
              before.counter(),
              bound,
              stages.get(before.last()).task().out().height(),
              turn(runs, r - 1, before.counter())));
    }
    for (int s = run.first(); s <= run.last(); s++) {
      turn.add(call(s, Index.of(i)));
    }
    return turn;
  }

  private Invoke call(int stage, Index... numbers) {
    return call(stage, "", numbers);
  }

  private Invoke call(int stage, String suffix, Index... numbers) {
    List<Actual> arguments = new ArrayList<>();
    for (Function.Parameter parameter : kernels(stage).memory()) {
      arguments.add(new Actual.Array(parameter.name()));
    }
    for (Index number : numbers) {
      arguments.add(new Actual.Number(number));
    }
    return new Invoke(stage(stage) + suffix, arguments);
  }

  /** What a phase calls a stage's function. */
  public static String stage(int stage) {
    return "stage" + stage;
  }

  private List<Phase> panels() {
    Stage producer = stages.get(0);
    List<Statement> panel = new ArrayList<>();
    if (producer.tile().across()) {
      Function across = kernels(0).panel();
      named.add(new Named(0, across));
      panel.add(call(0, across.suffix(), Index.of("c")));
    } else {
      named.add(new Named(0, kernels(0).row(true)));
      panel.add(rowsOf(0));
    }
    if (stages.get(1).task().kind() == Task.Kind.MEAN) {
      named.add(new Named(1, kernels(1).mean(true)));
      panel.add(call(1, Index.of("c")));
    } else {
      named.add(new Named(1, kernels(1).row(true)));
      panel.add(rowsOf(1));
    }
    List<Phase> phases = new ArrayList<>();
    phases.add(ofPanels("Panels", producer, panel));
    phases.addAll(finishing(1));
    return phases;
  }

  /** What tiles that lie over one another have to leave undone. */
  private List<Phase> finishing(int stage) {
    Task task = stages.get(stage).task();
    return task.storesActivated() && task.residual() == null
        ? List.of()
        : List.of(new Phase(kernels(stage).finishing(), new Parts.Count(task.out().height())));
  }

  private Statement rowsOf(int stage) {
    int rows = stages.get(stage).task().out().height();
    return Walks.loop("i", rows, List.of(call(stage, Index.of("i"), Index.of("c"))));
  }

  private List<Phase> pixels() {
    Stage stage = stages.get(first);
    int pixels = stage.task().out().pixels();
    int channels = stage.task().out().channels();
    int tile = stage.tile().pixels();
    int tiles = (pixels + tile - 1) / tile;
    boolean byPanels = stage.tile().sharesPanels(pixels, channels, processor.lanes());
    Parts parts =
        byPanels ? new Parts.Panels(channels, stage.tile().vectors()) : new Parts.Count(tiles);
    List<Phase> phases = new ArrayList<>();
    phases.add(new Phase(kernels(first).pixels(byPanels), parts));
    phases.addAll(finishing(first));
    return phases;
  }

  private Phase whole() {
    Stage stage = stages.get(0);
    Function function = kernels(0).mean(false);
    return new Phase(function, new Parts.Panels(stage.task().in().channels(), stage.vectors()));
  }
}
