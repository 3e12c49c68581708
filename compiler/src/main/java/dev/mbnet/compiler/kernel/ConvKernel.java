package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.number;
import static dev.mbnet.compiler.kernel.Function.row;
import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.Block;
import dev.mbnet.compiler.kernel.Statement.Invoke;
import dev.mbnet.compiler.kernel.Statement.Loop;
import dev.mbnet.compiler.kernel.Statement.Row;
import dev.mbnet.compiler.kernel.Statement.Scalar;
import dev.mbnet.compiler.kernel.Statement.Store;
import dev.mbnet.compiler.kernel.Statement.WholeNumber;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.Product;
import dev.mbnet.compiler.kernel.Term.Read;
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
    this.pixels = step.tile().pixels();
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
    int pixels = step.tile().pixels();
    List<Statement> walk =
        Walks.tiles(
            "p",
            out.pixels(),
            pixels,
            first -> {
              List<Actual> arguments = new ArrayList<>();
              each(pixels, t -> arguments.add(new Actual.RowOf("x", first.plus(t))));
              arguments.add(new Actual.Array("w"));
              arguments.add(new Actual.Array("b"));
              arguments.addAll(Functions.arguments(activation));
              each(pixels, t -> arguments.add(new Actual.RowOf("y", first.plus(t))));
              return new Invoke("Tile", arguments);
            });
    List<Function.Parameter> parameters = new ArrayList<>();
    each(pixels, t -> parameters.add(row("x" + t)));
    parameters.add(rows("w"));
    parameters.add(row("b"));
    parameters.addAll(Functions.parameters(activation));
    each(pixels, t -> parameters.add(row("y" + t)));
    return List.of(
        new Function("", Functions.parameters(rows("x"), activation), walk),
        new Function(
            "Tile", parameters, pointwiseTile(channelsIn, step, activation, out.channels())));
  }

  private static List<Statement> pointwiseTile(
      int channelsIn, Step step, Activation activation, int channels) {
    int pixels = step.tile().pixels();
    int taps = Walks.balanced(channelsIn, step.tile().taps());
    int whole = channelsIn / taps * taps;
    Pass pass = new Pass(pixels, Index.of(0), Index.of(channels));
    PassSource source = t -> i -> new Load("x" + t, i);
    List<Statement> body = new ArrayList<>();
    body.add(new Block(pass.of(source, Index.of(0), Index.of(0), taps, "b")));
    if (whole > taps) {
      Index i = Index.of("i");
      List<Statement> middle = pass.of(source, i, i, taps, null);
      body.add(new Loop("i", Index.of(taps), Index.of(whole), taps, false, middle));
    }
    if (whole < channelsIn) {
      Index rest = Index.of(whole);
      body.add(new Block(pass.of(source, rest, rest, channelsIn - whole, null)));
    }
    body = new ArrayList<>(Walks.alone(body));
    body.addAll(Functions.activate(pixels, channels, activation));
    return body;
  }

  private Function walk() {
    return new Function("", Functions.parameters(input(), conv.activation()), Walks.windows(step));
  }

  private Function.Parameter input() {
    return feed.isFlat() ? row("x") : rows("x");
  }

  private Function windowTile() {
    List<Function.Parameter> parameters = new ArrayList<>();
    parameters.add(input());
    parameters.add(number("p"));
    parameters.add(rows("w"));
    parameters.add(row("b"));
    parameters.addAll(Functions.parameters(conv.activation()));
    each(pixels, t -> parameters.add(row("y" + t)));
    List<Statement> body = new ArrayList<>();
    List<Statement> starts = new ArrayList<>();
    each(pixels, t -> starts.add(new Store("y" + t, C, new Load("b", C))));
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
    PassSource source = t -> i -> new Load("x", Index.of("at").plus(t * apart).plus(i));
    return window(
        whole ? 1 : wide,
        (u, v) -> {
          Index row = Index.of("p", channelsIn);
          row = row.plus(u.times(conv.dilation().h() * feed.rowStep() * channelsIn));
          row = row.plus(v.times(conv.dilation().w() * channelsIn));
          List<Statement> taps = new ArrayList<>();
          taps.add(new WholeNumber("at", row));
          Index k = matrixRow(u.times(wide * channelsIn).plus(v.times(channelsIn)), taps);
          taps.addAll(
              passes(
                  pixels,
                  step.tile().taps(),
                  source,
                  length,
                  Index.of(0),
                  k,
                  Index.of(0),
                  Index.of(out.channels())));
          return taps;
        });
  }

  private List<Statement> pixelTaps() {
    int perGroup = channelsIn / conv.groups();
    int outPerGroup = out.channels() / conv.groups();
    int most = step.tile().taps();
    PassSource source = t -> i -> new Load("x" + t, i);
    return window(
        conv.kernel().w(),
        (u, v) -> {
          Index first = Index.of("p").plus(u.times(conv.dilation().h() * feed.rowStep()));
          Index column = first.plus(v.times(conv.dilation().w()));
          List<Statement> taps = new ArrayList<>();
          each(pixels, t -> taps.add(new Row("x" + t, "x", column.plus(t * conv.stride().w()))));
          Index k = matrixRow(u.times(conv.kernel().w() * perGroup).plus(v.times(perGroup)), taps);
          taps.addAll(
              Walks.each(
                  "g",
                  conv.groups(),
                  g -> {
                    Index from = g.times(outPerGroup);
                    Index to = from.plus(outPerGroup);
                    return passes(pixels, most, source, perGroup, g.times(perGroup), k, from, to);
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

  /**
   * Adds {@code length} inputs from {@code offset} on, at most so many at once; {@code k} is the
   * first one's matrix row.
   */
  static List<Statement> passes(
      int pixels,
      int most,
      PassSource source,
      int length,
      Index offset,
      Index k,
      Index from,
      Index to) {
    int taps = Walks.balanced(length, most);
    int whole = length / taps * taps;
    Pass pass = new Pass(pixels, from, to);
    List<Statement> all = new ArrayList<>();
    if (whole == taps) {
      all.add(new Block(pass.of(source, offset, k, taps, null)));
    } else {
      Index i = Index.of("i");
      all.add(
          new Loop(
              "i",
              Index.of(0),
              Index.of(whole),
              taps,
              false,
              pass.of(source, offset.plus(i), k.plus(i), taps, null)));
    }
    if (whole < length) {
      all.add(new Block(pass.of(source, offset.plus(whole), k.plus(whole), length - whole, null)));
    }
    return Walks.alone(all);
  }

  /** Where a pass finds the input of a pixel's tap. */
  interface PassSource {
    java.util.function.Function<Index, Term> of(int pixel);
  }

  /** One pass over the output channels {@code [from, to)} of a tile's pixels. */
  private record Pass(int pixels, Index from, Index to) {

    /** {@code start} names the bias for the pass that starts the sums from it, else null. */
    List<Statement> of(PassSource source, Index input, Index matrix, int taps, String start) {
      List<Statement> all = new ArrayList<>();
      each(
          pixels,
          t ->
              each(taps, i -> all.add(new Scalar("a" + t + i, source.of(t).apply(input.plus(i))))));
      each(taps, i -> all.add(new Row("w" + i, "w", matrix.plus(i))));
      List<Statement> body = new ArrayList<>();
      each(taps, i -> body.add(new Scalar("v" + i, new Load("w" + i, C))));
      each(
          pixels,
          t -> {
            List<Term> terms = new ArrayList<>();
            terms.add(new Load(start == null ? "y" + t : start, C));
            each(taps, i -> terms.add(new Product(new Read("a" + t + i), new Read("v" + i))));
            body.add(new Scalar("s" + t, Walks.sum(terms)));
          });
      each(pixels, t -> body.add(new Store("y" + t, C, new Read("s" + t))));
      all.add(Walks.lanes(from, to, body));
      return all;
    }
  }

  private static void each(int count, java.util.function.IntConsumer action) {
    for (int i = 0; i < count; i++) {
      action.accept(i);
    }
  }
}
