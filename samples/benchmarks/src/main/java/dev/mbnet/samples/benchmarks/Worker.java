package dev.mbnet.samples.benchmarks;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Times one network in a virtual machine of its own, so that no network profits or suffers from
 * what HotSpot learned of another. Its standard output is one {@link Message} a line.
 */
final class Worker {

  /**
   * What to do.
   *
   * @param home the folder of the benchmarks
   * @param seconds for each number of threads and each batch, all engines together
   * @param alternation whether to find out what taking turns does, instead of who is faster
   */
  record Task(
      String home,
      String network,
      List<String> engines,
      List<Integer> threads,
      List<Integer> batches,
      double seconds,
      boolean alternation) {}

  /** A step that begins, a row, a table, or why there will be no more; the others are null. */
  record Message(String step, Row row, String table, String failure) {

    static Message ofStep(String step) {
      return new Message(step, null, null, null);
    }

    static Message ofRow(Row row) {
      return new Message(null, row, null, null);
    }

    static Message ofTable(String table) {
      return new Message(null, null, table, null);
    }

    static Message ofFailure(String failure) {
      return new Message(null, null, null, failure);
    }
  }

  private Worker() {}

  /** Takes a {@link Task} as JSON. */
  public static void main(String[] args) throws IOException {
    Gson gson = new Gson();
    Task task = gson.fromJson(args[0], Task.class);
    try {
      run(task, message -> System.out.println(gson.toJson(message)));
    } catch (Comparison.Disagreement e) {
      System.out.println(gson.toJson(Message.ofFailure(e.getMessage())));
    }
  }

  private static void run(Task task, Consumer<Message> out) throws IOException {
    out.accept(Message.ofStep("preparing"));
    Subject subject = Zoo.at(Path.of(task.home())).subject(task.network());
    List<Engine> engines = Engines.of(task.engines(), subject);
    for (int threads : task.threads()) {
      for (int batch : task.batches()) {
        List<Engine> able =
            engines.stream().filter(e -> Engines.hasThreads(e.name(), threads, batch)).toList();
        String setting = new Row.Setting(Runtime.version().feature(), threads, batch).toString();
        Consumer<String> steps = step -> out.accept(Message.ofStep(setting + ": " + step));
        if (task.alternation()) {
          String table = Alternation.measure(subject, able, threads, batch, task.seconds(), steps);
          out.accept(Message.ofTable(task.network() + ", " + setting + "\n\n" + table + "\n"));
        } else {
          Heat.run(subject, able, threads, batch, task.seconds(), steps)
              .forEach(row -> out.accept(Message.ofRow(row)));
        }
      }
    }
  }
}
