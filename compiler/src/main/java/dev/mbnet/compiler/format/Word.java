package dev.mbnet.compiler.format;

import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Lexeme;
import java.util.ArrayList;
import java.util.List;

/**
 * A word or sign with the comments before it. The last of a file is empty and holds the comments at
 * its end.
 *
 * @param start its offset in the file
 * @param line the line it stands on
 * @param blankBefore whether an empty line lies before it, after its comments
 */
record Word(String text, int start, int line, List<Comment> comments, boolean blankBefore) {

  boolean is(String other) {
    return text.equals(other);
  }

  boolean isEnd() {
    return text.isEmpty();
  }

  /** Whether it is made of letters, as names and {@code and} are. */
  boolean isName() {
    return !isEnd() && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '_');
  }

  boolean hasComments() {
    return !comments.isEmpty();
  }

  /** The comments that stand behind what comes before this word, on the same line. */
  List<Comment> trailing() {
    return comments.stream().takeWhile(comment -> !comment.ownLine()).toList();
  }

  /** The comments on lines of their own. */
  List<Comment> leading() {
    return comments.subList(trailing().size(), comments.size());
  }

  static List<Word> of(SourceFile file, List<Lexeme> lexemes) {
    List<Word> words = new ArrayList<>();
    List<Comment> comments = new ArrayList<>();
    int line = 0;
    for (int i = 0; i < lexemes.size(); i++) {
      Span span = lexemes.get(i).span();
      int apart = span.line() - line;
      int end = file.line(Math.max(span.start(), span.end() - 1));
      if (lexemes.get(i).kind() == Lexeme.Kind.COMMENT) {
        boolean last = i + 1 == lexemes.size() || lexemes.get(i + 1).span().line() > end;
        comments.add(new Comment(span.text(), apart > 0, last, apart > 1 && line > 0));
      } else {
        boolean blank = apart > 1 && line > 0;
        words.add(new Word(span.text(), span.start(), end, List.copyOf(comments), blank));
        comments.clear();
      }
      line = end;
    }
    words.add(new Word("", file.text().length(), line + 1, List.copyOf(comments), false));
    return words;
  }
}
