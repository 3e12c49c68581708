package dev.mbnet.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Prediction;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.TensorInfo;
import java.util.List;
import java.util.Locale;

/** What a run found, for people and for programs. */
final class RunReport {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final String name;
  private final List<TensorInfo> outputs;
  private final Session session;
  private final List<Prediction> top;
  private final Timing timing;

  /** {@code session} has run {@code network}, the one of that name. */
  RunReport(String name, Network network, Session session, int top, Timing timing) {
    this.name = name;
    this.outputs = network.outputs();
    this.session = session;
    this.timing = timing;
    TensorInfo first = outputs.get(0);
    boolean classes = first.height() == 1 && first.width() == 1;
    this.top = classes ? session.top(top) : null;
  }

  /**
   * One object: {@code network}, {@code outputs {name: [..]}}, {@code top [{label, index,
   * probability}]} where the first output is one pixel, {@code milliseconds} of a run (the median
   * of repeats) and {@code runs}, how many that is the median of. NaN and infinities are null.
   */
  String json() {
    JsonObject json = new JsonObject();
    json.addProperty("network", name);
    JsonObject values = new JsonObject();
    for (TensorInfo info : outputs) {
      JsonArray array = new JsonArray(info.length());
      for (float value : session.output(info.name())) {
        array.add(number(value));
      }
      values.add(info.name(), array);
    }
    json.add("outputs", values);
    if (top != null) {
      JsonArray list = new JsonArray();
      for (Prediction prediction : top) {
        JsonObject entry = new JsonObject();
        entry.addProperty("label", prediction.label());
        entry.addProperty("index", prediction.index());
        entry.add("probability", number(prediction.probability()));
        list.add(entry);
      }
      json.add("top", list);
    }
    json.addProperty("milliseconds", timing.median());
    json.addProperty("runs", Math.max(1, timing.repeats()));
    return GSON.toJson(json);
  }

  private static JsonElement number(float value) {
    return Float.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  /** The answer, the probabilities as a table, and the time. */
  String text() {
    StringBuilder out = new StringBuilder();
    if (top != null) {
      out.append(top.get(0).label()).append("\n\n");
      int wide = top.stream().mapToInt(p -> p.label().length()).max().orElse(1);
      for (Prediction p : top) {
        String format = "  %-" + wide + "s  %6.2f %%\n";
        out.append(String.format(Locale.ROOT, format, p.label(), 100 * p.probability()));
      }
    } else {
      outputs.forEach(info -> out.append(range(info)));
    }
    out.append('\n').append(time()).append('\n');
    return out.toString();
  }

  private String range(TensorInfo info) {
    float smallest = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    double sum = 0;
    for (float value : session.output(info.name())) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
      sum += value;
    }
    double mean = sum / info.length();
    String format = "%s: from %.4g to %.4g, mean %.4g\n";
    return String.format(Locale.ROOT, format, info, smallest, largest, mean);
  }

  private String time() {
    if (timing.repeats() == 0) {
      return String.format(Locale.ROOT, "%.1f ms for the first run", timing.first());
    }
    return String.format(
        Locale.ROOT,
        "%.2f ms, the median of %d after the first run's %.1f ms",
        timing.median(),
        timing.repeats(),
        timing.first());
  }
}
