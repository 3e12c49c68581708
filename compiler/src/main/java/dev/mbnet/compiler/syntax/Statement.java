package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.source.Span;
import java.util.List;

/** One statement of a network or block. */
public sealed interface Statement {

  Span span();

  /** The name of its result, or null. */
  default Name label() {
    return null;
  }

  /** {@code input image: [224, 224, 3] { ... }}. */
  record Input(Name name, Expression.ListLiteral shape, List<Setting> settings, Span span)
      implements Statement {}

  record Defaults(List<Setting> settings, Span span) implements Statement {}

  record Outputs(List<Reference> outputs, Span span) implements Statement {}

  record Labels(Expression.StringLiteral file, Span span) implements Statement {}

  record Require(List<Expression> conditions, Span span) implements Statement {}

  record Let(Name name, Expression value, Span span) implements Statement {}

  record From(Reference reference, Span span) implements Statement {}

  record If(Expression condition, List<Statement> then, List<Statement> otherwise, Span span)
      implements Statement {}

  /** A call in the stack; {@code label} may be null. */
  record CallStatement(Name label, Call call, Span span) implements Statement {}

  /** {@code shortcut} is null where none is written. */
  record Residual(Name label, Call head, List<Statement> body, List<Statement> shortcut, Span span)
      implements Statement {}

  record Parallel(Name label, Call join, List<List<Statement>> branches, Span span)
      implements Statement {}

  /** {@code name = value}. */
  record Setting(Name name, Expression value, Span span) {}
}
