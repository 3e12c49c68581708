package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution; depthwise where {@code groups} equals the input's channels.
 *
 * @param norm the batch norm folded into it, or null
 * @param activation applied on the way out; none until a pass says so
 */
public record Conv(
    int channels,
    Pair kernel,
    Pair stride,
    Pair dilation,
    int groups,
    Pads pads,
    boolean bias,
    FoldedNorm norm,
    Activation activation)
    implements Convolution {

  public static final Operator OPERATOR =
      new Operator(
          "conv",
          "A convolution, then its norm and activation. The output has `c * width` channels, rounded by"
              + " `rounding`, and `floor((size + padding - d * (k - 1) - 1) / s) + 1` rows and"
              + " columns: under `pad = same`, `ceil(size / s)`. A `k` of 1 needs no padding.",
          parameters(
              Parameter.optional("s", Type.pair(), Pair.ONE, "The stride."),
              Parameter.optional("d", Type.pair(), Pair.ONE, "The dilation.")),
          false,
          Conv::bind);

  /** What every convolution over all channels takes, and {@code moves} that say how it moves. */
  static List<Parameter> parameters(Parameter... moves) {
    List<Parameter> all = new ArrayList<>();
    all.add(Parameter.required("k", Type.pair(), "The kernel's size."));
    all.add(Parameter.required("c", Type.positive(), "Output channels, before `width`."));
    all.addAll(List.of(moves));
    String divide = "Groups; they divide both channel counts.";
    all.add(Parameter.optional("g", Type.whole(1), 1, divide));
    all.add(Parameter.setting(Setting.PAD));
    all.add(Parameter.optional("bias", Type.SWITCH, null, "On exactly where there is no norm."));
    all.add(Parameter.setting(Setting.NORM));
    all.add(Parameter.setting(Setting.ACT));
    all.add(Parameter.setting(Setting.WIDTH));
    all.add(Parameter.setting(Setting.ROUNDING));
    return all;
  }

  private static Checked<List<Operator.Part>> bind(Arguments a, List<Shape> inputs) {
    Checked<Integer> channels = channels(a);
    return channels.isOk()
        ? parts(a, inputs.get(0), channels.value(), a.whole("g"))
        : Checked.wrong(channels.mistake());
  }

  /** The output channels that {@code c}, {@code width} and {@code rounding} come to. */
  static Checked<Integer> channels(Arguments a) {
    Rounding rounding = a.get("rounding");
    Checked<Integer> channels = rounding.apply(a.number("c") * a.number("width"));
    Mistake m = channels.mistake();
    return m == null ? channels : Checked.wrong(m.code(), "c", "`c` " + m.message(), m.help());
  }

  /** What {@code conv} and {@code dwconv} share: padding, bias, norm and activation. */
  static Checked<List<Operator.Part>> parts(Arguments a, Shape in, int channels, int groups) {
    Checked<Pads> pads = pads(a, in, a.pair("d"));
    if (!pads.isOk()) {
      return Checked.wrong(pads.mistake());
    }
    Norm norm = a.get("norm");
    Boolean bias = a.get("bias");
    Conv conv =
        new Conv(
            channels,
            a.pair("k"),
            a.pair("s"),
            a.pair("d"),
            groups,
            pads.value(),
            bias == null ? norm.isNone() : bias,
            null,
            Activation.NONE);
    return Checked.of(withNormAndActivation(conv, a));
  }

  /** An operation and those that the arguments {@code norm} and {@code act} let follow it. */
  static List<Operator.Part> withNormAndActivation(Op op, Arguments a) {
    List<Operator.Part> parts = new ArrayList<>(List.of(new Operator.Part("", op)));
    Norm norm = a.get("norm");
    if (!norm.isNone()) {
      parts.add(new Operator.Part(".bn", new BatchNorm(norm.eps())));
    }
    Activation activation = a.get("act");
    if (!activation.isNone()) {
      parts.add(new Operator.Part(".act", new Activate(activation)));
    }
    return parts;
  }

  /** The padding in force; a window over more than a pixel has to have one. */
  static Checked<Pads> pads(Arguments a, Shape in, Pair dilation) {
    Padding padding = a.get("pad");
    if (padding == null) {
      if (a.pair("k").isOne()) {
        return Checked.of(Pads.NONE);
      }
      return Checked.wrong(padNotSaid());
    }
    return padding.resolve(in, a.pair("k"), a.pair("s"), dilation);
  }

  static Mistake padNotSaid() {
    return new Mistake(
        Code.PAD_NOT_SAID,
        null,
        "the file does not say how windows are padded",
        "`default pad = same` is TensorFlow's, `default pad = symmetric` PyTorch's: equal shapes,"
            + " different numbers");
  }

  public boolean isDepthwise(Shape in) {
    return groups == in.channels() && channels == in.channels() && groups > 1;
  }

  public boolean isPointwise() {
    return kernel.isOne() && stride.isOne() && groups == 1 && pads.isNone();
  }

  @Override
  public Conv with(FoldedNorm norm) {
    return new Conv(channels, kernel, stride, dilation, groups, pads, bias, norm, activation);
  }

  @Override
  public Conv with(Activation activation) {
    return new Conv(channels, kernel, stride, dilation, groups, pads, bias, norm, activation);
  }

  public Conv with(Pads pads) {
    return new Conv(channels, kernel, stride, dilation, groups, pads, bias, norm, activation);
  }

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    Shape in = inputs.get(0);
    Mistake misfit = misfitGroups(groups, in.channels(), channels);
    if (misfit != null) {
      return Checked.wrong(misfit);
    }
    Checked<Pair> size = Padding.slide(in, pads, kernel, stride, dilation);
    return size.isOk()
        ? Checked.of(new Shape(size.value().h(), size.value().w(), channels))
        : Checked.wrong(size.mistake());
  }

  /** Why so many groups cannot be, or null if they can. */
  static Mistake misfitGroups(int groups, int in, int out) {
    boolean wrongIn = in % groups != 0;
    return !wrongIn && out % groups == 0
        ? null
        : new Mistake(
            Code.MISFIT_CHANNELS,
            "g",
            "`g = "
                + groups
                + "` does not divide the "
                + (wrongIn ? in + " channels in" : out + " channels out"),
            "what divides both: " + commonDivisors(in, out));
  }

  private static String commonDivisors(int in, int out) {
    List<String> all = new ArrayList<>();
    for (int g = 1; g <= Math.min(in, out) && all.size() < 8; g++) {
      if (in % g == 0 && out % g == 0) {
        all.add(Integer.toString(g));
      }
    }
    return String.join(", ", all);
  }

  @Override
  public List<Weight> weights(String name, List<Shape> inputs) {
    int perGroup = inputs.get(0).channels() / groups;
    List<Integer> dims = List.of(channels, perGroup, kernel.h(), kernel.w());
    return weights(name, dims, this);
  }

  /** A kernel of those sizes, and the convolution's bias, norm and slopes. */
  static List<Weight> weights(String name, List<Integer> dims, Convolution conv) {
    List<Weight> all = new ArrayList<>(List.of(new Weight(name + ".weight", dims, true)));
    if (conv.bias()) {
      all.add(new Weight(name + ".bias", List.of(conv.channels()), true));
    }
    if (conv.norm() != null) {
      all.addAll(BatchNorm.weights(conv.norm().name(), conv.channels()));
    }
    all.addAll(conv.activation().weights(conv.channels()));
    return all;
  }

  @Override
  public long macs(List<Shape> inputs, Shape output) {
    return output.elements() * weightsOfChannel(inputs.get(0));
  }

  @Override
  public Pair stride() {
    return stride;
  }

  @Override
  public String describe() {
    StringBuilder out = new StringBuilder("conv k=" + kernel);
    if (!stride.isOne()) {
      out.append(" s=").append(stride);
    }
    if (!dilation.isOne()) {
      out.append(" d=").append(dilation);
    }
    if (groups > 1) {
      out.append(" g=").append(groups);
    }
    if (!pads.isNone()) {
      out.append(" pad=").append(pads);
    }
    return out.append(describeEnd(bias, norm, activation)).toString();
  }

  /** How the text form of convolutions ends. */
  static String describeEnd(boolean bias, FoldedNorm norm, Activation activation) {
    StringBuilder out = new StringBuilder(bias ? " bias" : "");
    if (norm != null) {
      out.append(" bn(eps=").append(norm.eps()).append(')');
    }
    if (!activation.isNone()) {
      out.append(" act=").append(activation);
    }
    return out.toString();
  }
}
