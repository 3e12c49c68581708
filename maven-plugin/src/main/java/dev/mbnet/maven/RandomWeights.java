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
import java.util.TreeMap;

/**
 * Writes random weights for all networks of a module, each beside the network's class, and deletes
 * those whose networks are gone.
 *
 * @param classes where the module's class files and resources are
 * @param stateFile what was done the last time
 * @param packageName of all classes, or null for each folder's
 * @param plugin the plugin's version, or more where that does not tell
 */
record RandomWeights(
    Request request,
    Path classes,
    Path stateFile,
    String packageName,
    String plugin,
    Messages messages) {

  /**
   * What was done.
   *
   * @param written the files that are new or other than before
   * @param deleted how many files of networks that are gone
   */
  record Outcome(int networks, List<Path> written, int deleted) {}

  Outcome run() throws IOException, Mistake {
    Packages.check(packageName);
    List<Model> models = request.models();
    State last = State.read(stateFile);
    Map<String, String> digests = State.digests(models);
    String options = request.digest(plugin, String.valueOf(packageName));
    if (last.holds(options, digests, request.dependencies(), classes)) {
      return new Outcome(last.outputs().size(), List.of(), 0);
    }
    Checked checked = Checked.of(request, models, messages);
    Map<String, ResolvedNetwork> files = files(checked);
    checked.throwMistakes();

    int deleted = new Stale(classes, classes).deleteResources(last.outputs(), files.keySet());
    List<Path> written = new ArrayList<>();
    Map<String, String> outputs = new TreeMap<>();
    for (Map.Entry<String, ResolvedNetwork> entry : files.entrySet()) {
      Path file = classes.resolve(entry.getKey());
      String before = last.outputs().get(entry.getKey());
      if (Files.exists(file) && !Sha256.matches(file, before)) {
        continue;
      }
      byte[] bytes = RandomTensors.file(Graph.of(entry.getValue()));
      outputs.put(entry.getKey(), Sha256.of(bytes));
      if (!outputs.get(entry.getKey()).equals(before)) {
        // Should the run end here, the next one finds no file, rather than one of unknown origin.
        Files.deleteIfExists(file);
        last.dirty(outputs).write(stateFile);
      }
      if (Output.write(file, bytes)) {
        written.add(file);
      }
    }
    State now =
        State.of(options, digests, request.dependencies(), checked.reads(), outputs, Map.of());
    boolean all = outputs.size() == files.size();
    (all ? now : now.dirty(outputs)).write(stateFile);
    return new Outcome(files.size(), written, deleted);
  }

  /** Where weights go below the classes; adds to the mistakes where there is no such place. */
  private Map<String, ResolvedNetwork> files(Checked checked) {
    Map<String, ResolvedNetwork> files = new LinkedHashMap<>();
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
              String name = inPackage.get().replace('.', '/');
              String folder = name.isEmpty() ? "" : name + "/";
              networks.forEach(
                  network -> files.putIfAbsent(folder + network.name() + ".safetensors", network));
            });
    return files;
  }
}
