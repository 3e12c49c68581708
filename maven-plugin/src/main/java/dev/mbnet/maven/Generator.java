package dev.mbnet.maven;

import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Generates the classes of all models of a module, and deletes those whose models are gone.
 *
 * @param target the source root to write to
 * @param classes where the module's class files and resources are
 * @param stateFile what was done the last time
 * @param packageName of all classes, or null for each folder's
 * @param backends what to generate
 * @param plugin the plugin's version, or more where that does not tell
 */
record Generator(
    Request request,
    Path target,
    Path classes,
    Path stateFile,
    String packageName,
    Backends backends,
    String plugin,
    Messages messages) {

  /**
   * What was done.
   *
   * @param models how many files there are
   * @param upToDate whether nothing had changed, so that nothing was compiled
   * @param written the files that are new or other than before
   * @param deleted files of models that are gone
   * @param packed what belongs into the jar, below each source root
   */
  record Outcome(
      int models,
      boolean upToDate,
      List<Path> written,
      List<Path> deleted,
      Map<Path, List<String>> packed) {}

  Outcome run() throws IOException, Mistake {
    Packages.check(packageName);
    List<Model> models = request.models();
    State last = State.read(stateFile);
    Map<String, String> digests = State.digests(models);
    String options = request.digest(plugin, String.valueOf(packageName), backends.toString());
    if (last.holds(options, digests, request.dependencies(), target)) {
      return new Outcome(models.size(), true, List.of(), List.of(), packed(models, last.reads()));
    }
    Checked checked = Checked.of(request, models, messages);
    Map<String, JavaFile> files = files(checked);
    checked.throwMistakes();

    Map<String, String> outputs = new TreeMap<>();
    files.forEach((path, file) -> outputs.put(path, Sha256.of(file.text())));
    last.dirty(outputs).write(stateFile);
    List<Path> written = new ArrayList<>();
    for (JavaFile file : files.values()) {
      Path path = target.resolve(file.path());
      if (Output.write(path, file.text().getBytes(StandardCharsets.UTF_8))) {
        written.add(path);
      }
    }
    Map<Path, List<String>> packed = packed(models, checked.reads());
    Map<String, String> packedDigests = digests(packed);
    Stale stale = new Stale(target, classes);
    List<Path> deleted = stale.deleteSources(last.outputs(), outputs.keySet());
    stale.deleteResources(last.packed(), packedDigests.keySet());
    State.of(options, digests, request.dependencies(), checked.reads(), outputs, packedDigests)
        .write(stateFile);
    return new Outcome(models.size(), false, written, deleted, packed);
  }

  /** The classes by path; adds to the mistakes where there cannot be one. */
  private Map<String, JavaFile> files(Checked checked) {
    Map<String, JavaFile> files = new TreeMap<>();
    Map<String, String> origins = new TreeMap<>();
    checked
        .networks()
        .forEach(
            (model, networks) -> {
              if (!networks.isEmpty() && !add(model, networks, files, origins)) {
                checked.mistakes().add("1 error in " + model.name());
              }
            });
    return files;
  }

  private boolean add(
      Model model,
      List<ResolvedNetwork> networks,
      Map<String, JavaFile> files,
      Map<String, String> origins) {
    Optional<String> inPackage = Packages.of(model, packageName, messages);
    if (inPackage.isEmpty()) {
      return false;
    }
    for (ResolvedNetwork network : networks) {
      for (JavaFile file : Compiler.generate(network, inPackage.get(), backends)) {
        String origin = origins.put(file.className(), model.name());
        if (origin != null) {
          messages.error(model.file(), twice(file, network, origin, model.name()));
          return false;
        }
        files.put(file.path(), file);
      }
    }
    return true;
  }

  private static String twice(JavaFile file, ResolvedNetwork network, String origin, String here) {
    String already = "the class " + file.className() + " is already made from ";
    return origin.equals(here)
        ? already + "another network than `" + network.name() + "`; rename one"
        : already + origin + "; rename a network, or put the files in different packages";
  }

  /** The models and the labels that they name, by source root; imports are models themselves. */
  private static Map<Path, List<String>> packed(List<Model> models, List<TextRead> reads) {
    Map<Path, List<String>> packed = new LinkedHashMap<>();
    for (Model model : models) {
      packed.computeIfAbsent(model.root(), root -> new ArrayList<>()).add(model.name());
    }
    for (Path file : reads.stream().flatMap(read -> read.file().stream()).toList()) {
      for (Map.Entry<Path, List<String>> root : packed.entrySet()) {
        if (file.startsWith(root.getKey())) {
          add(Model.name(root.getKey(), file), root.getValue());
        }
      }
    }
    return packed;
  }

  private static void add(String name, List<String> names) {
    if (!names.contains(name)) {
      names.add(name);
    }
  }

  private static Map<String, String> digests(Map<Path, List<String>> packed) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (Map.Entry<Path, List<String>> root : packed.entrySet()) {
      for (String name : root.getValue()) {
        Path file = root.getKey().resolve(name);
        if (Files.isRegularFile(file)) {
          digests.put(name, Sha256.of(file));
        }
      }
    }
    return digests;
  }
}
