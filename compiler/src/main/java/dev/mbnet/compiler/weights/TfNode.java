package dev.mbnet.compiler.weights;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An operation of a TensorFlow graph in JSON.
 *
 * @param inputs the operations that make what it reads, in order
 */
record TfNode(Operation operation, List<String> inputs, Json attributes) {

  static TfNode of(Json node) throws UnreadableFile {
    List<String> inputs = new ArrayList<>();
    for (Json input : node.at("input").isThere() ? node.at("input").items() : List.<Json>of()) {
      if (!input.text().startsWith("^")) {
        inputs.add(maker(input.text()));
      }
    }
    Operation operation = new Operation(node.at("op").text(), node.at("name").text());
    return new TfNode(operation, inputs, node.at("attr"));
  }

  /** The operation that makes a value: {@code name:1} is its second output. */
  static String maker(String value) {
    int colon = value.lastIndexOf(':');
    return colon < 0 ? value : value.substring(0, colon);
  }

  /** Whether it has operations of its own inside. */
  boolean hasFunction() throws UnreadableFile {
    for (String name : attributes.isThere() ? attributes.fields() : List.<String>of()) {
      if (attributes.at(name).at("func").isThere()) {
        return true;
      }
    }
    return false;
  }

  String input(int index) {
    return index < inputs.size() ? inputs.get(index) : null;
  }

  Json attribute(String name, String kind) throws UnreadableFile {
    Json attribute = attributes.isThere() ? attributes.at(name) : attributes;
    return attribute.isThere() ? attribute.at(kind) : attribute;
  }

  String text(String name, String otherwise) throws UnreadableFile {
    Json text = attribute(name, "s");
    return text.isThere() ? decoded(text) : otherwise;
  }

  List<Long> wholes(String name) throws UnreadableFile {
    Json list = attribute(name, "list");
    Json numbers = list.isThere() ? list.at("i") : list;
    return numbers.isThere() ? numbers.wholes() : List.of();
  }

  List<String> texts(String name) throws UnreadableFile {
    Json list = attribute(name, "list");
    Json items = list.isThere() ? list.at("s") : list;
    List<String> texts = new ArrayList<>();
    for (Json item : items.isThere() ? items.items() : List.<Json>of()) {
      texts.add(decoded(item));
    }
    return texts;
  }

  private static String decoded(Json base64) throws UnreadableFile {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64.text());
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UnreadableFile("its `" + base64.place() + "` is not base64");
    }
  }
}
