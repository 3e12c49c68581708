package dev.mbnet.compiler.weights;

import java.util.ArrayList;
import java.util.List;

/** Lays the layers of a network and of a file side by side, in order, by kind and shape. */
final class Alignment {
  private static final int NO_FIT = -1;

  private final List<NetworkLayer> network;
  private final List<FileLayer> file;

  Alignment(List<NetworkLayer> network, List<FileLayer> file) {
    this.network = network;
    this.file = file;
  }

  /** What stands on one side only; empty if the layers pair up one to one. */
  List<String> differences() {
    boolean pairs = network.size() == file.size();
    for (int i = 0; pairs && i < network.size(); i++) {
      pairs = fits(network.get(i), file.get(i));
    }
    return pairs ? List.of() : gaps();
  }

  /** Whether the file's tensors could be the layer's; a dense layer is a 1x1 convolution. */
  static boolean fits(NetworkLayer here, FileLayer there) {
    List<Integer> dims = here.dims();
    if (here.kind() == there.kind()) {
      return dims.equals(there.dims());
    }
    List<Integer> matrix = there.dims();
    if (here.kind() == Kind.CONVOLUTION && there.kind() == Kind.DENSE) {
      return here.input().isVector() && dims.equals(List.of(matrix.get(0), matrix.get(1), 1, 1));
    }
    return here.kind() == Kind.DENSE
        && there.kind() == Kind.CONVOLUTION
        && matrix.equals(List.of(dims.get(0), dims.get(1), 1, 1));
  }

  /** How much speaks for a pair, so that among equal shapes the right one is found missing. */
  private int score(int n, int f) {
    NetworkLayer here = network.get(n);
    FileLayer there = file.get(f);
    if (!fits(here, there)) {
      return NO_FIT;
    }
    int score = 8;
    score += here.window().equals(there.windowIn(here)) ? 2 : 0;
    score += (here.norm() == null) == (there.norm() == null || there.kind() == Kind.NORM) ? 1 : 0;
    return score;
  }

  private List<String> gaps() {
    int rows = network.size();
    int columns = file.size();
    // best[n][f]: the score of the best pairing of what follows layer n here and f there.
    int[][] best = new int[rows + 1][columns + 1];
    for (int n = rows - 1; n >= 0; n--) {
      for (int f = columns - 1; f >= 0; f--) {
        int score = score(n, f);
        best[n][f] = Math.max(best[n + 1][f], best[n][f + 1]);
        if (score != NO_FIT) {
          best[n][f] = Math.max(best[n][f], score + best[n + 1][f + 1]);
        }
      }
    }
    List<String> differences = new ArrayList<>();
    int fromN = 0;
    int fromF = 0;
    int n = 0;
    int f = 0;
    while (n < rows && f < columns) {
      int score = score(n, f);
      if (score != NO_FIT && best[n][f] == score + best[n + 1][f + 1]) {
        gap(fromN, n, fromF, f, differences);
        fromN = ++n;
        fromF = ++f;
      } else if (best[n][f] == best[n + 1][f]) {
        n++;
      } else {
        f++;
      }
    }
    gap(fromN, rows, fromF, columns, differences);
    return differences;
  }

  private void gap(int fromN, int toN, int fromF, int toF, List<String> differences) {
    if (toN - fromN == toF - fromF) {
      for (int i = 0; i < toN - fromN; i++) {
        NetworkLayer here = network.get(fromN + i);
        differences.add(
            "the network has "
                + here.describe()
                + "; in its place the file has "
                + file.get(fromF + i).describe());
      }
      return;
    }
    String before = fromN == 0 ? null : "`" + network.get(fromN - 1).name() + "`";
    String after = toN == network.size() ? null : "`" + network.get(toN).name() + "`";
    String beforeInFile = fromF == 0 ? null : Quote.quoted(file.get(fromF - 1).name());
    String afterInFile = toF == file.size() ? null : Quote.quoted(file.get(toF).name());
    for (int n = fromN; n < toN; n++) {
      differences.add(
          "the network has "
              + network.get(n).describe()
              + " that the file does not have"
              + place(beforeInFile, afterInFile));
    }
    for (int f = fromF; f < toF; f++) {
      differences.add(
          "the file has "
              + file.get(f).describe()
              + " that the network does not have"
              + place(before, after));
    }
  }

  private static String place(String before, String after) {
    if (before == null && after == null) {
      return "";
    } else if (before == null) {
      return ", before " + after;
    }
    return after == null ? ", after " + before : ", between " + before + " and " + after;
  }
}
