package dev.mbnet.testing;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Networks for tests, from text or from the samples. */
public final class Networks {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

  private Networks() {}

  /** A file of this module. */
  public static Path file(String first, String... more) {
    return MODULE.resolve(Path.of(first, more));
  }

  /** Checks a text; files beside it are the samples'. */
  public static Compiler.Checked check(String text, String... settings) {
    return Compiler.check(
        new Compiler.Request(
            new SourceFile("test.mbnet", text), null, List.of(settings), Networks::sample));
  }

  /** The first network of a text in which nothing is wrong. */
  public static ResolvedNetwork of(String text, String... settings) {
    Compiler.Checked checked = check(text, settings);
    if (!checked.diagnostics().isEmpty()) {
      throw new AssertionError(Renderer.render(checked.diagnostics()));
    }
    return checked.networks().get(0);
  }

  /** The first network of a sample's file, with {@code name=value} settings. */
  public static ResolvedNetwork ofSample(String file, String... settings) {
    String text = sample(file).orElseThrow(() -> new AssertionError("no sample " + file));
    return ofSample(file, firstNetwork(text), List.of(settings));
  }

  /** A network of a sample's file. */
  public static ResolvedNetwork ofSample(String file, String network, List<String> settings) {
    String text = sample(file).orElseThrow(() -> new AssertionError("no sample " + file));
    Compiler.Checked checked =
        Compiler.check(
            new Compiler.Request(new SourceFile(file, text), network, settings, Networks::sample));
    if (checked.hasErrors()) {
      throw new AssertionError(Renderer.render(checked.diagnostics()));
    }
    return checked.networks().get(0);
  }

  /** A file that stands in some sample's folder of networks. */
  public static Optional<String> sample(String name) {
    return sampleFiles().stream()
        .filter(file -> file.getFileName().toString().equals(name))
        .findFirst()
        .map(Networks::read);
  }

  /** Every file in the samples' folders of networks, sorted. */
  public static List<Path> sampleFiles() {
    List<Path> files = new ArrayList<>();
    for (Path sample : list(file("..", "samples"))) {
      Path folder = sample.resolve(Path.of("src", "main", "mbnet"));
      if (Files.isDirectory(folder)) {
        files.addAll(list(folder));
      }
    }
    return files;
  }

  /** Every network of every file of the zoo, as it is without settings. */
  public static Stream<ResolvedNetwork> zoo() {
    return list(file("..", "samples", "zoo", "src", "main", "mbnet")).stream()
        .map(file -> new SourceFile(file.getFileName().toString(), read(file)))
        .map(source -> new Compiler.Request(source, null, List.of(), Networks::sample))
        .flatMap(request -> Compiled.check(request).networks().stream());
  }

  /** What a folder holds, sorted by name. */
  public static List<Path> list(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstNetwork(String text) {
    java.util.regex.Matcher name =
        java.util.regex.Pattern.compile("(?m)^network (\\w+)").matcher(text);
    return name.find() ? name.group(1) : null;
  }
}
