package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.source.Span;
import java.util.List;

/** A value as it is written. */
public sealed interface Expression {

  Span span();

  /** A number with its suffix applied. */
  record NumberLiteral(double value, Span span) implements Expression {}

  record StringLiteral(String value, Span span) implements Expression {}

  /** {@code on} or {@code off}. */
  record Switch(boolean value, Span span) implements Expression {}

  record ListLiteral(List<Expression> items, Span span) implements Expression {}

  /** A bare name, {@code in.c} or {@code stage3[1].expand}. */
  record NameUse(Reference reference) implements Expression {
    @Override
    public Span span() {
      return reference.span();
    }
  }

  /** A call value such as {@code bn(eps=1e-3)} or a function such as {@code max(1, alpha)}. */
  record CallExpression(Call call) implements Expression {
    @Override
    public Span span() {
      return call.span();
    }
  }

  /** {@code -x} or {@code not x}. */
  record Unary(String operator, Expression operand, Span span) implements Expression {}

  record Binary(String operator, Expression left, Expression right, Span span)
      implements Expression {}
}
