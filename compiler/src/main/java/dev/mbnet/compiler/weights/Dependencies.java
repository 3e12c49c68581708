package dev.mbnet.compiler.weights;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An order for operations that a file lists in any. */
final class Dependencies {
  private static final int MOST_SHOWN = 4;

  private Dependencies() {}

  /**
   * Everything that {@code roots} are computed from and they themselves, each after what it reads;
   * a branch is followed to its end before the next.
   *
   * @param reads what an operation reads, in order
   */
  static List<String> inOrder(List<String> roots, Function<String, List<String>> reads)
      throws UnreadableFile {
    List<String> order = new ArrayList<>();
    Map<String, Boolean> isDone = new HashMap<>();
    Deque<String> path = new ArrayDeque<>();
    Deque<Iterator<String>> open = new ArrayDeque<>();
    open.push(roots.iterator());
    while (!open.isEmpty()) {
      if (open.peek().hasNext()) {
        String next = open.peek().next();
        if (Boolean.FALSE.equals(isDone.get(next))) {
          throw new UnreadableFile(
              "its operations read each other in a circle: " + circle(path, next));
        }
        if (isDone.putIfAbsent(next, false) == null) {
          path.push(next);
          open.push(reads.apply(next).iterator());
        }
      } else {
        open.pop();
        if (!path.isEmpty()) {
          String name = path.pop();
          isDone.put(name, true);
          order.add(name);
        }
      }
    }
    return order;
  }

  /** What {@code name} reads and so on, back to it; {@code path} ends with the last of those. */
  private static String circle(Deque<String> path, String name) {
    List<String> circle = new ArrayList<>(List.of(name));
    path.stream().takeWhile(on -> !on.equals(name)).forEach(on -> circle.add(1, on));
    boolean whole = circle.size() <= MOST_SHOWN;
    List<String> shown = circle.subList(0, whole ? circle.size() : MOST_SHOWN);
    return String.join(" reads ", shown.stream().map(Quote::quoted).toList())
        + (whole ? " reads " + Quote.quoted(name) : " and so on");
  }
}
