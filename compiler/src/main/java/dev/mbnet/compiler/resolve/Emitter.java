package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.op.Arguments;
import dev.mbnet.compiler.op.Checked;
import dev.mbnet.compiler.op.Mistake;
import dev.mbnet.compiler.op.Operator;
import dev.mbnet.compiler.op.Padding;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.syntax.Call;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds the layers of operators. After a mistake it goes on with the shape that is certain, or most
 * likely, once it is mended; what then only follows from a guess is not reported.
 */
final class Emitter {
  /** What a call says by itself, whatever it is applied to. */
  private static final Set<Code> WITHOUT_SHAPES =
      EnumSet.of(
          Code.EVEN_KERNEL, Code.MISSING_ARGUMENT, Code.TOO_MANY_ARGUMENTS, Code.OUT_OF_RANGE);

  private final Layers layers;
  private final Reporter reporter;
  private final Warnings warnings;
  private boolean padReported;

  Emitter(Layers layers, Reporter reporter) {
    this.layers = layers;
    this.reporter = reporter;
    this.warnings = new Warnings(layers, reporter);
  }

  /**
   * A call of an operator whose arguments have been read.
   *
   * @param path the layer's name
   * @param arguments null where they are wrong, which has been reported
   * @param inputs the tensors it reads, the current one first
   * @param values the arguments as they are written
   */
  record Request(
      Operator operator,
      Call call,
      String path,
      Arguments arguments,
      List<Integer> inputs,
      Map<String, Value> values) {}

  /** Makes the operator's result the frame's current tensor. */
  void emit(Request request, Frame frame) {
    List<Integer> inputs = request.inputs();
    if (request.arguments() == null || inputs.contains(Frame.UNKNOWN)) {
      frame.current = withoutShapes(request, frame);
      return;
    }
    List<Shape> shapes = inputs.stream().map(id -> layers.get(id).shape()).toList();
    Checked<ResolvedLayer> layer = add(request, request.arguments(), shapes, frame);
    if (layer.isOk()) {
      int id = layer.value().id();
      layers.doubt(id, doubts(request).after(request.operator().name()));
      frame.current = id;
      warnings.look(layer.value(), request.call(), request.arguments(), request.values(), frame);
      return;
    }
    Mistake mistake = layer.mistake();
    if (!frame.unsure && !doubts(request).silence(mistake.code())) {
      report(mistake, request, shapes, frame);
    }
    frame.current = recover(mistake, request, shapes, frame);
  }

  private Checked<ResolvedLayer> add(
      Request request, Arguments arguments, List<Shape> shapes, Frame frame) {
    Checked<List<Operator.Part>> parts = request.operator().binder().bind(arguments, shapes);
    return parts.isOk()
        ? layers.add(
            request.path(), request.operator().name(), parts.value(), request.inputs(), frame.site)
        : Checked.wrong(parts.mistake());
  }

  private void report(Mistake mistake, Request request, List<Shape> shapes, Frame frame) {
    if (mistake.code() == Code.PAD_NOT_SAID) {
      if (padReported) {
        return;
      }
      padReported = true;
    }
    Value culprit = mistake.argument() == null ? null : request.values().get(mistake.argument());
    String sizes = mistake.code() == Code.MISFIT_SHAPES ? undivided(request, shapes) : null;
    Mistake said =
        sizes == null
            ? mistake
            : new Mistake(mistake.code(), null, mistake.message(), mistake.notes(), sizes);
    List<Call.Argument> written = request.call().arguments();
    boolean positional = !written.isEmpty() && written.get(0).name() == null;
    if (mistake.code() == Code.EVEN_KERNEL && positional) {
      List<String> notes = List.of("plain arguments are in order: first `k`");
      said = new Mistake(said.code(), said.argument(), said.message(), notes, said.help());
    }
    reporter.report(said, culprit == null ? request.call().span() : culprit.span(), frame.site);
  }

  /** What holds without a shape: an even kernel is wrong anywhere, a dense layer gives a vector. */
  private int withoutShapes(Request request, Frame frame) {
    Arguments arguments = request.arguments();
    if (arguments == null) {
      return Frame.UNKNOWN;
    }
    if (request.operator().name().equals("dense")) {
      int channels = arguments.whole("c");
      return layers.assume(
          request.path(), "dense", new Shape(1, 1, channels), Pair.ONE, frame.site);
    }
    Checked<List<Operator.Part>> parts =
        request.operator().tensors()
            ? Checked.of(List.of())
            : request.operator().binder().bind(arguments, List.of(new Shape(512, 512, 1)));
    if (!parts.isOk() && WITHOUT_SHAPES.contains(parts.mistake().code()) && !frame.unsure) {
      report(parts.mistake(), request, List.of(), frame);
    }
    return Frame.UNKNOWN;
  }

