package dev.mbnet.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.kernel.Function;
import dev.mbnet.compiler.kernel.Kernels;
import dev.mbnet.compiler.kernel.RegionKernels;
import dev.mbnet.compiler.kernel.VectorKernel;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Buffer;
import dev.mbnet.compiler.plan.Feed;
import dev.mbnet.compiler.plan.Place;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.Region;
import dev.mbnet.compiler.plan.Stage;
import dev.mbnet.compiler.plan.Step;
import dev.mbnet.compiler.plan.Tail;
import dev.mbnet.compiler.plan.Task;
import dev.mbnet.compiler.plan.Tile;
import dev.mbnet.compiler.plan.VectorPlan;
import dev.mbnet.compiler.resolve.ResolvedLayer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.runtime.BatchTail;
import dev.mbnet.runtime.Lanes;
import dev.mbnet.runtime.PackedWeights;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.runtime.VectorSession;
import dev.mbnet.runtime.VectorWeights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the class that computes a network with vectors; it is a session of the network. */
final class VectorWriter {
  private static final Modifier[] FUNCTION = {Modifier.PRIVATE, Modifier.STATIC};
  private static final Modifier[] CONSTANT = {Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL};

  /** Printers name it as text; the class's documentation imports it. */
  private static final ClassName VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");

  private static final ClassName SPECIES = ClassName.get("jdk.incubator.vector", "VectorSpecies");

  /** Steps of a switch, whose bytecode then has more than the 325 bytes that are inlined. */
  private static final int PIECE = 10;

  private final ResolvedNetwork network;
  private final VectorPlan plan;
  private final ClassName networkName;
  private final ClassName className;
  private final TypeSpec.Builder type;
  private final Names names = new Names();
  private final Map<Function, String> shared = new LinkedHashMap<>();
  private final List<MethodSpec> functions = new ArrayList<>();
  private final List<CodeBlock> steps = new ArrayList<>();
  private ResolvedLayer.Stage commented;
  private int tailStep;
  private boolean fences;

  VectorWriter(ResolvedNetwork network, VectorPlan plan, ClassName networkName) {
    this.network = network;
    this.plan = plan;
    this.networkName = networkName;
    this.className = className(networkName, plan.processor());
    this.type =
        TypeSpec.classBuilder(className)
            .addModifiers(Modifier.FINAL)
            .superclass(VectorSession.class)
            .addJavadoc(
                "{@link $T} with vectors, each a {@link $T} of {@code L} lanes,\n"
                    + "for processors that have $L registers for them.\n",
                networkName,
                VECTOR,
                plan.processor().registers());
  }

  /** Beside {@code MobileNetV2} stand {@code MobileNetV2Vectors} and one with 16 registers. */
  static ClassName className(ClassName network, Processor processor) {
    String suffix = processor == Processor.AVX512 ? "Vectors" : "Avx2Vectors";
    return ClassName.get(network.packageName(), network.simpleName() + suffix);
  }

  JavaFile write() {
    constant(
        ParameterizedTypeName.get(SPECIES, ClassName.get(Float.class)),
        "S",
        "$T.SPECIES",
        Lanes.class);
    constant(TypeName.INT, "L", "$T.COUNT", Lanes.class);
    constant(TypeName.INT, "SHARED", "$L", plan.shared());
    constant(TypeName.INT, "SCRATCH", "$L", plan.scratch());
    constant(TypeName.INT, "ZEROS", "$L", plan.zeros());
    type.addField(SessionWriter.ROW, "weights", Modifier.PRIVATE, Modifier.FINAL);
    for (int i = 0; i < plan.regions().size(); i++) {
      if (i == plan.tail().region()) {
        tailStep = steps.size();
      }
      region(plan.regions().get(i));
    }
    constructor();
    pack();
    type.addMethod(write(new ArrayList<>()));
    steps();
    warm();
    functions.forEach(type::addMethod);
    if (fences) {
      type.addJavadoc(
          "\n<p>Its fences take no instructions: they keep HotSpot from loading inputs early, into\n"
              + "registers that there are not.\n");
    }
    return JavaWriter.file(network, className, type);
  }

  private void constant(TypeName of, String name, String format, Object value) {
    type.addField(FieldSpec.builder(of, name, CONSTANT).initializer(format, value).build());
  }

