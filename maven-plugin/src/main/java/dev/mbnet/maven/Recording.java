package dev.mbnet.maven;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.TensorInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a network's outputs were, as a small file beside its model keeps it.
 *
 * @param network its name
 * @param weights the file they were computed with, or {@code random}
 * @param sha256 of that file, or null
 */
record Recording(String network, String weights, String sha256, List<Output> outputs) {
  /** How the file's name goes on after the network's. */
  static final String SUFFIX = ".outputs.json";

  /** The weights of networks that nobody has trained. */
  static final String RANDOM = "random";

  private static final int MOST_VALUES = 32;
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /**
   * One output.
   *
   * @param shape {@code [h, w, c]}
   * @param mean of all values
   * @param deviation the root of their mean squared distance from the mean
   * @param values some, evenly spaced in the order {@code [h][w][c]}, the first among them
   */
  record Output(String name, List<Integer> shape, float mean, float deviation, List<Float> values) {

    static Output of(TensorInfo info, float[] all) {
      double sum = 0;
      for (float value : all) {
        sum += value;
      }
      double mean = sum / all.length;
      double squares = 0;
      for (float value : all) {
        squares += (value - mean) * (value - mean);
      }
      List<Float> values = new ArrayList<>();
      int count = Math.min(MOST_VALUES, all.length);
      for (int i = 0; i < count; i++) {
        values.add(all[index(i, count, all.length)]);
      }
      List<Integer> shape = List.of(info.height(), info.width(), info.channels());
      float deviation = (float) Math.sqrt(squares / all.length);
      return new Output(info.name(), shape, (float) mean, deviation, values);
    }

    /** Where value {@code i} of {@code count} lies among all. */
    private static int index(int i, int count, int length) {
      return (int) ((long) i * length / count);
    }

    /** What an infinity or a NaN anywhere in the output shows in. */
    boolean isFinite() {
      return Float.isFinite(mean) && Float.isFinite(deviation);
    }

    /** What a difference is measured by. */
    private double size() {
      double size = Math.abs(mean) + deviation;
      for (float value : values) {
        size = Math.max(size, Math.abs(value));
      }
      return size;
    }

    private void compare(Output now, double tolerance, List<String> problems) {
      if (!shape.equals(now.shape)) {
        problems.add("`" + name + "` has the shape " + now.shape + ", recorded is " + shape);
        return;
      }
      if (values.size() != now.values.size()) {
        problems.add("the record of `" + name + "` lacks values");
        return;
      }
      double most = tolerance * size();
      compare("the mean", mean, now.mean, most, problems);
      compare("the deviation", deviation, now.deviation, most, problems);
      int length = shape.stream().reduce(1, Math::multiplyExact);
      for (int i = 0; i < values.size(); i++) {
        int index = index(i, values.size(), length);
        compare("value " + index, values.get(i), now.values.get(i), most, problems);
      }
    }

    private void compare(
        String what, float recorded, float now, double most, List<String> problems) {
      if (!(Math.abs((double) recorded - now) <= most)) {
        problems.add(
            String.format(
                Locale.ROOT, "%s of `%s` is %s, recorded is %s", what, name, now, recorded));
      }
    }
  }

  /** Runs a network on an input of random numbers that are always the same. */
  static Recording of(String name, Network network, float[] input, String weights, String sha256) {
    Session session = network.newSession();
    session.run(input);
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < network.outputs().size(); i++) {
      outputs.add(Output.of(network.outputs().get(i), session.output(i)));
    }
    return new Recording(name, weights, sha256, outputs);
  }

  /** Reads a file, which anybody may have edited. */
  static Recording read(Path file) throws IOException, Mistake {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      Recording recording = GSON.fromJson(text, Recording.class);
      if (recording != null && recording.isComplete()) {
        return recording;
      }
      throw new Mistake(damaged(file, "a part is missing"));
    } catch (JsonParseException | NumberFormatException e) {
      throw new Mistake(damaged(file, "it is not the JSON that was written"));
    }
  }

  private static String damaged(Path file, String why) {
    return file + " is no record of outputs: " + why + "; write it again with -Dmbnet.record";
  }

  private boolean isComplete() {
    return network != null
        && weights != null
        && outputs != null
        && outputs.stream()
            .allMatch(
                output ->
                    output != null
                        && output.name != null
                        && output.shape != null
                        && output.values != null
                        && !output.shape.contains(null)
                        && !output.values.contains(null));
  }

  byte[] bytes() {
    return (GSON.toJson(this) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What is other than recorded, in lines.
   *
   * @param tolerance how far a value may be off, by the largest of its output
   */
  List<String> differences(Recording now, double tolerance) {
    List<String> names = outputs.stream().map(Output::name).toList();
    List<String> namesNow = now.outputs.stream().map(Output::name).toList();
    if (!names.equals(namesNow)) {
      return List.of("the outputs are " + namesNow + ", recorded are " + names);
    }
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).compare(now.outputs.get(i), tolerance, problems);
    }
    return problems;
  }
}
