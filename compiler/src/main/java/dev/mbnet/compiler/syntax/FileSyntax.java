package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Span;
import java.util.List;

/** A whole file as it is written. */
public record FileSyntax(
    SourceFile file,
    List<Expression.StringLiteral> imports,
    List<NetworkSyntax> networks,
    List<BlockSyntax> blocks) {

  /** {@code defaultValue} is null for a parameter that must be given. */
  public record Parameter(Name name, Expression defaultValue, Span span) {}

  /**
   * A network with a body, or one that is another with other parameters.
   *
   * @param doc the text of its doc comment, or an empty string
   * @param body null where {@code base} is given
   * @param base the network it derives from with arguments, or null
   */
  public record NetworkSyntax(
      Name name,
      String doc,
      List<Parameter> parameters,
      List<Statement> body,
      Call base,
      Span span) {}

  public record BlockSyntax(
      Name name, String doc, List<Parameter> parameters, List<Statement> body, Span span) {}
}
