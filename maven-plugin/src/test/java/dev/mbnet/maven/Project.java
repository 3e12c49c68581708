package dev.mbnet.maven;

import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A module on disk, and the goals' work in it. */
final class Project implements Messages {
  static final String TINY = "network Tiny { input x: [4, 4, 3]  gap }\n";

  final Path folder;
  final Path sources;
  final Path target;
  final Path classes;
  final List<String> log = new ArrayList<>();
  final List<Path> dependencies = new ArrayList<>();
  final List<Model> others = new ArrayList<>();
  List<String> includes = List.of("**/*.mbnet");
  List<String> excludes = List.of();
  List<String> parameters = List.of();
  Backends backends = Backends.PLAIN;
  String packageName;
  String plugin = "1.0";
  boolean fatalWarnings;
  boolean failOnMissingSources = true;

  Project(Path folder) {
    this.folder = folder;
    this.sources = folder.resolve("src/main/mbnet");
    this.target = folder.resolve("target/generated-sources/mbnet");
    this.classes = folder.resolve("target/classes");
  }

  void file(String name, String text) throws IOException {
    Path file = sources.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  Request request() {
    log.clear();
    return new Request(
        new Sources(List.of(sources, folder.resolve("src/more/mbnet")), includes, excludes),
        parameters,
        dependencies,
        others,
        fatalWarnings,
        failOnMissingSources);
  }

  Generator.Outcome generate() throws IOException, Mistake {
    Path state = folder.resolve("target/state.json");
    return new Generator(request(), target, classes, state, packageName, backends, plugin, this)
        .run();
  }

  /** As {@code wrote 1 of 2, deleted 1: a/Tiny.java}, with the names of written files. */
  String summary() throws IOException, Mistake {
    Generator.Outcome outcome = generate();
    if (outcome.upToDate()) {
      return "up to date";
    }
    return names(outcome.written())
        + (outcome.deleted().isEmpty() ? "" : " - " + names(outcome.deleted()));
  }

  private String names(List<Path> files) {
    return String.join(" ", files.stream().map(f -> target.relativize(f).toString()).toList());
  }

  /** What ends the build. */
  String mistake() throws IOException {
    try {
      return "no mistake, but " + summary();
    } catch (Mistake e) {
      return e.getMessage();
    }
  }

  @Override
  public void clear(Path file) {}

  @Override
  public void say(Diagnostic d) {
    log.add((d.isError() ? "error: " : "warning: ") + shortened(Messages.text(d)));
  }

  @Override
  public void error(Path file, String fact) {
    log.add("error: " + shortened(Messages.position(file.toString(), 1, 1) + " " + fact));
  }

  private String shortened(String text) {
    return text.replace(sources + "/", "@");
  }
}
