package dev.mbnet.maven;

import dev.mbnet.cli.RandomTensors;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes random weights for all networks of a module, each beside the network's class.
 *
 * @param classes where the module's class files and resources are
 * @param packageName of all classes, or null for each folder's
 */
record RandomWeights(Request request, Path classes, String packageName, Messages messages) {

  /**
   * What was done.
   *
   * @param written the files; those that were there already stayed
   */
  record Outcome(int networks, List<Path> written) {}

  Outcome run() throws IOException, Mistake {
    Packages.check(packageName);
    Checked checked = Checked.of(request, messages);
    Map<Path, ResolvedNetwork> files = files(checked);
    checked.throwMistakes();

    List<Path> written = new ArrayList<>();
    for (Map.Entry<Path, ResolvedNetwork> entry : files.entrySet()) {
      Path file = entry.getKey();
      if (!Files.exists(file)) {
        Output.write(file, RandomTensors.file(Graph.of(entry.getValue())));
        written.add(file);
      }
    }
    int networks = checked.networks().values().stream().mapToInt(List::size).sum();
    return new Outcome(networks, written);
  }

  /** Where weights go; adds to the mistakes where there is no such place. */
  private Map<Path, ResolvedNetwork> files(Checked checked) {
    Map<Path, ResolvedNetwork> files = new LinkedHashMap<>();
    checked
        .networks()
        .forEach(
            (model, networks) -> {
              if (networks.isEmpty()) {
                return;
              }
              Optional<String> inPackage = Packages.of(model, packageName, messages);
              if (inPackage.isEmpty()) {
                checked.mistakes().add("1 error in " + model.name());
                return;
              }
              Path folder = classes.resolve(inPackage.get().replace('.', '/'));
              networks.forEach(
                  network ->
                      files.putIfAbsent(folder.resolve(network.name() + ".safetensors"), network));
            });
    return files;
  }
}
