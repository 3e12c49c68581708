package dev.mbnet.samples.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that the script {@code run} starts. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Times networks of samples/zoo in several engines, after comparing their outputs.",
    footer = {
      "%nrun --jmh-kernels [PART OF A NAME ...] times kernels alone instead.",
      "run --jmh [ARGUMENTS] starts JMH instead; -l lists what it can time."
    })
public final class Main implements Callable<Integer> {

  @Parameters(
      paramLabel = "NETWORK",
      description = "What to time; unless given, the five of the README.")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NETWORK",
      description = "The same, with commas.")
  private List<String> moreNetworks = new ArrayList<>();

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "ENGINE",
      description = "Some of onnxruntime, litert, vector, auto and plain.")
  private List<String> engines = Engines.USUAL;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "Threads an engine may use; 1,2 unless given.")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--batch",
      split = ",",
      paramLabel = "N",
      description = "Images a run; 1,8 unless given.")
  private List<Integer> batches = List.of(1, 8);

  @Option(
      names = "--jdk",
      paramLabel = "VERSION",
      description = "17, 25 or both; both unless given.")
  private String jdk = "both";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = {
        "For each network, number of threads and batch; 3 unless given.",
        "With --cold how long generated code goes on; 8 unless given."
      })
  private Double given;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the rows there, too.")
  private Path json;

  @Option(names = "--markdown", description = "Prints Markdown tables.")
  private boolean markdown;

  @Option(names = "--cold", description = "Measures processes from their start instead.")
  private boolean cold;

  @Option(
      names = "--aot",
      description = "With --cold: also with an AOT cache that a training run made, on JDK 25.")
  private boolean aot;

  @Option(
      names = "--alternation",
      description = "Compares engines that take turns with each of them alone instead.")
  private boolean alternation;

  @Option(names = "--memory", description = "Measures memory and allocation instead.")
  private boolean memory;

  private final Path home = Path.of(System.getProperty("benchmarks.home", "."));
  private final Progress progress = Progress.ofLauncher();

  private Main() {}

  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (e, command, result) -> {
          if (!(e instanceof IllegalArgumentException) && !(e instanceof IllegalStateException)) {
            throw e;
          }
          command.getErr().println("run: " + e.getMessage());
          return 1;
        });
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    for (String engine : engines) {
      if (!Engines.isAvailable(engine)) {
        throw new IllegalArgumentException("this version has no engine " + engine);
      }
    }
    List<Jdk> jdks = jdks();
    if (cold) {
      ColdStart start = new ColdStart(home, classPath(), progress);
      System.out.print(start.measure(jdks, engines, seconds(8), aot));
    } else if (memory) {
      System.out.print(new Memory(home, classPath(), progress).measure(jdks, engines));
    } else if (alternation) {
      System.out.println(Tables.machine(Machine.of(jdks, engines)) + "\n");
      time(jdks);
      progress.clear();
    } else {
      Results results = time(jdks);
      if (json != null) {
        Gson gson = new GsonBuilder().setPrettyPrinting().serializeNulls().create();
        Files.writeString(json, gson.toJson(results) + "\n");
      }
      print(markdown ? Tables.markdown(results) : Tables.text(results));
    }
    return 0;
  }

  private double seconds(double usual) {
    return given == null ? usual : given;
  }

  private void print(String text) {
    progress.clear();
    System.out.print(text);
  }

  private Results time(List<Jdk> jdks) {
    Set<String> all = new LinkedHashSet<>(networks);
    all.addAll(moreNetworks);
    List<Row> rows = new ArrayList<>();
    for (Jdk each : jdks) {
      for (String network : all.isEmpty() ? Zoo.NETWORKS : all) {
        rows.addAll(time(each, network));
      }
    }
    return Results.of(Machine.of(jdks, engines), rows);
  }

  private List<Row> time(Jdk each, String network) {
    Gson gson = new Gson();
    Worker.Task task =
        new Worker.Task(
            home.toString(),
            network,
            Engines.NAMES.stream().filter(engines::contains).toList(),
            threads,
            batches,
            seconds(3),
            alternation);
    List<String> command = each.command(classPath(), Backends.needModule(engines));
    command.add(Worker.class.getName());
    command.add(gson.toJson(task));
    List<Row> rows = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Child.run(
        command,
        line -> {
          Worker.Message message = gson.fromJson(line, Worker.Message.class);
          if (message.row() != null) {
            rows.add(message.row());
          } else if (message.table() != null) {
            print(message.table());
          } else if (message.failure() != null) {
            failures.add(message.failure());
          } else {
            progress.show(network + ", " + message.step());
          }
        });
    if (!failures.isEmpty()) {
      progress.clear();
      throw new IllegalStateException(failures.get(0));
    }
    return rows;
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** The JDKs that the script found, or the one that runs this. */
  private List<Jdk> jdks() throws IOException {
    List<Jdk> found = new ArrayList<>();
    String homes = System.getProperty("benchmarks.jdks", System.getProperty("java.home"));
    for (String each : homes.split(java.io.File.pathSeparator)) {
      Jdk candidate = Jdk.of(Path.of(each));
      if (jdk.equals("both") || jdk.equals(Integer.toString(candidate.feature()))) {
        found.add(candidate);
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no JDK " + jdk + " was found in " + homes);
    }
    return found;
  }
}