  private void constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addParameter(networkName, "network")
            .addParameter(VectorWeights.class, "weights")
            .addParameter(SessionOptions.class, "options");
    Tail tail = plan.tail();
    if (tail.isNone()) {
      constructor.addStatement("super(network, options, SHARED, SCRATCH)");
    } else {
      constructor.addComment(
          "Up to $L images of a batch take steps from $L on together.", tail.images(), tailStep);
      constructor.addStatement(
          "super($Znetwork, options, SHARED, SCRATCH,$Wnew $T($L, $L, $L, $L, $L))",
          BatchTail.class,
          tailStep,
          plan.offsets().get(tail.input()),
          tail.input().floats(),
          tail.apart(),
          tail.images());
    }
    type.addMethod(constructor.addStatement("this.weights = weights.floats()").build());
  }

  private void pack() {
    ParameterSpec packed = ParameterSpec.builder(VectorWeights.class, "packed").build();
    MethodSpec.Builder pack =
        MethodSpec.methodBuilder("pack")
            .addModifiers(Modifier.STATIC)
            .returns(VectorWeights.class)
            .addParameter(PackedWeights.class, "layers")
            .addStatement(
                "$T packed = new $T(layers, $L)",
                VectorWeights.class,
                VectorWeights.class,
                plan.weights());
    List<CodeBlock> lines = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      if (stage.hasWeights()) {
        int vectors = stage.packedVectors();
        int channels = stage.task().out().channels();
        boolean odd = stage.tile() != null && stage.tile().last() > 0;
        lines.add(
            CodeBlock.of(
                "packed.$L($L, $L, $L, $L); // $L\n",
                odd ? "oddPanels" : vectors > 0 ? "panels" : "rows",
                stage.layer(),
                stage.weights(),
                stage.bias(),
                vectors > 0 ? vectors : Place.aligned(channels),
                stage.task().node().name()));
      }
      if (stage.slopes() != null) {
        Stage.Slopes slopes = stage.slopes();
        String name = stage.task().output().name();
        lines.add(
            CodeBlock.of("packed.slopes($L, $L); // $L\n", slopes.layer(), slopes.at(), name));
      }
    }
    Chunks.add(lines, "pack", pack, type, List.of(packed), FUNCTION);
    type.addMethod(pack.addStatement("return packed").build());
  }

  private MethodSpec write(List<CodeBlock> lines) {
    for (int i = 0; i < plan.graph().outputs().size(); i++) {
      Graph.Output output = plan.graph().outputs().get(i);
      Place home = plan.homes().get(output.node());
      Shape shape = home.shape();
      lines.add(
          CodeBlock.of(
              "copy($Zmemory, o + $L, $L, $L, outputs[$L], 0, $L, $L, $L, $L, $L);\n",
              plan.offsets().get(home) + home.left() * home.pitch(),
              home.columns() * home.pitch(),
              home.pitch(),
              i,
              shape.width() * shape.channels(),
              shape.channels(),
              shape.height(),
              shape.width(),
              shape.channels()));
    }
    MethodSpec.Builder write =
        override("write").addParameter(SessionWriter.ROWS, "outputs").addParameter(int.class, "o");
    lines.forEach(write::addCode);
    return write.build();
  }

  private static MethodSpec.Builder override(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED);
  }

  /**
   * A switch over all steps, in pieces that HotSpot compiles but does not inline into one: from
   * some size on, JDK 17's compiler makes objects of the vectors of small functions that a piece
   * inlines.
   */
  private void steps() {
    type.addMethod(
        override("steps").returns(int.class).addStatement("return $L", steps.size()).build());
    if (steps.size() <= PIECE) {
      type.addMethod(stepMethod(override("step"), 0, steps.size()).build());
      return;
    }
    MethodSpec.Builder step = stepParameters(override("step"));
    step.beginControlFlow("switch (step / $L)", PIECE);
    List<MethodSpec> pieces = new ArrayList<>();
    for (int from = 0; from < steps.size(); from += PIECE) {
      String name = "stepFrom" + from;
      step.addCode("case $L -> $L(step, part, parts, o, s);\n", from / PIECE, name);
      MethodSpec.Builder piece = MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE);
      pieces.add(stepMethod(piece, from, Math.min(steps.size(), from + PIECE)).build());
    }
    step.addCode("default -> {\n}\n");
    type.addMethod(step.endControlFlow().build());
    pieces.forEach(type::addMethod);
  }

  private static MethodSpec.Builder stepParameters(MethodSpec.Builder step) {
    return step.addParameter(int.class, "step")
        .addParameter(int.class, "part")
        .addParameter(int.class, "parts")
        .addParameter(int.class, "o")
        .addParameter(int.class, "s");
  }

  private MethodSpec.Builder stepMethod(MethodSpec.Builder step, int from, int to) {
    stepParameters(step).addStatement("float[] a = memory").addStatement("float[] w = weights");
    step.beginControlFlow("switch (step)");
    for (int i = from; i < to; i++) {
      step.addCode(steps.get(i));
    }
    step.addCode("default -> {\n}\n");
    return step.endControlFlow();
  }

  /** Calls of each shared function with few zeros, so that it is compiled before it is needed. */
  private void warm() {
    List<Function> tiles = new ArrayList<>(shared.keySet());
    type.addMethod(
        override("tiles").returns(int.class).addStatement("return $L", tiles.size()).build());
    type.addMethod(
        override("warmFloats").returns(int.class).addStatement("return $L", warmFloats()).build());
    MethodSpec.Builder warm =
        override("warm")
            .returns(int.class)
            .addParameter(int.class, "tile")
            .addParameter(boolean.class, "idle")
            .addParameter(SessionWriter.ROW, "zeros")
            .beginControlFlow("switch (tile)");
    for (int i = 0; i < tiles.size(); i++) {
      Function tile = tiles.get(i);
      String arguments =
          tile.parameters().stream()
              .map(parameter -> WarmUp.argument(parameter.name()))
              .collect(Collectors.joining(",$W"));
      warm.addCode("case $L -> {\n$>", i);
      warm.addCode("$L($Z" + arguments + ");\n", shared.get(tile));
      warm.addCode("return $L;\n$<}\n", WarmUp.work(tile));
    }
    warm.addCode("default -> {\n$>return 0;\n$<}\n");
    type.addMethod(warm.endControlFlow().build());
  }

  /** The floats that any of the calls reaches. */
  private int warmFloats() {
    int most = WarmUp.FLOATS;
    for (Stage stage : plan.stages()) {
      if (stage.packedVectors() > 0) {
        Conv conv = stage.task().conv();
        int span = conv == null ? 1 : conv.kernel().w() * conv.dilation().w();
        int pixels = stage.tile() == null ? WarmUp.COLUMNS : stage.tile().pixels();
        int columns = pixels * stage.task().stride().w() + span;
        int pitch = stage.input().pixel() * columns + WarmUp.FLOATS;
        int panel = (stage.bias() - stage.weights()) / Math.max(1, stage.task().out().channels());
        most = Math.max(most, Math.max(pitch, (panel + 1) * stage.packedVectors() * 32));
      }
    }
    return most;
  }

  private void region(Region region) {
    for (Region.Copy copy : region.copies()) {
      step(region.stages().get(0), copy(copy));
    }
    Stage last = region.last();
    if (last.task().kind() == Task.Kind.OTHER) {
      whole(last);
      return;
    }
    VectorKernel kernel = RegionKernels.of(plan, region);
    Map<String, String> called = new HashMap<>();
    for (VectorKernel.Named named : kernel.stages()) {
      Node node = region.stages().get(named.stage()).task().node();
      String suffix = named.function().suffix();
      called.put(RegionKernels.stage(named.stage()) + suffix, names.method(node) + suffix);
    }
    for (Function tile : kernel.shared()) {
      boolean own = tile.suffix().equals("Tile");
      String name =
          own ? names.method(region.stages().get(0).task().node()) + "Tile" : tile.suffix();
      if (shared.putIfAbsent(tile, name) == null) {
        functions.add(method(name, tile, called, null));
      }
      called.put(tile.suffix(), shared.get(tile));
    }
    for (VectorKernel.Named named : kernel.stages()) {
      Node node = region.stages().get(named.stage()).task().node();
      String name = names.method(node) + named.function().suffix();
      functions.add(method(name, named.function(), called, node));
    }
    for (VectorKernel.Phase phase : kernel.phases()) {
      Function function = phase.function();
      Node node = last.task().node();
      String name = names.method(node) + function.suffix();
      functions.add(method(name, function, called, function.suffix().isEmpty() ? node : null));
      String count;
      if (phase.parts() instanceof VectorKernel.Parts.Count parts) {
        count = Integer.toString(parts.count());
      } else {
        VectorKernel.Parts.Panels parts = (VectorKernel.Parts.Panels) phase.parts();
        count = "panels(" + parts.channels() + ", " + parts.vectors() + ")";
      }
      step(
          firstLayer(region),
          CodeBlock.of(
              "$1L($Z$2L, o, s,$Wfirst($3L, part, parts),$Wfirst($3L, part + 1, parts));",
              name,
              function.parameters().contains(Function.row("input")) ? "input, a, w" : "a, w",
              count));
    }
  }

  /** The input only where it is alone. */
  private static Stage firstLayer(Region region) {
    Stage first = region.stages().get(0);
    boolean input = first.task().kind() == Task.Kind.INPUT && region.stages().size() > 1;
    return input ? region.stages().get(1) : first;
  }

  private MethodSpec method(String name, Function function, Map<String, String> called, Node node) {
    VectorPrinter printer = new VectorPrinter(called);
    CodeBlock code = printer.print(function.body());
    fences |= printer.hasFences();
    MethodSpec.Builder method = JavaWriter.method(name, function, code);
    if (node != null) {
      method.addJavadoc("$L", JavaWriter.describe(node));
    }
    return method.build();
  }

  private void step(Stage stage, CodeBlock call) {
    ResolvedLayer.Stage from = stage.task().node().stage();
    String comment = from == commented ? "" : "// " + JavaWriter.line(stage.task().node()) + "\n";
    commented = from;
    steps.add(CodeBlock.of("$Lcase $L -> $L\n", comment, steps.size(), call));
  }

  private CodeBlock copy(Region.Copy copy) {
    Place from = copy.from();
    Place to = copy.to();
    Shape shape = from.shape();
    return alone(
        CodeBlock.of(
            "pad($Za, o + $L, $L,$Wo + $L, $L,$W$L, $L, $L, $L, $L, $L)",
            plan.offsets().get(from) + from.left() * from.pitch(),
            from.columns() * from.pitch(),
            plan.offsets().get(to),
            to.rows(),
            to.columns(),
            copy.top(),
            to.left(),
            shape.height(),
            shape.width() + ", " + to.pitch(),
            copy.border() == 0 ? "0f" : "Float.NEGATIVE_INFINITY"));
  }

  /** What has only one part. */
  private static CodeBlock alone(CodeBlock call) {
    return CodeBlock.of("{\n$>if (part == 0) {\n$>$L;\n$<}\n$<}", call);
  }

  /** A stage by the plain loops. */
  private void whole(Stage stage) {
    Task task = stage.task();
    List<Feed> feeds = new ArrayList<>();
    List<CodeBlock> arguments = new ArrayList<>();
    Map<String, Integer> pitches = new HashMap<>(Map.of("x", stage.input().pitch()));
    for (int i = 0; i < stage.inputs().size(); i++) {
      Place place = stage.inputs().get(i);
      int below = place.rows() - place.shape().height();
      Pads pads = new Pads(0, below, place.left(), place.right());
      feeds.add(new Feed(task.node().inputs().get(i), new Buffer(0, 0, 0), pads, 0));
      pitches.put("x" + i, place.pitch());
      arguments.add(CodeBlock.of("o + $L", plan.offsets().get(place)));
    }
    pitches.put("y", stage.output().pitch());
    pitches.put("w", Place.aligned(task.out().channels()));
    if (stage.hasWeights()) {
      arguments.add(CodeBlock.of("$L", stage.weights()));
      arguments.add(CodeBlock.of("$L", stage.bias()));
    }
    if (stage.slopes() != null) {
      arguments.add(CodeBlock.of("$L", stage.slopes().at()));
    }
    arguments.add(CodeBlock.of("o + $L", plan.offsets().get(stage.output())));
    Step step =
        new Step(task.node(), feeds, new Buffer(0, 0, 0), new Tile(1, 1), null, stage.layer());
    String name = names.method(task.node());
    List<Function> all = Kernels.of(step).functions();
    Map<String, String> called = new HashMap<>();
    all.subList(1, all.size()).forEach(tile -> called.put(tile.suffix(), name + tile.suffix()));
    for (Function function : all) {
      MethodSpec.Builder method =
          MethodSpec.methodBuilder(name + function.suffix())
              .addModifiers(FUNCTION)
              .addParameter(SessionWriter.ROW, "memory")
              .addParameter(SessionWriter.ROW, "packed");
      if (function == all.get(0)) {
        method.addJavadoc("$L", JavaWriter.describe(task.node()));
      }
      Map<String, String> arrays = new HashMap<>();
      for (Function.Parameter parameter : function.parameters()) {
        method.addParameter(int.class, parameter.name());
        boolean weights = List.of("w", "b", "slopes").contains(parameter.name());
        arrays.put(parameter.name(), weights ? "packed" : "memory");
      }
      FlatPrinter printer = new FlatPrinter(called, pitches, arrays);
      functions.add(method.addCode(printer.print(function.body())).build());
    }
    CodeBlock list = CodeBlock.join(arguments, ",$W");
    step(stage, alone(CodeBlock.of("$L($Za, w,$W$L)", name, list)));
  }
}
