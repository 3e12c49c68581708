package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.number;
import static dev.mbnet.compiler.kernel.Function.row;
import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.Row;
import dev.mbnet.compiler.kernel.Statement.Store;
import dev.mbnet.compiler.kernel.Statement.WholeNumber;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Feed;
import dev.mbnet.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Convolutions that sum over channels. A tile computes a few pixels side by side: it takes a few
 * inputs at a time and adds their products with rows of the matrix to the pixels' sums. Every array
 * of the innermost loop is indexed from 0 by the same variable, as HotSpot's vectoriser wants it.
 */
final class ConvKernel {
  private static final Index C = Index.of("c");

  private final Step step;
  private final Feed feed;
  private final Conv conv;
  private final int channelsIn;
  private final Shape out;
  private final int pixels;

  private ConvKernel(Step step) {
    this.step = step;
    this.feed = step.feeds().get(0);
    this.conv = (Conv) step.node().op();
    this.channelsIn = feed.node().shape().channels();
    this.out = step.node().shape();
    this.pixels = step.tile().rows();
  }

  static Kernel of(Step step) {
    ConvKernel kernel = new ConvKernel(step);
    boolean pointwise = kernel.conv.isPointwise() && !kernel.feed.isFlat();
    return new Kernel(
        step,
        pointwise
            ? pointwise(step, kernel.channelsIn, kernel.conv.activation())
            : List.of(kernel.walk(), kernel.windowTile()));
  }

  /** A product with a matrix at every pixel; dense layers are one of a single pixel. */
  static List<Function> pointwise(Step step, int channelsIn, Activation activation) {
    Shape out = step.node().shape();
    int pixels = step.tile().rows();
    Lane lane = new Lane(out.channels());
    SumTile tile = new SumTile(pixels, channelsIn, step.tile().taps(), false, activation, lane);
    List<Statement> walk =
        Walks.tiles("p", out.pixels(), pixels, first -> List.of(tile.call(first, "x", "w", "y")));
    List<Function> all = new ArrayList<>();
    all.add(new Function("", Functions.parameters(rows("x"), activation), walk));
    all.addAll(tile.functions());
    return all;
  }

  private Function walk() {
    Function.Parameter input = Functions.input(feed);
    return new Function(
        "", Functions.parameters(input, conv.activation()), Walks.windows(step, List.of()));
  }

  private Function windowTile() {
    List<Function.Parameter> parameters = new ArrayList<>();
    parameters.add(Functions.input(feed));
    parameters.add(number("p"));
    parameters.add(rows("w"));
    parameters.add(row("b"));
    parameters.addAll(Functions.parameters(conv.activation()));
    Pass.each(pixels, t -> parameters.add(row("y" + t)));
    List<Statement> body = new ArrayList<>();
    List<Statement> starts = new ArrayList<>();
    Pass.each(pixels, t -> starts.add(new Store("y" + t, C, new Load("b", C))));
    body.add(Walks.lanes(Index.of(0), Index.of(out.channels()), starts));
    body.addAll(feed.isFlat() ? flatTaps() : pixelTaps());
    body.addAll(Functions.activate(pixels, out.channels(), conv.activation()));
    return new Function("Tile", parameters, body);
  }

  /** A flat input's window has its rows in one piece where there is no dilation. */
  private List<Statement> flatTaps() {
    boolean whole = conv.dilation().w() == 1;
    int wide = conv.kernel().w();
    int length = whole ? wide * channelsIn : channelsIn;
    int apart = conv.stride().w() * channelsIn;
    Pass.Scalars source = t -> i -> new Load("x", Index.of("at").plus(t * apart).plus(i));
    return window(
        whole ? 1 : wide,
        (u, v) -> {
          Index row = Index.of("p", channelsIn);
          row = row.plus(u.times(conv.dilation().h() * feed.rowStep() * channelsIn));
          row = row.plus(v.times(conv.dilation().w() * channelsIn));
          List<Statement> taps = new ArrayList<>();
          taps.add(new WholeNumber("at", row));
          Index k = matrixRow(u.times(wide * channelsIn).plus(v.times(channelsIn)), taps);
          Pass pass = new Pass(pixels, "w", "c", Index.of(0), Index.of(out.channels()));
          taps.addAll(pass.all(source, length, step.tile().taps(), Index.of(0), k));
          return taps;
        });
  }

  private List<Statement> pixelTaps() {
    int perGroup = channelsIn / conv.groups();
    int outPerGroup = out.channels() / conv.groups();
    int most = step.tile().taps();
    Pass.Scalars source = t -> i -> new Load("x" + t, i);
    return window(
        conv.kernel().w(),
        (u, v) -> {
          Index first = Index.of("p").plus(u.times(conv.dilation().h() * feed.rowStep()));
          Index column = first.plus(v.times(conv.dilation().w()));
          List<Statement> taps = new ArrayList<>();
          Pass.each(
              pixels, t -> taps.add(new Row("x" + t, "x", column.plus(t * conv.stride().w()))));
          Index k = matrixRow(u.times(conv.kernel().w() * perGroup).plus(v.times(perGroup)), taps);
          taps.addAll(
              Walks.each(
                  "g",
                  conv.groups(),
                  g -> {
                    Index from = g.times(outPerGroup);
                    Index to = from.plus(outPerGroup);
                    Pass pass = new Pass(pixels, "w", "c", from, to);
                    return pass.all(source, perGroup, most, g.times(perGroup), k);
                  }));
          return taps;
        });
  }

  private List<Statement> window(int wide, BiFunction<Index, Index, List<Statement>> taps) {
    return Walks.each("u", conv.kernel().h(), u -> Walks.each("v", wide, v -> taps.apply(u, v)));
  }

  /** The row as an index of passes, under a name unless it is a constant. */
  private static Index matrixRow(Index row, List<Statement> statements) {
    if (row.factors().isEmpty()) {
      return row;
    }
    statements.add(new WholeNumber("k", row));
    return Index.of("k");
  }
}
