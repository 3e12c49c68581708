package dev.mbnet.maven;

import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Generates the classes of all models below a folder.
 *
 * @param packageName of all classes, or null for each folder's
 * @param backends what to generate
 * @param dependencies jars and folders that the models' imports may be in
 * @param errors gets what is wrong with models
 * @param warnings gets the rest of what is to be said about them
 */
record Generator(
    Path sources,
    Path target,
    String packageName,
    Backends backends,
    List<Path> dependencies,
    Consumer<String> errors,
    Consumer<String> warnings) {

  /**
   * What was done.
   *
   * @param models how many files were read
   * @param written the files that are new or other than before
   * @param deleted code with vectors that is no longer asked for, and might not compile
   * @param mistakes as {@code 3 errors in mobile.mbnet}; nothing is written if there are any
   */
  record Outcome(int models, List<Path> written, List<Path> deleted, List<String> mistakes) {}

  Outcome run() throws IOException {
    List<Path> models = models();
    Map<String, JavaFile> files = new TreeMap<>();
    Map<String, String> origins = new TreeMap<>();
    List<String> mistakes = new ArrayList<>();
    for (Path path : models) {
      Model model = Model.of(sources, path, dependencies);
      String error = add(model, files, origins);
      if (error != null) {
        mistakes.add(error);
      }
    }
    List<Path> written = new ArrayList<>();
    List<Path> deleted = new ArrayList<>();
    if (mistakes.isEmpty()) {
      for (JavaFile file : files.values()) {
        Path path = target.resolve(file.path());
        if (Output.write(path, file.text().getBytes(StandardCharsets.UTF_8))) {
          written.add(path);
        }
        Path vectors = target.resolve(file.vectorsPath());
        if (!files.containsKey(file.vectorsPath()) && Output.deleteGenerated(vectors)) {
          deleted.add(vectors);
        }
      }
    }
    return new Outcome(models.size(), written, deleted, mistakes);
  }

  private List<Path> models() throws IOException {
    if (!Files.isDirectory(sources)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".mbnet") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  /** Adds the classes of a model, or says in a line that it has mistakes. */
  private String add(Model model, Map<String, JavaFile> files, Map<String, String> origins)
      throws IOException {
    Compiler.Checked checked = model.check();
    if (!checked.diagnostics().isEmpty()) {
      List<Diagnostic> diagnostics = model.explain(null).diagnostics();
      diagnostics.forEach(d -> (d.isError() ? errors : warnings).accept(Renderer.render(d)));
    }
    if (checked.hasErrors()) {
      return Output.mistakes(checked.diagnostics(), model.name());
    }
    String inPackage = packageName == null ? Packages.of(model.name()).orElse(null) : packageName;
    if (inPackage == null) {
      errors.accept(
          model.file()
              + ": the folder's name cannot be a Java package; rename it, or set `packageName`");
      return "1 error in " + model.name();
    }
    for (ResolvedNetwork network : checked.networks()) {
      for (JavaFile file : Compiler.generate(network, inPackage, backends)) {
        String origin = origins.put(file.className(), model.name());
        if (origin != null) {
          errors.accept(model.file() + ": " + twice(file, network, origin, model.name()));
          return "1 error in " + model.name();
        }
        files.put(file.path(), file);
      }
    }
    return null;
  }

  private static String twice(JavaFile file, ResolvedNetwork network, String origin, String here) {
    String already = "the class " + file.className() + " is already made from ";
    return origin.equals(here)
        ? already + "another network than `" + network.name() + "`; rename one"
        : already + origin + "; rename a network, or put the files in different packages";
  }
}
