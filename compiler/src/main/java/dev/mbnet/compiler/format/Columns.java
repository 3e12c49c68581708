package dev.mbnet.compiler.format;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The columns of a table: calls of one block, line under line. */
final class Columns {
  /** Where a column's narrowest and widest differ by more, the eye does not see a column. */
  private static final int MOST_PADDING = 8;

  private record Row(Item item, String callee, List<String> names, List<String> texts) {

    /** Whether another argument follows the one of a column. */
    boolean goesOnAfter(int column) {
      return column + 1 < texts.size();
    }
  }

  private Columns() {}

  /** The texts of those calls of a run that stand in columns, at {@code indent}. */
  static Map<Item, String> of(List<Item> run, int indent) {
    Map<Item, String> texts = new IdentityHashMap<>();
    List<Row> table = new ArrayList<>();
    for (Item item : run) {
      Row row = row(item);
      if (row == null || !table.isEmpty() && !continues(table.get(0), row)) {
        align(table, indent, texts);
        table.clear();
      }
      if (row != null) {
        table.add(row);
      }
    }
    align(table, indent, texts);
    return texts;
  }

  private static boolean continues(Row first, Row row) {
    return first.callee.equals(row.callee) && first.names.get(0).equals(row.names.get(0));
  }

  /** A call's arguments, or null if it has none or cannot be part of a table. */
  private static Row row(Item item) {
    List<Word> words = item.head();
    if (item.kind() != Item.Kind.CALL || !item.isQuiet() || words.size() < 4) {
      return null;
    }
    List<String> names = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int depth = 0;
    int start = 2;
    for (int i = 2; i < words.size(); i++) {
      Word word = words.get(i);
      if (depth == 0 && (word.is(",") || i == words.size() - 1)) {
        List<Word> argument = words.subList(start, i);
        if (argument.isEmpty()) {
          return null;
        }
        boolean named = argument.size() > 1 && argument.get(1).is("=");
        names.add(named ? argument.get(0).text() : "");
        texts.add(Spacing.join(item, argument));
        start = i + 1;
      }
      depth += word.is("(") || word.is("[") ? 1 : word.is(")") || word.is("]") ? -1 : 0;
    }
    return new Row(item, words.get(0).text(), names, texts);
  }

  private static void align(List<Row> table, int indent, Map<Item, String> texts) {
    int shared = table.isEmpty() ? 0 : shared(table);
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < shared; column++) {
      int c = column;
      List<Integer> lengths =
          table.stream()
              .filter(row -> row.goesOnAfter(c))
              .map(row -> row.texts.get(c).length())
              .sorted()
              .toList();
      if (lengths.isEmpty() || lengths.get(lengths.size() - 1) - lengths.get(0) > MOST_PADDING) {
        break;
      }
      widths.add(lengths.get(lengths.size() - 1));
    }
    Map<Item, String> aligned = new IdentityHashMap<>();
    table.forEach(row -> aligned.put(row.item, text(row, widths)));
    if (aligned.values().stream().allMatch(text -> indent + text.length() <= Page.WIDTH)) {
      texts.putAll(aligned);
    }
  }

  /** The number of arguments, from the first, that have the same names in all rows. */
  private static int shared(List<Row> table) {
    List<String> first = table.get(0).names;
    int shared = first.size();
    for (Row row : table) {
      int same = 0;
      while (same < Math.min(shared, row.names.size())
          && row.names.get(same).equals(first.get(same))) {
        same++;
      }
      shared = same;
    }
    return shared;
  }

  private static String text(Row row, List<Integer> widths) {
    StringBuilder text = new StringBuilder(row.callee).append('(');
    for (int i = 0; i < row.texts.size(); i++) {
      String argument = row.texts.get(i);
      text.append(argument);
      if (row.goesOnAfter(i)) {
        int width = i < widths.size() ? widths.get(i) : argument.length();
        text.append(",").append(" ".repeat(width - argument.length() + 1));
      }
    }
    return text.append(')').toString();
  }
}
