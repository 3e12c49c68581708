package dev.mbnet.compiler.kernel;

import static dev.mbnet.compiler.kernel.Function.rows;

import dev.mbnet.compiler.kernel.Statement.Actual;
import dev.mbnet.compiler.kernel.Statement.Rearrange;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.plan.Feed;
import dev.mbnet.compiler.plan.Step;
import dev.mbnet.compiler.plan.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions on planes: a tile computes a few output channels of a block of pixels, and the
 * innermost loop runs over the pixels.
 */
final class PlanesKernel {
  private final Step step;
  private final Feed feed;
  private final Conv conv;
  private final int channelsIn;
  private final Shape out;
  private final int pixels;
  private final Activation activation;
  private final SumTile tile;

  private PlanesKernel(Step step) {
    this.step = step;
    this.feed = step.feeds().get(0);
    this.conv = (Conv) step.node().op();
    this.channelsIn = feed.node().shape().channels();
    this.out = step.node().shape();
    this.pixels = step.planes().pixels();
    this.activation = conv.activation();
    Tile most = step.tile();
    Lane lane = new Lane(pixels);
    int taps = step.planes().taps();
    this.tile = new SumTile(most.rows(), taps, most.taps(), true, activation, lane);
  }

  static Kernel of(Step step) {
    PlanesKernel kernel = new PlanesKernel(step);
    List<Function> functions = new ArrayList<>(List.of(kernel.walk()));
    functions.addAll(kernel.tile.functions());
    return new Kernel(step, functions);
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
    all.addAll(
        Walks.tiles(
            "o",
            out.channels(),
            step.tile().rows(),
            o -> List.of(tile.call(o, "w", "planes", "sums"))));
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
}
