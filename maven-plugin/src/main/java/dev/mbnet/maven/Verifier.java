package dev.mbnet.maven;

import dev.mbnet.cli.NetworkLoader;
import dev.mbnet.cli.RandomTensors;
import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.files.NetworkWeights;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.runtime.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Checks that models are right, their budgets among it, and that networks compute what was
 * recorded.
 *
 * @param classes where the module's resources are, among them trained weights
 * @param record whether to write what is computed rather than compare it
 * @param tolerance how far a value may be off, by the largest of its output
 */
record Verifier(
    Request request, Path classes, boolean record, double tolerance, Messages messages) {

  /**
   * What was done.
   *
   * @param recorded networks whose outputs are recorded
   * @param written records that are new or other than before
   */
  record Outcome(int networks, int recorded, int written) {}

  Outcome run() throws IOException, Mistake {
    Checked checked = Checked.of(request, messages);
    int networks = 0;
    int recorded = 0;
    int written = 0;
    Map<Path, Path> wanted = new HashMap<>();
    for (Map.Entry<Model, List<ResolvedNetwork>> entry : checked.networks().entrySet()) {
      for (ResolvedNetwork network : entry.getValue()) {
        Path model = entry.getKey().file();
        Path file = model.resolveSibling(network.name() + Recording.SUFFIX);
        Path other = wanted.put(file, model);
        if (other != null) {
          throw new Mistake(
              "two networks `%s`, in %s and %s, have one file of recorded outputs; rename one"
                  .formatted(network.name(), other, model));
        }
        networks++;
        if (record) {
          Recording now = compute(network, model, null);
          checkFinite(now);
          written += Output.write(file, now.bytes()) ? 1 : 0;
          recorded++;
        } else if (Files.isRegularFile(file)) {
          recorded++;
          if (!holds(network, model, file)) {
            checked.mistakes().add("outputs of `" + network.name() + "` are not those recorded");
          }
        }
      }
    }
    orphans(checked.networks().keySet(), wanted.keySet(), checked.mistakes());
    checked.throwMistakes();
    return new Outcome(networks, recorded, written);
  }

  private boolean holds(ResolvedNetwork network, Path model, Path file)
      throws IOException, Mistake {
    messages.clear(file);
    Recording recorded = Recording.read(file);
    Recording now = compute(network, model, recorded.weights());
    List<String> differences = recorded.differences(now, tolerance);
    if (differences.isEmpty()) {
      return true;
    }
    StringBuilder text = new StringBuilder();
    text.append("`").append(network.name()).append("` computes something else than recorded");
    differences.stream().limit(5).forEach(line -> text.append("\n  = ").append(line));
    if (differences.size() > 5) {
      text.append("\n  = and ").append(differences.size() - 5).append(" more");
    }
    if (recorded.sha256() != null && !recorded.sha256().equals(now.sha256())) {
      text.append("\n  = the weights ").append(now.weights()).append(" are others than then");
    }
    text.append("\n  = help: if that is meant, record again with -Dmbnet.record");
    messages.error(file, text.toString());
    return false;
  }

  /** {@code asRecorded} is the weights' name in the record, or null when there is none yet. */
  private Recording compute(ResolvedNetwork network, Path model, String asRecorded)
      throws IOException, Mistake {
    if (ToolProvider.getSystemJavaCompiler() == null) {
      throw new Mistake(
          "comparing outputs takes a JDK, but Maven runs on a Java runtime without a compiler");
    }
    Path file = Recording.RANDOM.equals(asRecorded) ? null : weights(network, model, asRecorded);
    try {
      Safetensors weights =
          file == null ? RandomTensors.weights(Graph.of(network)) : Safetensors.read(file);
      Network loaded =
          NetworkLoader.compile(Compiler.generate(network, "", Backends.PLAIN)).load(weights);
      return Recording.of(
          network.name(),
          loaded,
          RandomTensors.input(loaded.input().length()),
          file == null ? Recording.RANDOM : file.getFileName().toString(),
          file == null ? null : Sha256.of(file));
    } catch (WeightsException e) {
      throw new Mistake(e.getMessage());
    }
  }

  /** The trained weights beside a model or among the module's resources, or null. */
  private Path weights(ResolvedNetwork network, Path model, String asRecorded)
      throws IOException, Mistake {
    List<String> names =
        asRecorded != null ? List.of(asRecorded) : NetworkWeights.names(model, network.name());
    List<Path> found = new ArrayList<>(NetworkWeights.in(model.getParent(), names));
    found.addAll(NetworkWeights.below(classes, names));
    if (found.size() > 1) {
      throw new Mistake("there are several weights for `" + network.name() + "`: " + found);
    }
    if (found.isEmpty() && asRecorded != null) {
      throw new Mistake(
          ("the outputs of `%s` were recorded with %s, which is neither beside %s nor below %s; if"
                  + " the build makes it, verify after that")
              .formatted(network.name(), asRecorded, model, classes));
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private static void checkFinite(Recording now) throws Mistake {
    for (Recording.Output output : now.outputs()) {
      if (!output.isFinite()) {
        throw new Mistake(
            "the output `%s` of `%s` is not finite with %s weights; there is nothing to record"
                .formatted(output.name(), now.network(), now.weights()));
      }
    }
  }

  /** A record without its network has lost it by a new name. */
  private void orphans(Set<Model> models, Set<Path> wanted, List<String> mistakes)
      throws IOException {
    Set<Path> folders = new HashSet<>();
    models.forEach(model -> folders.add(model.file().getParent()));
    for (Path folder : folders.stream().sorted().toList()) {
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(f -> f.toString().endsWith(Recording.SUFFIX)).sorted().toList();
      }
      for (Path file : files) {
        if (!wanted.contains(file)) {
          String name = file.getFileName().toString().replace(Recording.SUFFIX, "");
          messages.error(
              file, "there is no network `" + name + "` here any more; delete or rename the file");
          mistakes.add("recorded outputs of no network");
        }
      }
    }
  }
}
