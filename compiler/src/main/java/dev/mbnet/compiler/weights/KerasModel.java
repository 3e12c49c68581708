package dev.mbnet.compiler.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of layers that a Keras model makes, those of models inside it among them. A value is
 * named after its layer; that of a second call is {@code conv1#1}.
 */
final class KerasModel {

  /** Stands for a value of the model around or inside. */
  static final String ALIAS = "";

  private static final String INPUT = "InputLayer";
  private static final int MOST_CALLS = 100_000;

  /**
   * A call of a layer.
   *
   * @param operation its type is the layer's class
   * @param inputs names of values
   */
  record Call(Operation operation, Json config, List<String> inputs) {}

  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final List<String> outputs;

  /** A model from its {@code class_name} and {@code config}. */
  KerasModel(Json model) throws UnreadableFile {
    outputs = expand(model, "", List.of());
  }

  /** The call that makes a value, or null. */
  Call call(String value) {
    return calls.get(value);
  }

  List<String> outputs() {
    return outputs;
  }

  private static boolean isModel(String type) {
    return type.equals("Model") || type.equals("Functional") || type.equals("Sequential");
  }

  /**
   * Adds a model's calls and returns its outputs.
   *
   * @param prefix of the names of its values
   * @param inputs of the model around it; none for the whole
   */
  private List<String> expand(Json model, String prefix, List<String> inputs)
      throws UnreadableFile {
    String type = model.at("class_name").text();
    if (!isModel(type)) {
      throw new UnreadableFile(
          "its model is a "
              + Quote.quoted(type)
              + "; a `Sequential`, `Functional` or `Model` is read");
    }
    Json config = model.at("config");
    return type.equals("Sequential")
        ? sequence(config.isList() ? config : config.at("layers"), prefix, inputs)
        : functional(config, prefix, inputs);
  }

  private List<String> sequence(Json layers, String prefix, List<String> inputs)
      throws UnreadableFile {
    String input = prefix + "#input";
    add(input, new Operation(inputs.isEmpty() ? INPUT : ALIAS, "input"), layers, inputs);
    List<String> current = List.of(input);
    for (Json layer : layers.items()) {
      if (!layer.at("class_name").text().equals(INPUT)) {
        current = call(layer, prefix, 0, current);
      }
    }
    return current;
  }

  private List<String> functional(Json config, String prefix, List<String> inputs)
      throws UnreadableFile {
    Map<String, Boolean> isModel = new LinkedHashMap<>();
    for (Json layer : config.at("layers").items()) {
      isModel.put(name(layer), isModel(layer.at("class_name").text()));
    }
    List<String> entries = new ArrayList<>();
    for (Json entry : tensors(config.at("input_layers"))) {
      entries.add(value(entry, prefix, isModel));
    }
    for (Json layer : config.at("layers").items()) {
      int entry = entries.indexOf(value(prefix, name(layer), 0));
      if (entry >= 0) {
        boolean given = entry < inputs.size();
        Operation operation = new Operation(given ? ALIAS : INPUT, name(layer));
        add(
            entries.get(entry),
            operation,
            layer.at("config"),
            given ? inputs.subList(entry, entry + 1) : List.of());
        continue;
      }
      List<Json> nodes = layer.at("inbound_nodes").items();
      for (int i = 0; i < nodes.size(); i++) {
        List<String> read = new ArrayList<>();
        for (Json tensor : nodes.get(i).items()) {
          read.add(value(tensor, prefix, isModel));
        }
        List<String> made = call(layer, prefix, i, read);
        for (int t = 0; isModel.get(name(layer)) && t < made.size(); t++) {
          String value = value(prefix, name(layer), i) + ":" + t;
          add(value, new Operation(ALIAS, name(layer)), layer, made.subList(t, t + 1));
        }
      }
    }
    List<String> results = new ArrayList<>();
    for (Json output : tensors(config.at("output_layers"))) {
      results.add(value(output, prefix, isModel));
    }
    return results;
  }

  private List<String> call(Json layer, String prefix, int number, List<String> inputs)
      throws UnreadableFile {
    String type = layer.at("class_name").text();
    String value = value(prefix, name(layer), number);
    if (isModel(type)) {
      return expand(layer, value + " > ", inputs);
    }
    add(value, new Operation(type, name(layer)), layer.at("config"), inputs);
    return List.of(value);
  }

  private void add(String value, Operation operation, Json config, List<String> inputs)
      throws UnreadableFile {
    if (calls.put(value, new Call(operation, config, inputs)) != null) {
      throw new UnreadableFile("it has two layers " + Quote.quoted(operation.name()));
    }
    if (calls.size() > MOST_CALLS) {
      throw new UnreadableFile("its model has more than " + MOST_CALLS + " layers");
    }
  }

  private static String name(Json layer) throws UnreadableFile {
    Json name = layer.at("name");
    return name.isThere() ? name.text() : layer.at("config").at("name").text();
  }

  /** A list of tensors, which may be one tensor instead. */
  private static List<Json> tensors(Json list) throws UnreadableFile {
    List<Json> items = list.items();
    return items.isEmpty() || items.get(0).isList() ? items : List.of(list);
  }

  private static String value(String prefix, String layer, long call) {
    return prefix + layer + (call == 0 ? "" : "#" + call);
  }

  /** The value that {@code [layer, call, output]} means. */
  private static String value(Json tensor, String prefix, Map<String, Boolean> isModel)
      throws UnreadableFile {
    List<Json> parts = tensor.items();
    if (parts.size() < 3) {
      throw new UnreadableFile("its `" + tensor.place() + "` is no layer, call and output");
    }
    String layer = parts.get(0).text();
    String value = value(prefix, layer, parts.get(1).whole());
    return isModel.getOrDefault(layer, false) ? value + ":" + parts.get(2).whole() : value;
  }
}
