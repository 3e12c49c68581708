package dev.mbnet.compiler.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A value in a JSON file.
 *
 * @param place where it stands, as {@code weightsManifest[0].paths}
 */
record Json(JsonElement value, String place) {

  /** The whole of a file, which must be JSON to the letter. */
  static Json of(byte[] file) throws UnreadableFile {
    JsonReader reader = new JsonReader(new StringReader(new String(file, StandardCharsets.UTF_8)));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement value = JsonParser.parseReader(reader);
      if (reader.peek() == JsonToken.END_DOCUMENT) {
        return new Json(value, "");
      }
    } catch (JsonParseException | IOException e) {
      // Gson's messages speak of its own methods.
    }
    String path = reader.getPath().replaceAll("^\\$\\.?|\\.$", "");
    throw new UnreadableFile(
        "it begins as JSON and is none, or was cut short"
            + (path.isEmpty() ? "" : ", in " + Quote.quoted(path)));
  }

  /** A field of an object; {@link #isThere} says whether it has it. */
  Json at(String field) throws UnreadableFile {
    if (!(value instanceof JsonObject object)) {
      throw isNo("an object");
    }
    JsonElement found = object.get(field);
    String dot = place.isEmpty() ? "" : ".";
    return new Json(found == null ? JsonNull.INSTANCE : found, place + dot + Quote.plain(field));
  }

  /** Whether there is a value other than {@code null}. */
  boolean isThere() {
    return !(value instanceof JsonNull);
  }

  boolean isObject() {
    return value instanceof JsonObject;
  }

  boolean isList() {
    return value instanceof JsonArray;
  }

  List<String> fields() throws UnreadableFile {
    if (!(value instanceof JsonObject object)) {
      throw isNo("an object");
    }
    return List.copyOf(object.keySet());
  }

  List<Json> items() throws UnreadableFile {
    if (!(value instanceof JsonArray array)) {
      throw isNo("a list");
    }
    List<Json> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.add(new Json(array.get(i), place + "[" + i + "]"));
    }
    return items;
  }

  String text() throws UnreadableFile {
    if (!(value instanceof JsonPrimitive primitive) || !primitive.isString()) {
      throw isNo("a text");
    }
    return primitive.getAsString();
  }

  String text(String otherwise) throws UnreadableFile {
    return isThere() ? text() : otherwise;
  }

  /** A whole number, also one written as a text, as protocol buffers have those of 64 bits. */
  long whole() throws UnreadableFile {
    try {
      return value instanceof JsonPrimitive ? Long.parseLong(value.getAsString()) : failWhole();
    } catch (NumberFormatException e) {
      return failWhole();
    }
  }

  private long failWhole() throws UnreadableFile {
    throw isNo("a whole number");
  }

  List<Long> wholes() throws UnreadableFile {
    List<Long> numbers = new ArrayList<>();
    for (Json item : items()) {
      numbers.add(item.whole());
    }
    return numbers;
  }

  double number() throws UnreadableFile {
    double number = Double.NaN;
    if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
      number = Double.parseDouble(primitive.getAsString());
    }
    if (!Double.isFinite(number)) {
      throw isNo("a number");
    }
    return number;
  }

  double number(double otherwise) throws UnreadableFile {
    return isThere() ? number() : otherwise;
  }

  boolean flag(boolean otherwise) throws UnreadableFile {
    if (!isThere()) {
      return otherwise;
    }
    if (!(value instanceof JsonPrimitive primitive) || !primitive.isBoolean()) {
      throw isNo("true or false");
    }
    return primitive.getAsBoolean();
  }

  private UnreadableFile isNo(String kind) {
    String is = isThere() ? " is not " + kind : " is missing; it should be " + kind;
    return new UnreadableFile("its " + (place.isEmpty() ? "JSON" : "`" + place + "`") + is);
  }
}
