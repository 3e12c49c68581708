package dev.mbnet.compiler.format;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a table: calls of one block, line under line. A column is an argument that all
 * rows have, or one that some have before it; the others leave room for it. One row has all.
 */
final class Columns {
  /** Where a cell would take more spaces, the eye does not see a column. */
  private static final int MOST_PADDING = 8;

  private record Row(Item item, String callee, List<String> names, List<String> texts) {

    boolean isNamed() {
      return names.get(0).endsWith("=");
    }

    boolean endsWith(String name) {
      return names.get(names.size() - 1).equals(name);
    }

    /** The length of an argument's text, 0 for one that is not there. */
    int length(String name) {
      return names.contains(name) ? texts.get(names.indexOf(name)).length() : 0;
    }
  }

  private Columns() {}

  /** The texts of those calls of a run that stand in columns, at {@code indent}. */
  static Map<Item, String> of(List<Item> run, int indent) {
    Map<Item, String> texts = new IdentityHashMap<>();
    List<Row> table = new ArrayList<>();
    List<String> order = new ArrayList<>();
    for (Item item : run) {
      Row row = row(item);
      List<String> more = row == null ? null : continued(table, order, row);
      if (more == null) {
        align(table, order, indent, texts);
        table.clear();
        more = row == null ? List.of() : row.names;
      }
      order = more;
      if (row != null) {
        table.add(row);
      }
    }
    align(table, order, indent, texts);
    return texts;
  }

  /** The order of all arguments' names once a row is added, or null if the row does not fit in. */
  private static List<String> continued(List<Row> table, List<String> order, Row row) {
    boolean shares =
        !table.isEmpty()
            && table.get(0).callee.equals(row.callee)
            && table.get(0).isNamed() == row.isNamed()
            && row.names.stream().anyMatch(n -> table.stream().allMatch(r -> r.names.contains(n)));
    if (!shares) {
      return null;
    }
    List<String> merged = new ArrayList<>(order);
    int end = merged.size();
    for (int i = row.names.size() - 1; i >= 0; i--) {
      int at = merged.indexOf(row.names.get(i));
      if (at >= end && order.contains(row.names.get(i))) {
        return null;
      } else if (at < 0) {
        merged.add(end, row.names.get(i));
      } else {
        end = at;
      }
    }
    return merged;
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
    int plain = 0;
    int start = 2;
    for (int i = 2; i < words.size(); i++) {
      Word word = words.get(i);
      if (depth == 0 && (word.is(",") || i == words.size() - 1)) {
        List<Word> argument = words.subList(start, i);
        if (argument.isEmpty()) {
          return null;
        }
        boolean named = argument.size() > 1 && argument.get(1).is("=");
        String text = Spacing.join(item, argument);
        boolean positional = names.size() == plain && !named;
        plain += positional ? 1 : 0;
        names.add(named ? argument.get(0).text() + "=" : positional ? "" + plain : text);
        texts.add(text);
        start = i + 1;
      }
      depth += word.is("(") || word.is("[") ? 1 : word.is(")") || word.is("]") ? -1 : 0;
    }
    boolean distinct = Set.copyOf(names).size() == names.size();
    return distinct ? new Row(item, words.get(0).text(), names, texts) : null;
  }

  private static void align(
      List<Row> table, List<String> order, int indent, Map<Item, String> texts) {
    int last = -1;
    for (int i = 0; i < order.size() && !table.isEmpty(); i++) {
      String name = order.get(i);
      last = table.stream().allMatch(row -> row.names.contains(name)) ? i : last;
    }
    List<String> columns = order.subList(0, last + 1);
    if (table.stream().noneMatch(row -> row.names.containsAll(columns))) {
      return;
    }
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (String name : columns) {
      List<Row> cells = table.stream().filter(row -> !row.endsWith(name)).toList();
      int widest = cells.stream().mapToInt(row -> row.length(name)).max().orElse(0);
      int narrowest = cells.stream().mapToInt(row -> row.length(name)).min().orElse(0);
      // An empty cell takes the comma's place, too.
      if (widest - narrowest + (narrowest == 0 ? 2 : 0) > MOST_PADDING) {
        break;
      }
      widths.put(name, widest);
    }
    Map<Item, String> aligned = new IdentityHashMap<>();
    table.forEach(row -> aligned.put(row.item, text(row, widths)));
    if (aligned.values().stream().allMatch(text -> indent + text.length() <= Page.WIDTH)) {
      texts.putAll(aligned);
    }
  }

  private static String text(Row row, Map<String, Integer> widths) {
    StringBuilder text = new StringBuilder(row.callee).append('(');
    int written = 0;
    for (Map.Entry<String, Integer> column : widths.entrySet()) {
      boolean here = row.names.contains(column.getKey());
      String argument = here ? row.texts.get(written++) : "";
      text.append(argument);
      if (written < row.texts.size()) {
        text.append(here ? "," : " ");
        text.append(" ".repeat(column.getValue() - argument.length() + 1));
      }
    }
    return text.append(String.join(", ", row.texts.subList(written, row.texts.size())))
        .append(')')
        .toString();
  }
}
