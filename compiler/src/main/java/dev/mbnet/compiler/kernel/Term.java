package dev.mbnet.compiler.kernel;

/** A float being computed. */
public sealed interface Term {

  record Constant(float value) implements Term {}

  /** A float that was given a name. */
  record Read(String name) implements Term {}

  /** An element of a row. */
  record Load(String row, Index at) implements Term {}

  record Sum(Term left, Term right) implements Term {}

  record Difference(Term left, Term right) implements Term {}

  record Product(Term left, Term right) implements Term {}

  record Negative(Term of) implements Term {}

  record Quotient(Term left, Term right) implements Term {}

  record Smaller(Term left, Term right) implements Term {}

  record Larger(Term left, Term right) implements Term {}

  /** {@code e} to the power. */
  record Exp(Term power) implements Term {}

  record Tanh(Term of) implements Term {}

  /** A whole number as a float. */
  record Whole(Index number) implements Term {}

  /** How many of {@code window} cells from {@code start} on lie in {@code [0, size)}. */
  record Inside(Index start, int window, int size) implements Term {}

  /** Elements side by side. */
  record Lanes(String array, Index at) implements Term {}

  /** A scalar in every lane. */
  record Spread(Term scalar) implements Term {}

  /** {@code left * right + sum}, rounded once. */
  record MultiplyAdd(Term left, Term right, Term sum) implements Term {}

  /** A value between the bounds that {@link Statement.Bounds} names. */
  record Bounded(Term value) implements Term {}
}
