package dev.mbnet.compiler.weights;

import dev.mbnet.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;

/** Lays two sequences of layers side by side and says where they part. */
final class Alignment {
  private static final int LONGEST = 4_000;
  private static final int MOST_LINES = 20;

  private Alignment() {}

  static List<String> problems(List<Node> wanted, List<FileLayer> found) {
    List<String> own = wanted.stream().map(Layers::signature).toList();
    List<String> other = found.stream().map(Layers::signature).toList();
    List<String> problems = new ArrayList<>();
    if (own.equals(other)) {
      for (int i = 0; i < own.size(); i++) {
        problems.addAll(Layers.differences(wanted.get(i), found.get(i)));
      }
    } else if (own.size() > LONGEST || other.size() > LONGEST) {
      problems.add(
          "the network has " + own.size() + " layers with weights, the file " + other.size());
    } else {
      align(wanted, found, own, other, problems);
    }
    return problems.size() <= MOST_LINES
        ? problems
        : List.copyOf(shortened(problems.subList(0, MOST_LINES), problems.size() - MOST_LINES));
  }

  private static List<String> shortened(List<String> first, int more) {
    List<String> all = new ArrayList<>(first);
    all.add("and " + more + " more");
    return all;
  }

  /** Follows the longest common subsequence; what it leaves out is missing on one side. */
  private static void align(
      List<Node> wanted,
      List<FileLayer> found,
      List<String> own,
      List<String> other,
      List<String> problems) {
    int[][] common = new int[own.size() + 1][other.size() + 1];
    for (int i = own.size() - 1; i >= 0; i--) {
      for (int j = other.size() - 1; j >= 0; j--) {
        common[i][j] =
            own.get(i).equals(other.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < own.size() || j < other.size()) {
      boolean both = i < own.size() && j < other.size();
      if (both && own.get(i).equals(other.get(j))) {
        i++;
        j++;
      } else if (both && common[i + 1][j + 1] == common[i][j]) {
        problems.add(
            String.format(
                "`%s` is %s, the file's `%s` %s",
                wanted.get(i).name(), own.get(i), found.get(j).name(), other.get(j)));
        i++;
        j++;
      } else if (j == other.size() || i < own.size() && common[i + 1][j] >= common[i][j + 1]) {
        problems.add(
            String.format(
                "the file lacks `%s`, %s, %s",
                wanted.get(i).name(),
                own.get(i),
                j == 0 ? "at its start" : "after `" + found.get(j - 1).name() + "`"));
        i++;
      } else {
        problems.add(
            String.format(
                "the network lacks the file's `%s`, %s, %s",
                found.get(j).name(),
                other.get(j),
                i == 0 ? "at its start" : "after `" + wanted.get(i - 1).name() + "`"));
        j++;
      }
    }
  }
}
