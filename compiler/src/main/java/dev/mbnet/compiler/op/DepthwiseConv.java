package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.List;

/** {@code dwconv}: a convolution with one group per input channel. */
public final class DepthwiseConv {

  public static final Operator OPERATOR =
      new Operator(
          "dwconv",
          "A depthwise convolution, then its norm and activation. It has `m` output channels for each"
              + " input channel, which `width` does not scale again; rows and columns are as"
              + " `conv`'s.",
          List.of(
              Parameter.required("k", Type.pair(), "The kernel's size."),
              Parameter.optional("s", Type.pair(), Pair.ONE, "The stride."),
              Parameter.optional("d", Type.pair(), Pair.ONE, "The dilation."),
              Parameter.optional("m", Type.whole(1), 1, "Output channels per input channel."),
              Parameter.setting(Setting.PAD),
              Parameter.optional("bias", Type.SWITCH, null, "On exactly where there is no norm."),
              Parameter.setting(Setting.NORM),
              Parameter.setting(Setting.ACT)),
          false,
          (a, inputs) -> {
            int channels = inputs.get(0).channels();
            long multiplied = (long) channels * a.whole("m");
            if (multiplied > 1_000_000) {
              return Checked.wrong(
                  Code.TOO_LARGE,
                  "m",
                  "`m` comes to " + multiplied + " channels; the limit is 1000000",
                  null);
            }
            return Conv.parts(a, inputs.get(0), channels * a.whole("m"), channels);
          });

  private DepthwiseConv() {}
}
