package dev.mbnet.compiler.kernel;

import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A step of a loop nest. */
public sealed interface Statement {

  /**
   * Runs {@code body} for {@code from}, {@code from + step}, ... below {@code to}.
   *
   * @param lanes whether the iterations are independent and each touches only its own elements, so
   *     that they may run side by side
   */
  record Loop(String variable, Index from, Index to, int step, boolean lanes, List<Statement> body)
      implements Statement {}

  /** Names a row of a matrix or a pixel of a tensor. */
  record Row(String name, String of, Index at) implements Statement {}

  record WholeNumber(String name, Index value) implements Statement {}

  /** Names the whole part of a whole number, at least 0, divided by another. */
  record Divided(String name, Index value, int by) implements Statement {}

  record Scalar(String name, Term value) implements Statement {}

  /** Gives a scalar another value. */
  record Assign(String name, Term value) implements Statement {}

  record Store(String row, Index at, Term value) implements Statement {}

  /** Names the end of a loop over an array, with a bound of it that HotSpot can see. */
  record Bounded(String name, Index value) implements Statement {}

  /** A loop over the channels of a row, for which the runtime has a function of that name. */
  record Provided(String function, String row, Index channels, Statement loop)
      implements Statement {}

  /** Statements whose names end with them. */
  record Block(List<Statement> body) implements Statement {}

  /** Calls another function of the same kernel. */
  record Invoke(String function, List<Actual> arguments) implements Statement {}

  /** Calls one of the runtime's functions that move a tensor from one layout to another. */
  record Rearrange(String function, List<Actual> arguments) implements Statement {}

  /** Names a vector. */
  record Vector(String name, Term value) implements Statement {}

  /** Names vectors of the bounds {@code low} and {@code high}, which are the bits of floats. */
  record Bounds() implements Statement {}

  /** Stores a vector. */
  record StoreVector(String array, Index at, Term value) implements Statement {}

  /**
   * Names where a row of a tensor begins.
   *
   * @param outside whether the row may lie outside of the tensor, where zeros are read
   * @param ring how many rows there is room for, in turn
   */
  record RowStart(
      String name, Index row, boolean outside, int height, int ring, Index first, Index pitch)
      implements Statement {}

  /**
   * Names the first row of a window that lies in its tensor, the tap that it meets and how many
   * taps follow in all: {@code top}, {@code u} and {@code rows}. What lies outside is zero and adds
   * nothing.
   *
   * @param row where the window begins, perhaps above the tensor
   * @param apart rows from tap to tap
   * @param ring how many rows there is room for, in turn
   */
  record Window(Index row, int apart, int taps, int height, int ring) implements Statement {}

  /** Moves a row's number on, round the end of a ring. */
  record Advance(String name, int by, String ring) implements Statement {}

  /** Adds to a whole number. */
  record Increase(String name, Index by) implements Statement {}

  /**
   * Where nothing is {@code left} of a piece of a window's row, moves {@code x} to the next piece,
   * or to the next of the rows {@code x0}, {@code x1} and so on; then counts {@code left} down.
   *
   * @param length floats of a piece
   * @param pieces of each row
   * @param gap floats from a piece's end to the next one's beginning, where there are several
   * @param rows of the window
   */
  record NextPiece(int length, int pieces, int gap, int rows) implements Statement {

    /** The numbers that it counts by, with what each begins at. */
    public Map<String, Index> counters() {
      Map<String, Index> counters = new LinkedHashMap<>();
      if (rows * pieces > 1) {
        counters.put("left", Index.of(length));
      }
      if (rows > 1 && pieces > 1) {
        counters.put("pieces", Index.of(pieces));
      }
      if (rows > 2) {
        counters.put("row", Index.of(0));
      }
      return counters;
    }
  }

  /** Counts up to {@code bound}, at most to {@code limit}, and runs {@code body} at each number. */
  record CountUp(String counter, Index bound, int limit, List<Statement> body)
      implements Statement {}

  /** Names the larger of a whole number and 0. */
  record NotNegative(String name, Index value) implements Statement {}

  /** Names the smaller of two whole numbers. */
  record AtMost(String name, Index value, int most) implements Statement {}

  /** Leaves the function where a number is 0. */
  record LeaveAtZero(String number) implements Statement {}

  /** Runs {@code body} for each panel of so many vectors of channels; the variable is the first. */
  record Panels(String variable, int channels, int vectors, List<Statement> body)
      implements Statement {}

  /**
   * Runs {@code body} for {@code count} rows of a panel, {@code atOnce} each time; the variable is
   * where the first of them has its first vector. It is what the loop counts by, so that HotSpot
   * checks the bounds of a panel once and not those of each vector.
   */
  record PanelRows(String variable, Index from, Index count, int atOnce, List<Statement> body)
      implements Statement {}

  /** Runs {@code then} where {@code Lanes.ORDERED}, {@code other} elsewhere. */
  record WhereOrdered(List<Statement> then, List<Statement> other) implements Statement {}

  /**
   * Nothing that follows is loaded before what stands above it.
   *
   * @param everywhere whether also where {@code Lanes.ORDERED} is false
   */
  record Fence(boolean everywhere) implements Statement {}

  /** Names the first channel of a panel, which lies over the one before where channels end. */
  record PanelStart(String name, Index channel, int channels, int vectors) implements Statement {}

  /** Runs {@code body} at 0, and at each further vector below {@code end}. */
  record EachVector(String variable, Index end, List<Statement> body) implements Statement {}

  /** One or the other, after whether a number is below a limit. */
  record Below(Index value, int limit, List<Statement> then, List<Statement> other)
      implements Statement {}

  /** The means over all pixels of so many channels, whole vectors. */
  record Mean(Index at, Index count, Shape shape, Index row, Index pixel, Index to)
      implements Statement {}

  /** Multiplies pixels of {@code pitch} floats by one that serves for all. */
  record Scale(Index at, Index by, Index to, Index pixels, int pitch) implements Statement {}

  /** Multiplies a panel's rows of weights, each by one of as many inputs, and takes its biases. */
  record ScaleWeights(
      Index panel, Index bias, Index by, Index to, Index biasTo, int inputs, Index floats)
      implements Statement {}

  /** Adds floats that lie side by side to others, and keeps the sums between bounds. */
  record Add(Index at, Index added, Index count, String low, String high) implements Statement {}

  /** Copies a row of the caller's array, the pixels of which may lie further apart then. */
  record ReadRow(Index from, Index to, int pixels, int channels, int pitch) implements Statement {}

  /** Sets floats that lie side by side to zero. */
  record Clear(Index at, Index count) implements Statement {}

  /** Applies an activation to floats that lie side by side. */
  record Activate(Activation activation, Index at, Index count) implements Statement {}

  /**
   * Multiplies what is below 0 by the slope of its channel.
   *
   * @param slopes the first channel's
   * @param channels of each of {@code pixels} pixels
   * @param pitch floats from pixel to pixel
   */
  record Prelu(Index at, Index slopes, Index channels, int pixels, Index pitch)
      implements Statement {}

  /** An argument: an array by its name, a row of one, or a whole number. */
  sealed interface Actual {
    record Array(String name) implements Actual {}

    record RowOf(String name, Index at) implements Actual {}

    record Number(Index value) implements Actual {}
  }
}
