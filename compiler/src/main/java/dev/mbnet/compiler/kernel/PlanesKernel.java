package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.number;
import static dev.mbnet.compiler.kernel.Function.row;
import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.Invoke;
import dev.mbnet.compiler.kernel.Statement.Rearrange;
import dev.mbnet.compiler.kernel.Statement.Scalar;
import dev.mbnet.compiler.kernel.Term.Load;
import dev.mbnet.compiler.kernel.Term.Read;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Feed;
import dev.mbnet.compiler.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Convolutions on planes: a tile computes a few output channels of a block of pixels, and the
 * innermost loop runs over the pixels.
 */
final class PlanesKernel {
  private static final Index O = Index.of("o");

  private final Step step;
  private final Feed feed;
  private final Conv conv;
  private final int channelsIn;
  private final Shape out;
  private final int taps;
  private final int pixels;
  private final Activation activation;

  private PlanesKernel(Step step) {
    this.step = step;
    this.feed = step.feeds().get(0);
    this.conv = (Conv) step.node().op();
    this.channelsIn = feed.node().shape().channels();
    this.out = step.node().shape();
    this.taps = step.planes().taps();
    this.pixels = step.planes().pixels();
    this.activation = conv.activation();
  }

  static Kernel of(Step step) {
    PlanesKernel kernel = new PlanesKernel(step);
    return new Kernel(step, List.of(kernel.walk(), kernel.tile()));
  }

  private Function walk() {
    List<Function.Parameter> parameters = Functions.parameters(Functions.input(feed), activation);
    parameters.addAll(parameters.size() - 1, List.of(rows("planes"), rows("sums")));
    List<Statement> body =
        conv.isPointwise()
            ? Walks.tiles("p", out.pixels(), pixels, p -> block(p, point(p)))
            : Walks.tiles(
                "i",
                out.height(),
                pixels / out.width(),
                i -> block(i.times(out.width()), windows(i)));
    return new Function("", parameters, body);
  }

  private List<Statement> block(Index first, List<Statement> turn) {
    List<Statement> all = new ArrayList<>(turn);
    all.addAll(Walks.tiles("o", out.channels(), step.tile().rows(), this::call));
    all.add(
        new Rearrange(
            "toPixels",
            List.of(
                new Actual.Array("sums"),
                new Actual.Number(Index.of(pixels)),
                new Actual.Number(Index.of(out.channels())),
                new Actual.Array("y"),
                new Actual.Number(first))));
    return all;
  }

  /** A pixel is its own window. */
  private List<Statement> point(Index first) {
    return List.of(turn(first, 1, pixels, channelsIn, Index.of(0), Index.of(0)));
  }

  /** Windows of the output's rows from {@code first} on, a row of each window after the other. */
  private List<Statement> windows(Index first) {
    int down = conv.stride().h() * feed.rowStep();
    return Walks.each(
        "r",
        pixels / out.width(),
        r ->
            Walks.each(
                "u",
                conv.kernel().h(),
                u -> {
                  Index at = first.plus(r).times(down);
                  Index row = u.times(conv.dilation().h() * feed.rowStep());
                  return windowRow(at.plus(row), u, r.times(out.width()));
                }));
  }

  /** A flat input's window has its rows in one piece where there is no dilation. */
  private List<Statement> windowRow(Index first, Index u, Index at) {
    int wide = conv.kernel().w();
    int across = conv.stride().w();
    if (feed.isFlat() && conv.dilation().w() == 1) {
      int length = wide * channelsIn;
      return List.of(turn(first, across, out.width(), length, u.times(length), at));
    }
    return Walks.each(
        "v",
        wide,
        v -> {
          Index from = first.plus(v.times(conv.dilation().w()));
          Index plane = u.times(wide * channelsIn).plus(v.times(channelsIn));
          return List.of(turn(from, across, out.width(), channelsIn, plane, at));
        });
  }

  /**
   * Turns the first {@code length} floats of {@code count} pixels, {@code apart} from each other.
   */
  private Statement turn(Index first, int apart, int count, int length, Index plane, Index at) {
    int pixel = feed.isFlat() ? channelsIn : 1;
    return new Rearrange(
        "toPlanes",
        List.of(
            new Actual.Array("x"),
            new Actual.Number(first.times(pixel)),
            new Actual.Number(Index.of(apart * pixel)),
            new Actual.Number(Index.of(count)),
            new Actual.Number(Index.of(length)),
            new Actual.Array("planes"),
            new Actual.Number(plane),
            new Actual.Number(at)));
  }

  private List<Statement> call(Index channel) {
    List<Actual> arguments = new ArrayList<>();
    arguments.add(new Actual.Array("planes"));
    if (loops()) {
      arguments.add(new Actual.Number(Index.of(taps)));
    }
    each(t -> arguments.add(new Actual.RowOf("w", channel.plus(t))));
    arguments.add(new Actual.Array("b"));
    arguments.addAll(Functions.arguments(activation));
    arguments.add(new Actual.Number(channel));
    each(t -> arguments.add(new Actual.RowOf("sums", channel.plus(t))));
    return List.of(new Invoke("Tile", arguments));
  }

  private Function tile() {
    List<Function.Parameter> parameters = new ArrayList<>(List.of(rows("x")));
    if (loops()) {
      parameters.add(number("taps"));
    }
    each(t -> parameters.add(row("w" + t)));
    parameters.add(row("b"));
    parameters.addAll(Functions.parameters(activation));
    parameters.add(number("o"));
    each(t -> parameters.add(row("y" + t)));
    List<Statement> body = new ArrayList<>();
    each(t -> body.add(new Scalar("b" + t, new Load("b", O.plus(t)))));
    Pass pass = new Pass(step.tile().rows(), "x", "p", Index.of(0), Index.of(pixels));
    body.addAll(
        pass.all(
            t -> i -> new Load("w" + t, i),
            taps,
            step.tile().taps(),
            Index.of(0),
            Index.of(0),
            t -> new Read("b" + t),
            "taps"));
    body.addAll(Functions.activate(step.tile().rows(), "p", pixels, activation, t -> O.plus(t)));
    return new Function("Tile", parameters, body);
  }

  /** Layers whose tiles are alike but for how many inputs they sum share one. */
  private boolean loops() {
    return Pass.loops(taps, step.tile().taps());
  }

  private void each(IntConsumer action) {
    Pass.each(step.tile().rows(), action);
  }
}
