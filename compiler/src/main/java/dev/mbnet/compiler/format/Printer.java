package dev.mbnet.compiler.format;

import dev.mbnet.compiler.format.Item.Body;
import dev.mbnet.compiler.format.Item.Kind;
import dev.mbnet.compiler.format.Item.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes an outline line by line. */
final class Printer {
  private static final int INDENT = 2;
  private static final int CONTINUATION = 4;

  private final Page page = new Page();
  private final StringBuilder line = new StringBuilder();

  String file(Body file) {
    Item before = null;
    for (Item item : file.items()) {
      boolean close =
          before != null && before.isShort() && item.isShort() && before.kind() == item.kind();
      lead(item.first(), 0, before != null && !close, before == null);
      item(item, 0, 0, null);
      before = item;
    }
    lead(file.close(), 0, before != null, before == null);
    return page.text();
  }

  private void body(Body body, int indent) {
    boolean start = true;
    for (List<Item> run : runs(body.items())) {
      int label = run.stream().mapToInt(item -> item.label().length()).max().orElse(0);
      int column = indent + (label == 0 ? 0 : label + 2);
      Map<Item, String> texts = Columns.of(run, column);
      for (Item item : run) {
        lead(item.first(), indent, false, start);
        item(item, indent, item.isLayer() ? column : indent, texts.get(item));
        start = false;
      }
    }
    lead(body.close(), indent, false, start);
  }

  /** Layers that belong together; any other statement is alone. */
  private static List<List<Item>> runs(List<Item> items) {
    List<List<Item>> runs = new ArrayList<>();
    boolean open = false;
    for (Item item : items) {
      boolean inRun = item.isLayer() || item.kind() == Kind.FROM;
      Word first = item.first();
      boolean apart =
          first.blankBefore() || first.leading().stream().anyMatch(Comment::blankBefore);
      if (!open || !inRun || apart) {
        runs.add(new ArrayList<>());
      }
      runs.get(runs.size() - 1).add(item);
      open = inRun;
    }
    return runs;
  }

  /** What stands between an item and the one before it. */
  private void lead(Word word, int indent, boolean apart, boolean first) {
    boolean start = first;
    boolean blank = apart;
    for (Comment comment : word.trailing()) {
      trail(comment);
    }
    for (Comment comment : word.leading()) {
      if (blank || comment.blankBefore() && !start) {
        page.blank();
      }
      comment.lines(indent).forEach(page::line);
      blank = false;
      start = false;
    }
    List<Comment> comments = word.leading();
    boolean doc = indent == 0 && !comments.isEmpty() && comments.get(comments.size() - 1).isDoc();
    boolean ends = word.isEnd() || word.is("}");
    if (!ends && (blank || word.blankBefore() && !start && !doc)) {
      page.blank();
    }
  }

  private void trail(Comment comment) {
    List<String> lines = comment.lines(0);
    page.trail(lines.get(0));
    lines.stream().skip(1).forEach(page::line);
  }

  /** An item at {@code indent}; behind its label, if it has one, at {@code column}. */
  private void item(Item item, int indent, int column, String table) {
    int start = item.isLayer() && isLabelled(item.head()) ? indent : column;
    line.append(" ".repeat(indent));
    if (!item.label().isEmpty()) {
      line.append(item.label()).append(':');
    }
    line.append(" ".repeat(Math.max(0, start - line.length())));
    boolean keepFlat = fits(item, line.length());
    for (int i = 0; i < item.parts().size(); i++) {
      Part part = item.parts().get(i);
      words(item, i == 0 ? item.head() : part.words(), part.body(), start, i == 0 ? table : null);
      if (part.body() != null && part.body().isFlat() && keepFlat) {
        line.append(flat(part.body()));
      } else if (part.body() != null) {
        flush();
        if (item.kind() == Kind.INPUT) {
          settings(part.body(), start + INDENT);
        } else {
          body(part.body(), start + INDENT);
        }
        line.append(" ".repeat(start)).append('}');
      }
    }
    flush();
  }

  /** Whether there is still a label, which comments separate from what it names. */
  private static boolean isLabelled(List<Word> words) {
    return words.size() > 1 && words.get(1).is(":");
  }

  /** Whether no line is too long if bodies written on one line stay so. */
  private static boolean fits(Item item, int start) {
    if (item.kind() == Kind.NETWORK_OR_BLOCK) {
      return item.parts().get(0).body().items().isEmpty();
    }
    int length = start;
    boolean flat = false;
    for (int i = 0; i < item.parts().size(); i++) {
      Part part = item.parts().get(i);
      length += (i == 0 ? 0 : 1) + Spacing.join(item, i == 0 ? item.head() : part.words()).length();
      if (part.body() == null) {
        break;
      }
      length += 2;
      if (part.body().isFlat()) {
        flat = true;
        length += flat(part.body()).length();
      } else if (flat && length > Page.WIDTH) {
        return false;
      } else {
        flat = false;
        length = start + 1;
      }
    }
    return !flat || length <= Page.WIDTH;
  }

