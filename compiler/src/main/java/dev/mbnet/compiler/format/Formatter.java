package dev.mbnet.compiler.format;

import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.Lexemes;
import dev.mbnet.compiler.syntax.Parser;
import java.util.List;
import java.util.Optional;

/**
 * Lays a file out as every file is. Words, signs and comments stay as they are and in their order;
 * only the space between them changes. What is laid out already does not change.
 *
 * <ul>
 *   <li>A statement takes a line, indented by two spaces for each body around it. The body of a
 *       {@code residual}, {@code parallel} or {@code if} and the settings of an {@code input} stay
 *       on one line if they are written on one and it has at most 100 columns. Otherwise the
 *       settings keep the author's line ends.
 *   <li>Layers without a blank line or another statement than {@code from} between them are a run.
 *       If one has a label, all calls of the run start in the column behind the longest label.
 *   <li>Neighbours in a run that call the same block, with an argument that all have and in one
 *       order, are a table: up to the last argument that all have they stand in columns, and a row
 *       leaves room for an argument that it has not, if some row has all of them. Columns end where
 *       a cell would take more than 8 spaces of padding.
 *   <li>Arguments of layers are {@code name=value}; every other equals sign has spaces around it:
 *       {@code default norm = bn(eps = 1e-5)}, {@code network X = Y(alpha = 0.5)}. Operators of two
 *       values have spaces, commas one behind them.
 *   <li>Of blank lines between statements one is kept, at the start and end of a body none. Between
 *       declarations there is exactly one; imports, and networks made from others, may also follow
 *       each other without.
 *   <li>A comment behind a word stays on that word's line, two spaces from the text or in a common
 *       column with the lines above and below; within an input, over all its lines; one behind the
 *       brace that ends a body is never in a column. Any other comment takes a line, indented like
 *       the body it stands in.
 *   <li>A longer line than 100 columns is broken behind the commas of its outermost list, the rest
 *       indented by four more spaces; one with comments inside is broken at these only.
 * </ul>
 */
public final class Formatter {

  private Formatter() {}

  /** The text laid out, or nothing where it cannot be read, which is reported. */
  public static Optional<String> format(SourceFile file, Diagnostics diagnostics) {
    FileSyntax syntax = Parser.parse(file, diagnostics);
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    List<Word> words = Word.of(file, Lexemes.of(file));
    return Optional.of(new Printer().file(Outline.of(syntax, words)));
  }
}
