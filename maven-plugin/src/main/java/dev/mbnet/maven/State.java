package dev.mbnet.maven;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run has read and written, for the next one: if nothing of it has changed, nothing is to
 * do.
 *
 * @param options a digest of parameters and of the plugin
 * @param models digests by file; null while a run is writing
 * @param places where imports were looked for that are not beside their model
 * @param reads what the models named
 * @param outputs digests by path below the output folder
 * @param packed digests of the files for the jar, by path in it
 */
record State(
    String options,
    Map<String, String> models,
    List<String> places,
    List<TextRead> reads,
    Map<String, String> outputs,
    Map<String, String> packed) {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Of no run. */
  static final State NONE = new State("", null, List.of(), List.of(), Map.of(), Map.of());

  /** Of a run that is done. */
  static State of(
      String options,
      Map<String, String> models,
      List<Path> dependencies,
      List<TextRead> reads,
      Map<String, String> outputs,
      Map<String, String> packed) {
    return new State(options, models, places(dependencies), reads, outputs, packed);
  }

  /** What tells whether a model has changed. */
  static Map<String, String> digests(List<Model> models) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (Model model : models) {
      digests.put(model.file().toString(), Sha256.of(model.file()));
    }
    return digests;
  }

  private static List<String> places(List<Path> dependencies) {
    return dependencies.stream().map(Path::toString).toList();
  }

  /** The last run's; {@link #NONE} where there is none, or none that can be read. */
  static State read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      State state = GSON.fromJson(text, State.class);
      return state == null || state.isIncomplete() ? NONE : state;
    } catch (JsonParseException e) {
      return NONE;
    }
  }

  private boolean isIncomplete() {
    return options == null || places == null || reads == null || outputs == null || packed == null;
  }

  void write(Path file) throws IOException {
    Output.write(file, (GSON.toJson(this) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Before files are written: what was there, what will be, and that the rest is not known. */
  State dirty(Map<String, String> newOutputs) {
    Map<String, String> all = new TreeMap<>(outputs);
    all.putAll(newOutputs);
    return new State(options, null, places, reads, all, packed);
  }

  /** Whether a run with these inputs would write what is there. */
  boolean holds(
      String options, Map<String, String> models, List<Path> dependencies, Path outputFolder)
      throws IOException {
    if (!options.equals(this.options) || !models.equals(this.models)) {
      return false;
    }
    boolean onPath = reads.stream().anyMatch(read -> read.place() != null);
    if (onPath && !places.equals(places(dependencies))) {
      return false;
    }
    for (TextRead read : reads) {
      if (!read.equals(read.again(dependencies))) {
        return false;
      }
    }
    for (Map.Entry<String, String> output : outputs.entrySet()) {
      if (!Sha256.matches(outputFolder.resolve(output.getKey()), output.getValue())) {
        return false;
      }
    }
    return true;
  }
}
