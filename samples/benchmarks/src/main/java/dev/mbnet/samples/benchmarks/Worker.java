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
   */
  record Task(
      String home,
      String network,
      List<String> engines,
      List<Integer> threads,
      List<Integer> batches,
      double seconds) {}

  /** A step that begins, a row, or why there will be no more; the others are null. */
  record Message(String step, Row row, String failure) {}

  private Worker() {}

  /** Takes a {@link Task} as JSON. */
  public static void main(String[] args) throws IOException {
    Gson gson = new Gson();
    Task task = gson.fromJson(args[0], Task.class);
    try {
      run(task, message -> System.out.println(gson.toJson(message)));
    } catch (Comparison.Disagreement e) {
      System.out.println(gson.toJson(new Message(null, null, e.getMessage())));
    }
  }

  private static void run(Task task, Consumer<Message> out) throws IOException {
    out.accept(new Message("preparing", null, null));
    Subject subject = Zoo.at(Path.of(task.home())).subject(task.network());
    List<Engine> engines = Engines.of(task.engines(), subject);
    for (int threads : task.threads()) {
      List<Engine> able =
          engines.stream().filter(e -> Engines.hasThreads(e.name(), threads)).toList();
      for (int batch : task.batches()) {
        String setting = new Row.Setting(Runtime.version().feature(), threads, batch) + ": ";
        Heat.run(
                subject,
                able,
                threads,
                batch,
                task.seconds(),
                step -> out.accept(new Message(setting + step, null, null)))
            .forEach(row -> out.accept(new Message(null, row, null)));
      }
    }
  }
}
