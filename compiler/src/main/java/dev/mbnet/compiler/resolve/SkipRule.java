package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Checked;
import dev.mbnet.compiler.op.Merge;
import dev.mbnet.compiler.op.Pair;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Type;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Call;
import dev.mbnet.compiler.syntax.Expression;
import dev.mbnet.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.List;

/** Decides whether a residual adds what comes in to what comes out. */
final class SkipRule {
  private static final Type<String> SKIP = Type.word(List.of("auto"));

  private final Layers layers;
  private final Reporter reporter;

  SkipRule(Layers layers, Reporter reporter) {
    this.layers = layers;
    this.reporter = reporter;
  }

  /** Whether a value is one that {@code skip} takes; null where none is given. */
  boolean isSkip(Value skip, Frame frame) {
    boolean fine =
        skip == null
            || skip instanceof Value.Bool
            || skip instanceof Value.Unknown
            || SKIP.of(skip).isOk();
    if (!fine) {
      String message = "`skip` takes `auto`, `on` or `off`, not `" + skip.show() + "`";
      String help = Suggestions.didYouMean(skip.show(), List.of("auto", "on", "off"), null);
      reporter.report(Code.UNKNOWN_WORD, skip.span(), message, help, frame.site);
    }
    return fine;
  }

  /** Whether the body's result, the current tensor, is added to the tensor {@code other}. */
  boolean adds(Statement.Residual residual, Value skip, int other, Frame frame) {
    ResolvedLayer in = layers.get(other);
    ResolvedLayer out = layers.get(frame.current);
    boolean fits = in.shape().equals(out.shape()) && in.stride().equals(out.stride());
    Doubt doubt = layers.doubt(other).and(layers.doubt(frame.current));
    if (residual.shortcut() != null && skip == null) {
      Checked<Shape> sum =
          new Merge(Merge.Kind.ADD, Activation.NONE).infer(List.of(out.shape(), in.shape()));
      if (!sum.isOk()) {
        misfit(residual, in.shape(), out.shape(), doubt, frame);
      }
      return sum.isOk();
    }
    if (!(skip instanceof Value.Bool bool)) {
      return fits;
    }
    if (!bool.value() || fits) {
      return bool.value();
    }
    if (!doubt.silence(Code.IMPOSSIBLE_SKIP)) {
      reportImpossible(residual, bool, in, out, frame);
    }
    return false;
  }

  private void misfit(
      Statement.Residual residual, Shape shortcut, Shape body, Doubt doubt, Frame frame) {
    boolean channels = shortcut.channels() != body.channels();
    boolean differ = shortcut.height() != body.height() || shortcut.width() != body.width();
    boolean sizes = differ && !shortcut.isVector() && !body.isVector();
    layers.doubt(frame.current, doubt.and(new Doubt(sizes, channels)));
    if (doubt.silence(Code.MISFIT_SHAPES)) {
      return;
    }
    String help = "give the shortcut's convolution ";
    help += channels ? "`c=" + body.channels() + "`" + (sizes ? " and " : "") : "";
    reporter.report(
        Code.MISFIT_SHAPES,
        residual.head().span(),
        "`residual` adds its body, " + body + ", and its shortcut, " + shortcut + ": they differ",
        help + (sizes ? "the stride of the body" : ""),
        frame.site);
  }

  private void reportImpossible(
      Statement.Residual residual,
      Value.Bool skip,
      ResolvedLayer in,
      ResolvedLayer out,
      Frame frame) {
    List<String> reasons = new ArrayList<>();
    if (!in.stride().equals(out.stride())) {
      Pair stride =
          new Pair(
              Math.max(1, out.stride().h() / in.stride().h()),
              Math.max(1, out.stride().w() / in.stride().w()));
      boolean halves = stride.equals(new Pair(2, 2));
      reasons.add("stride " + stride + (halves ? " halves the size" : " shrinks the picture"));
    }
    if (in.shape().channels() != out.shape().channels()) {
      reasons.add(
          "the channels go from " + in.shape().channels() + " to " + out.shape().channels());
    }
    if (reasons.isEmpty()) {
      reasons.add("the padding changes the size");
    }
    String fact =
        "`skip=on` needs equal shapes: " + in.shape() + " goes in, " + out.shape() + " comes out";
    Call call = frame.site == null ? residual.head() : frame.site.outermost().call();
    Span at =
        call.arguments().stream()
            .filter(argument -> argument.value().span().equals(skip.span()))
            .map(Call.Argument::span)
            .findFirst()
            .orElse(skip.span());
    String later = frame.site == null ? "" : laterRepeats(call);
    reporter.report(
        Diagnostic.of(Code.IMPOSSIBLE_SKIP, at, fact)
            .note(String.join(", and ", reasons))
            .help(
                later.isEmpty()
                    ? "drop `skip=on`, or `skip=auto` adds one exactly where it fits"
                    : later + " anyway; drop `skip=on`"),
        frame.site);
  }

  /** That repeats after the first have equal shapes, for a call that says how many there are. */
  private static String laterRepeats(Call call) {
    for (Call.Argument argument : call.arguments()) {
      boolean isN = argument.name() != null && argument.name().text().equals("n");
      if (isN && argument.value() instanceof Expression.NumberLiteral n && n.value() > 1) {
        String last = Value.Num.format(n.value());
        return n.value() == 2
            ? "repeat 2 gets its skip"
            : "repeats 2 " + (n.value() == 3 ? "and " : "to ") + last + " get their skip";
      }
    }
    return "";
  }
}
