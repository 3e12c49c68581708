package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.op.Activate;
import dev.mbnet.compiler.op.Arguments;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Op;
import dev.mbnet.compiler.op.Rounding;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.syntax.Call;
import java.util.Map;

/** What compiles and is probably not meant. */
final class Warnings {
  private final Layers layers;
  private final Reporter reporter;

  Warnings(Layers layers, Reporter reporter) {
    this.layers = layers;
    this.reporter = reporter;
  }

  /** Looks at a layer that has just been added. */
  void look(
      ResolvedLayer layer, Call call, Arguments arguments, Map<String, Value> values, Frame frame) {
    Op op = layer.parts().get(0).op();
    if (op instanceof Conv conv && layer.operator().equals("conv")) {
      roundedChannels(conv, arguments, values.get("c"), frame);
    } else if (op instanceof Activate && frame.site == null && isLinear(layer.inputs().get(0))) {
      reporter.report(
          Diagnostic.of(
                  Code.ACTIVATED_BOTTLENECK,
                  call.span(),
                  "`" + call.name() + "` follows a projection that is linear on purpose")
              .note("the block before it ends without an activation")
              .help("drop it; an activation between blocks loses what the narrow tensor holds"),
          null);
    }
  }

  /** A count that is written as a number should be the count that comes out. */
  private void roundedChannels(Conv conv, Arguments arguments, Value written, Frame frame) {
    Rounding rounding = arguments.get("rounding");
    boolean literal = written instanceof Value.Num && written.span().text().matches("\\d+");
    if (!literal || rounding.divisor() <= 0 || arguments.number("width") != 1) {
      return;
    }
    double asked = ((Value.Num) written).value();
    if (asked != conv.channels()) {
      reporter.report(
          Code.ROUNDED_CHANNELS,
          written.span(),
          written.show() + " channels become " + conv.channels(),
          "`rounding = divisible("
              + rounding.divisor()
              + ")` gives multiples of "
              + rounding.divisor()
              + "; write "
              + conv.channels()
              + ", or `rounding=none` here",
          frame.site);
    }
  }

  /** Whether a layer is a block's last convolution, or its sum with a skip, without activation. */
  private boolean isLinear(int id) {
    ResolvedLayer layer = layers.get(id);
    if (layer.operator().equals("add")) {
      return layer.inputs().stream().anyMatch(this::isLinear);
    }
    String last = layer.path().substring(layer.path().lastIndexOf('.') + 1);
    boolean inBlock = !last.equals(layer.path()) && !Character.isDigit(last.charAt(0));
    return inBlock
        && layer.operator().equals("conv")
        && layer.parts().stream().noneMatch(part -> part.op() instanceof Activate);
  }
}