  private int recover(Mistake mistake, Request request, List<Shape> shapes, Frame frame) {
    Shape first = shapes.get(0);
    Pair stride = layers.get(request.inputs().get(0)).stride();
    return switch (mistake.code()) {
      case PAD_NOT_SAID, EVEN_KERNEL -> again(request, "pad", Padding.SAME, shapes, frame);
      case MISFIT_CHANNELS -> again(request, "g", 1, shapes, frame);
      case NOT_A_VECTOR -> {
        Shape vector = new Shape(1, 1, request.arguments().whole("c"));
        yield layers.assume(request.path(), request.operator().name(), vector, stride, frame.site);
      }
      case MISFIT_SHAPES -> {
        if (request.operator().name().equals("upsample")) {
          Pair to = request.arguments().pair("to");
          Shape asked = new Shape(to.h(), to.w(), first.channels());
          yield layers.assume(request.path(), "upsample", asked, stride, frame.site);
        }
        boolean channels = shapes.stream().anyMatch(s -> s.channels() != first.channels());
        boolean sizes =
            shapes.stream()
                .anyMatch(s -> s.height() != first.height() || s.width() != first.width());
        boolean concat = request.operator().name().equals("concat");
        int sum = concat ? shapes.stream().mapToInt(Shape::channels).sum() : first.channels();
        Shape shape = new Shape(first.height(), first.width(), sum);
        int id =
            layers.assume(request.path(), request.operator().name(), shape, stride, frame.site);
        layers.doubt(id, doubts(request).and(new Doubt(sizes, channels && !concat)));
        yield id;
      }
      default -> Frame.UNKNOWN;
    };
  }

  /** The layer with another value for the argument that was wrong. */
  private int again(Request request, String name, Object value, List<Shape> shapes, Frame frame) {
    Map<String, Object> values = new HashMap<>(request.arguments().values());
    if (!values.containsKey(name)) {
      return Frame.UNKNOWN;
    }
    values.put(name, value);
    Checked<ResolvedLayer> layer = add(request, new Arguments(values), shapes, frame);
    if (!layer.isOk()) {
      return Frame.UNKNOWN;
    }
    layers.doubt(layer.value().id(), doubts(request).after(request.operator().name()));
    return layer.value().id();
  }

  private Doubt doubts(Request request) {
    Doubt inputs = request.inputs().stream().map(layers::doubt).reduce(Doubt.NONE, Doubt::and);
    return request.values().get("to") instanceof Value.Tensor label
        ? inputs.and(new Doubt(layers.doubt(label.layer()).size(), false))
        : inputs;
  }

  /**
   * The input sizes that would do, where two paths round an input differently that strides do not
   * divide; null where that is not what keeps them apart.
   */
  private String undivided(Request request, List<Shape> shapes) {
    Shape in = layers.all().isEmpty() ? null : layers.get(0).shape();
    Pair stride = Pair.ONE;
    for (int id : request.inputs()) {
      Pair s = layers.get(id).stride();
      stride = new Pair(Math.max(s.h(), stride.h()), Math.max(s.w(), stride.w()));
    }
    for (Shape shape : shapes) {
      Shape first = shapes.get(0);
      boolean near = near(shape.height(), first.height()) && near(shape.width(), first.width());
      boolean same = shape.height() == first.height() && shape.width() == first.width();
      if (near && !same) {
        boolean high = shape.height() != first.height();
        int size = high ? in.height() : in.width();
        int step = high ? stride.h() : stride.w();
        if (size % step != 0) {
          int less = size / step * step;
          String fitting = (less > 0 ? less + " or " : "") + (less + step);
          String fact =
              "the input's %s of %d is no multiple of %d, the stride of these layers; %s would fit";
          return String.format(fact, high ? "height" : "width", size, step, fitting)
              + exactly(request);
        }
      }
    }
    return null;
  }

  /** That an upsampled current tensor could have had the size that is named; or nothing. */
  private String exactly(Request request) {
    List<Call.Argument> named = request.call().arguments();
    ResolvedLayer at = layers.get(request.inputs().get(0));
    while (!at.operator().equals("upsample") && at.parts().size() > 0 && keepsSize(at)) {
      at = layers.get(at.inputs().get(0));
    }
    boolean upsampled = at.operator().equals("upsample") && named.size() == 1;
    return upsampled ? ", or `upsample(to=" + named.get(0).span().text() + ")`" : "";
  }

  private boolean keepsSize(ResolvedLayer layer) {
    Shape before = layers.get(layer.inputs().get(0)).shape();
    return before.height() == layer.shape().height() && before.width() == layer.shape().width();
  }

  private static boolean near(int a, int b) {
    return 2L * Math.min(a, b) > Math.max(a, b);
  }
}
