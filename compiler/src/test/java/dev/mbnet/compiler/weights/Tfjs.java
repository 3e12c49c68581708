package dev.mbnet.compiler.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Builds TensorFlow.js models in memory: a {@code model.json} and one file of weights. */
final class Tfjs {
  private final List<String> weights = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Stores floats that count 1, 2, 3, ... */
  Tfjs counting(String name, int... dims) {
    float[] values = new float[Arrays.stream(dims).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    return floats(name, values, dims);
  }

  Tfjs floats(String name, float[] values, int... dims) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return packed(name, "float32", "", buffer.array(), dims);
  }

  Tfjs wholes(String name, int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(values);
    return packed(name, "int32", "", buffer.array(), values.length);
  }

  /** {@code quantization} is the fields of the manifest's, empty for none. */
  Tfjs packed(String name, String type, String quantization, byte[] values, int... dims) {
    String as = quantization.isEmpty() ? "" : ",\"quantization\":{" + quantization + "}";
    String entry = "{\"name\":\"%s\",\"shape\":%s,\"dtype\":\"%s\"%s}";
    weights.add(entry.formatted(name, Arrays.toString(dims), type, as));
    bytes.writeBytes(values);
    return this;
  }

  Map<String, byte[]> files() {
    return Map.of("w.bin", bytes.toByteArray());
  }

  /** A model with a topology. */
  byte[] model(String topology) {
    String manifest = "[{\"paths\":[\"w.bin\"],\"weights\":[" + String.join(",", weights) + "]}]";
    String model = "{\"modelTopology\":%s,\"weightsManifest\":%s}";
    return model.formatted(topology, manifest).getBytes(StandardCharsets.UTF_8);
  }

  /** A Keras model in which each layer reads the one before it. */
  byte[] sequence(String... layers) {
    return model("{\"model_config\":" + model("Sequential", layers, "") + "}");
  }

  /** A Keras model of layers with {@code inbound_nodes}; the first is the input. */
  byte[] functional(String output, String... layers) {
    return model("{\"model_config\":" + functionalModel(output, layers) + "}");
  }

  static String functionalModel(String output, String... layers) {
    String ends = ",\"input_layers\":[[\"x\",0,0]],\"output_layers\":[[\"" + output + "\",0,0]]";
    return model("Functional", layers, ends);
  }

  private static String model(String type, String[] layers, String more) {
    String text = "{\"class_name\":\"%s\",\"config\":{\"name\":\"m\",\"layers\":[%s]%s}}";
    return text.formatted(type, String.join(",", layers), more);
  }

  /** A Keras layer; {@code config} is the fields of its configuration. */
  static String layer(String type, String name, String config) {
    String fields = config.isEmpty() ? "" : "," + config;
    String text = "{\"class_name\":\"%s\",\"name\":\"%s\",\"config\":{\"name\":\"%s\"%s}}";
    return text.formatted(type, name, name, fields);
  }

  /** The same with what it reads. */
  static String layer(String type, String name, String config, String... inputs) {
    String read =
        String.join(",", Arrays.stream(inputs).map(i -> "[\"" + i + "\",0,0,{}]").toList());
    String nodes = inputs.length == 0 ? "" : "[" + read + "]";
    String layer = layer(type, name, config);
    return layer.substring(0, layer.length() - 1) + ",\"inbound_nodes\":[" + nodes + "]}";
  }

  /** A graph of operations. */
  byte[] graph(String... nodes) {
    return model("{\"node\":[" + String.join(",", nodes) + "]}");
  }

  /** An operation; {@code attributes} is the fields of its {@code attr}. */
  static String node(String type, String name, List<String> inputs, String... attributes) {
    String read = String.join(",", inputs.stream().map(i -> "\"" + i + "\"").toList());
    String text = "{\"op\":\"%s\",\"name\":\"%s\",\"input\":[%s],\"attr\":{%s}}";
    return text.formatted(type, name, read, String.join(",", attributes));
  }

  static String word(String name, String value) {
    return "\"%s\":{\"s\":\"%s\"}".formatted(name, base64(value));
  }

  static String words(String name, String... values) {
    List<String> all = Arrays.stream(values).map(v -> "\"" + base64(v) + "\"").toList();
    return "\"%s\":{\"list\":{\"s\":%s}}".formatted(name, all);
  }

  static String wholesOf(String name, int... values) {
    return "\"%s\":{\"list\":{\"i\":%s}}".formatted(name, Arrays.toString(values));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