  /** A body on one line, behind its opening brace; cut off where no line takes it. */
  private static String flat(Body body) {
    StringBuilder text = new StringBuilder();
    flat(body, text);
    return text.toString();
  }

  private static void flat(Body body, StringBuilder text) {
    text.append(' ');
    for (Item item : body.items()) {
      for (Part part : item.parts()) {
        if (text.length() > Page.WIDTH) {
          return;
        }
        String words = Spacing.join(item, part.words());
        text.append(words).append(words.isEmpty() ? "" : " ");
        if (part.body() != null) {
          text.append('{');
          flat(part.body(), text);
          text.append(' ');
        }
      }
    }
    text.append('}');
  }

  private void settings(Body body, int indent) {
    int from = page.size() - 1;
    int last = -1;
    for (Item setting : body.items()) {
      Word first = setting.first();
      boolean alone = first.hasComments() || !setting.isQuiet();
      String text = setting.isQuiet() ? Spacing.join(setting, setting.head()) : "";
      boolean tooLong = line.length() + 1 + text.length() > Page.WIDTH;
      if (line.isEmpty() || alone || tooLong || first.line() > last) {
        flush();
        lead(first, indent, false, last < 0);
        line.append(" ".repeat(indent));
      } else {
        line.append(' ');
      }
      words(setting, setting.head(), null, indent, null);
      last = setting.lastLine();
    }
    flush();
    lead(body.close(), indent, false, last < 0);
    page.join(from);
  }

  /** The words of a part and the brace behind them, on the line begun. */
  private void words(Item item, List<Word> words, Body body, int indent, String table) {
    boolean continues = !line.isEmpty() && line.charAt(line.length() - 1) != ' ';
    boolean separate = continues && (item.kind() != Kind.SETTING);
    List<Word> all = new ArrayList<>(words);
    if (body != null) {
      all.add(body.open());
    }
    if (all.stream().anyMatch(word -> word != item.first() && word.hasComments())) {
      withComments(item, all, indent, separate);
      return;
    }
    line.append(separate ? " " : "");
    String text = table != null ? table : Spacing.join(item, all);
    if (line.length() + text.length() <= Page.WIDTH) {
      line.append(text);
    } else {
      broken(item, all, indent + CONTINUATION);
    }
  }

  /** A line that is too long: each line takes as many arguments as it can. */
  private void broken(Item item, List<Word> words, int indent) {
    List<String> texts = Spacing.spaced(item, words);
    int outermost = outermost(words);
    int depth = 0;
    StringBuilder unit = new StringBuilder();
    boolean first = true;
    for (int i = 0; i < words.size(); i++) {
      depth += depth(words.get(i));
      unit.append(texts.get(i));
      boolean last = i + 1 == words.size();
      if (last || words.get(i).is(",") && depth == outermost) {
        if (!first && line.length() + unit.length() > Page.WIDTH) {
          flush();
          line.append(" ".repeat(indent)).append(unit.toString().strip());
        } else {
          line.append(unit);
        }
        first = false;
        unit.setLength(0);
      }
    }
  }

  /** How many brackets are open at the comma that has the fewest around it. */
  private static int outermost(List<Word> words) {
    int depth = 0;
    int outermost = Integer.MAX_VALUE;
    for (Word word : words) {
      depth += depth(word);
      outermost = word.is(",") ? Math.min(outermost, depth) : outermost;
    }
    return outermost;
  }

  private static int depth(Word word) {
    return word.is("(") || word.is("[") ? 1 : word.is(")") || word.is("]") ? -1 : 0;
  }

  private void withComments(Item item, List<Word> words, int start, boolean separate) {
    List<String> texts = Spacing.spaced(item, words);
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      List<Comment> comments = word == item.first() ? List.of() : word.comments();
      int indent = i == 0 ? start : start + CONTINUATION;
      boolean broken = false;
      for (Comment comment : comments) {
        if (comment.ownLine() && comment.endsLine()) {
          flush();
          comment.lines(indent).forEach(page::line);
          broken = true;
        } else if (comment.endsLine() && comment.isLine()) {
          flush();
          trail(comment);
          broken = true;
        } else {
          line.append(broken ? " ".repeat(indent) : " ");
          line.append(String.join("\n", comment.lines(0)));
          broken = false;
        }
      }
      String text = texts.get(i).strip();
      if (broken) {
        line.append(" ".repeat(indent)).append(text);
      } else {
        boolean space = !comments.isEmpty() || (i == 0 ? separate : texts.get(i).startsWith(" "));
        line.append(space ? " " : "").append(text);
      }
    }
  }

  private void flush() {
    if (!line.isEmpty()) {
      page.line(line.toString());
      line.setLength(0);
    }
  }
}
