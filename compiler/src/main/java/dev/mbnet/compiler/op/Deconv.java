package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import java.util.List;

/**
 * A transposed convolution: each input pixel adds the kernel, times itself, to a window of the
 * output; the windows are a stride apart.
 *
 * @param step from window to window; it enlarges, and so is no {@link #stride}
 * @param crop rows and columns cut off the sum of all windows; less than 0 where some are appended
 *     that no window reaches
 * @param norm the batch norm folded into it, or null
 * @param activation applied on the way out; none until a pass says so
 */
public record Deconv(
    int channels,
    Pair kernel,
    Pair step,
    int groups,
    Pads crop,
    boolean bias,
    FoldedNorm norm,
    Activation activation)
    implements Convolution {

  public static final Operator OPERATOR =
      new Operator(
          "deconv",
          "A transposed convolution, then its norm and activation: every pixel adds its `k` window to"
              + " the output, a stride from the next one's. Under `pad = same` and `symmetric` the"
              + " output is `s` times as large as the input; windows reach over its edge by"
              + " `k - s`, of which the odd cell is cut off after the picture under `same`, as by"
              + " Keras's `Conv2DTranspose`, and before it under `symmetric`, as by PyTorch's"
              + " `padding=(k-s+1)//2, output_padding=(k-s)%2`. Under `valid` nothing is cut off:"
              + " `(size - 1) * s + k`. `[top, bottom, left, right]` says what is. A `k` that is `s`"
              + " needs no padding.",
          Conv.parameters(
              Parameter.optional("s", Type.pair(), Pair.ONE, "The stride, which enlarges.")),
          false,
          Deconv::bind);

  private static Checked<List<Operator.Part>> bind(Arguments a, List<Shape> inputs) {
    Checked<Integer> channels = Conv.channels(a);
    if (!channels.isOk()) {
      return Checked.wrong(channels.mistake());
    }
    Checked<Pads> crop = crop(a.get("pad"), a.pair("k"), a.pair("s"));
    if (!crop.isOk()) {
      return Checked.wrong(crop.mistake());
    }
    Norm norm = a.get("norm");
    Boolean bias = a.get("bias");
    Deconv deconv =
        new Deconv(
            channels.value(),
            a.pair("k"),
            a.pair("s"),
            a.whole("g"),
            crop.value(),
            bias == null ? norm.isNone() : bias,
            null,
            Activation.NONE);
    return Checked.of(Conv.withNormAndActivation(deconv, a));
  }

  /** What is cut off under a padding. */
  private static Checked<Pads> crop(Padding padding, Pair k, Pair s) {
    if (padding == null) {
      return k.equals(s) ? Checked.of(Pads.NONE) : Checked.wrong(Conv.padNotSaid());
    }
    int high = k.h() - s.h();
    int wide = k.w() - s.w();
    return switch (padding.kind()) {
      case VALID -> Checked.of(Pads.NONE);
      case EXPLICIT -> Checked.of(padding.sides());
      case SAME -> Checked.of(crop(high, wide, 0));
      case SYMMETRIC -> {
        if (k.h() % 2 == 0 && s.h() == 1 || k.w() % 2 == 0 && s.w() == 1) {
          yield Checked.wrong(
              Code.EVEN_KERNEL,
              "k",
              "`k` must be odd with `pad = symmetric` and no stride, not " + k,
              "use an odd `k`, `pad = same`, or spell it out: `pad = " + crop(high, wide, 1) + "`");
        }
        yield Checked.of(crop(high, wide, 1));
      }
    };
  }

  /** Splits what is too much; {@code before} is 1 if the odd cell comes before the picture. */
  private static Pads crop(int high, int wide, int before) {
    int top = Math.max(high + before, 0) / 2;
    int left = Math.max(wide + before, 0) / 2;
    return new Pads(top, high - top, left, wide - left);
  }

  @Override
  public Deconv with(FoldedNorm norm) {
    return new Deconv(channels, kernel, step, groups, crop, bias, norm, activation);
  }

  @Override
  public Deconv with(Activation activation) {
    return new Deconv(channels, kernel, step, groups, crop, bias, norm, activation);
  }

  /** The zeros around an input of {@code in} that windows of the output reach. */
  public Pads reach(Shape in) {
    int height = height(in);
    int width = width(in);
    return new Pads(
        Math.max(0, (kernel.h() - 1) / step.h() - crop.top() / step.h()),
        Math.max(0, (crop.top() + height - 1) / step.h() - (in.height() - 1)),
        Math.max(0, (kernel.w() - 1) / step.w() - crop.left() / step.w()),
        Math.max(0, (crop.left() + width - 1) / step.w() - (in.width() - 1)));
  }

  private int height(Shape in) {
    return side(in.height(), step.h(), kernel.h(), crop.top() + crop.bottom());
  }

  private int width(Shape in) {
    return side(in.width(), step.w(), kernel.w(), crop.left() + crop.right());
  }

  /** A side of the output, at most as much as an int holds. */
  private static int side(int size, int stride, int kernel, int crop) {
    return (int) Math.min((size - 1L) * stride + kernel - crop, Integer.MAX_VALUE);
  }

  @Override
  public Checked<Shape> infer(List<Shape> inputs) {
    Shape in = inputs.get(0);
    Mistake groups = Conv.misfitGroups(this.groups, in.channels(), channels);
    if (groups != null) {
      return Checked.wrong(groups);
    }
    int height = height(in);
    int width = width(in);
    if (height < 1 || width < 1) {
      return Checked.wrong(
          Code.WINDOW_TOO_LARGE,
          "pad",
          "`pad = " + crop + "` cuts off all of the output's " + uncropped(in),
          "cut off less");
    }
    if (Math.max(height, width) > 1_000_000) {
      return Checked.wrong(
          Code.TOO_LARGE,
          "s",
          "the output has " + height + "x" + width + " pixels; the limit is 1000000 a side",
          null);
    }
    return Checked.of(new Shape(height, width, channels));
  }

  private String uncropped(Shape in) {
    return side(in.height(), step.h(), kernel.h(), 0)
        + "x"
        + side(in.width(), step.w(), kernel.w(), 0);
  }

  @Override
  public List<Weight> weights(String name, List<Shape> inputs) {
    int in = inputs.get(0).channels();
    List<Integer> dims = List.of(in, channels / groups, kernel.h(), kernel.w());
    return Conv.weights(name, dims, this);
  }

  /** Every input pixel takes all of its kernel, whatever of it is cut off. */
  @Override
  public long macs(List<Shape> inputs, Shape output) {
    return inputs.get(0).elements() * (channels / groups) * kernel.h() * kernel.w();
  }

  @Override
  public String describe() {
    StringBuilder out = new StringBuilder("deconv k=" + kernel);
    if (!step.isOne()) {
      out.append(" s=").append(step);
    }
    if (groups > 1) {
      out.append(" g=").append(groups);
    }
    if (!crop.isNone()) {
      out.append(" pad=").append(crop);
    }
    return out.append(Conv.describeEnd(bias, norm, activation)).toString();
  }
}
