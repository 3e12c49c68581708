package dev.mbnet.compiler.codegen;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Pads;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Buffer;
import dev.mbnet.compiler.plan.Feed;
import dev.mbnet.compiler.plan.Plan;
import dev.mbnet.compiler.plan.Step;
import dev.mbnet.compiler.resolve.ResolvedLayer;
import dev.mbnet.runtime.Buffers;
import dev.mbnet.runtime.PackedWeights;
import dev.mbnet.runtime.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import javax.lang.model.element.Modifier;

/** The nested class that holds working memory and calls the layers in order. */
final class SessionWriter {
  static final TypeName ROW = ArrayTypeName.of(float.class);
  static final TypeName ROWS = ArrayTypeName.of(ROW);

  private final Plan plan;
  private final Names names;
  private final ClassName network;
  private final TypeSpec.Builder type;
  private final List<CodeBlock> allocations = new ArrayList<>();
  private final Map<String, String> views = new LinkedHashMap<>();
  private final Map<Float, String> borders = new LinkedHashMap<>();

  SessionWriter(Plan plan, Names names, ClassName network, String name) {
    this.plan = plan;
    this.names = names;
    this.network = network;
    this.type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .superclass(Session.class)
            .addField(PackedWeights.class, "weights", Modifier.PRIVATE, Modifier.FINAL);
  }

  TypeSpec write() {
    for (Buffer buffer : plan.buffers()) {
      field(ROWS, "b" + buffer.id());
      allocations.add(
          CodeBlock.of(
              "b$L = $T.pixels($L, $L);\n",
              buffer.id(),
              Buffers.class,
              buffer.pixels(),
              buffer.length()));
    }
    planes();
    List<CodeBlock> calls = new ArrayList<>();
    calls.add(readInput());
    ResolvedLayer.Stage last = null;
    for (Step step : plan.steps()) {
      ResolvedLayer.Stage stage = step.node().stage();
      String comment =
          stage == last ? "" : "// " + Text.comment(stage.path(), stage.call().text()) + "\n";
      calls.add(CodeBlock.builder().add("$L", comment).add(call(step)).build());
      last = stage;
    }
    for (int i = 0; i < plan.graph().outputs().size(); i++) {
      Graph.Output output = plan.graph().outputs().get(i);
      calls.add(
          CodeBlock.of(
              "$T.gather(b$L, $L, outputs[$L]);\n",
              Buffers.class,
              plan.homes().get(output.node()).id(),
              output.node().shape().channels(),
              i));
    }
    constructor();
    execute(calls);
    return type.build();
  }

  /** The planes of a step's inputs and sums, which all steps share. */
  private void planes() {
    List<Step> steps = plan.steps().stream().filter(step -> step.planes() != null).toList();
    if (steps.isEmpty()) {
      return;
    }
    int length = most(steps, step -> step.planes().pixels());
    int taps = most(steps, step -> step.planes().taps());
    int channels = most(steps, step -> step.node().shape().channels());
    planes("planes", taps, length);
    planes("sums", channels, length);
  }

  private void planes(String name, int channels, int length) {
    field(ROWS, name);
    allocations.add(
        CodeBlock.of("$L = $T.pixels($L, $L);\n", name, Buffers.class, channels, length));
  }

  private static int most(List<Step> steps, ToIntFunction<Step> count) {
    return steps.stream().mapToInt(count).max().orElseThrow();
  }

  private void field(TypeName fieldType, String name) {
    type.addField(fieldType, name, Modifier.PRIVATE);
  }

  private CodeBlock readInput() {
    Node input = plan.graph().input();
    Shape shape = input.shape();
    Buffer home = plan.homes().get(input);
    if (home != null) {
      return CodeBlock.of(
          "$T.scatter(input, $L, b$L);\n", Buffers.class, shape.channels(), home.id());
    }
    Feed feed =
        plan.steps().stream()
            .flatMap(step -> step.feeds().stream())
            .filter(Feed::isFlat)
            .findFirst()
            .orElseThrow();
    Pads pads = feed.pads();
    if (pads.isNone()) {
      return CodeBlock.of("");
    }
    field(ROW, "paddedInput");
    allocations.add(
        CodeBlock.of(
            "paddedInput = new float[$L];\n",
            (long) feed.paddedHeight() * feed.rowStep() * shape.channels()));
    return CodeBlock.of(
        "$T.copyPadded(input, $L, $L, $L, $L, $L, $L, paddedInput);\n",
        Buffers.class,
        shape.height(),
        shape.width(),
        shape.channels(),
        pads.top(),
        pads.left(),
        pads.right());
  }

  private CodeBlock call(Step step) {
    List<String> arguments = new ArrayList<>();
    step.feeds().forEach(feed -> arguments.add(source(feed)));
    if (step.node().hasMatrix()) {
      arguments.add("weights.matrix(" + names.constant(step.node()) + ")");
      arguments.add("weights.bias(" + names.constant(step.node()) + ")");
    }
    if (step.node().op().activation().isTrained()) {
      arguments.add("weights.slopes(" + names.constant(step.node()) + ")");
    }
    if (step.planes() != null) {
      arguments.addAll(List.of("planes", "sums"));
    }
    arguments.add("b" + step.target().id());
    return CodeBlock.of(
        "$L($Z" + String.join(",$W", arguments) + ");\n", names.method(step.node()));
  }

  private String source(Feed feed) {
    if (feed.isFlat()) {
      return feed.pads().isNone() ? "input" : "paddedInput";
    }
    return feed.pads().isNone() ? "b" + feed.buffer().id() : view(feed);
  }

  private String view(Feed feed) {
    Shape shape = feed.node().shape();
    Pads p = feed.pads();
    String key =
        feed.buffer().id() + " " + shape.height() + " " + shape.width() + p + feed.border();
    return views.computeIfAbsent(
        key,
        k -> {
          String name = "padded" + views.size();
          String border = border(feed.border());
          field(ROWS, name);
          allocations.add(
              CodeBlock.of(
                  "$L = $T.padded($Zb$L, $L, $L, $L, $L, $L, $L, $L);\n",
                  name,
                  Buffers.class,
                  feed.buffer().id(),
                  shape.height(),
                  shape.width(),
                  p.top(),
                  p.bottom(),
                  p.left(),
                  p.right(),
                  border));
          return name;
        });
  }

  private String border(float value) {
    return borders.computeIfAbsent(
        value,
        v -> {
          String name = v == 0 ? "zeros" : "lowest";
          int longest = plan.buffers().stream().mapToInt(Buffer::length).max().orElse(1);
          String literal = v == 0 ? "0f" : "Float.NEGATIVE_INFINITY";
          field(ROW, name);
          allocations.add(
              CodeBlock.of("$L = $T.border($L, $L);\n", name, Buffers.class, longest, literal));
          return name;
        });
  }

  private void constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addParameter(network, "network")
            .addStatement("super(network)")
            .addStatement("weights = network.weights");
    Chunks.add(allocations, "allocate", constructor, type, List.of(), Modifier.PRIVATE);
    type.addMethod(constructor.build());
  }

  private void execute(List<CodeBlock> calls) {
    ParameterSpec input = ParameterSpec.builder(ROW, "input").build();
    ParameterSpec outputs = ParameterSpec.builder(ROWS, "outputs").build();
    MethodSpec.Builder execute =
        MethodSpec.methodBuilder("execute")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .addParameter(input)
            .addParameter(outputs);
    Chunks.add(calls, "execute", execute, type, List.of(input, outputs), Modifier.PRIVATE);
    type.addMethod(execute.build());
  }
}
