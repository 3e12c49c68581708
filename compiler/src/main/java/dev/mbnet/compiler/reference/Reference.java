package dev.mbnet.compiler.reference;

import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Operator;
import dev.mbnet.compiler.op.Operators;
import dev.mbnet.compiler.op.Parameter;
import dev.mbnet.compiler.op.Setting;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.prelude.Prelude;
import dev.mbnet.compiler.resolve.InputSetting;
import dev.mbnet.compiler.resolve.ValueFunction;
import dev.mbnet.compiler.syntax.FileSyntax.BlockSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The reference page, in Markdown, made from what the compiler itself goes by. */
public final class Reference {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** A section about one name. */
  private record Entry(String name, String text) {}

  private Reference() {}

  /** The whole page. */
  public static String page() {
    StringBuilder out =
        new StringBuilder(
            "<!-- Made by ReferenceTest; edit language.md and statements.md. -->\n\n");
    out.append(resource("language.md")).append('\n');
    out.append("## Words of the language\n\n").append(resource("statements.md")).append('\n');
    append(out, "Settings", settings());
    append(out, "Operators", operators());
    append(out, "Activations", activations());
    append(out, "Blocks", blocks());
    append(out, "Functions in values", functions());
    append(out, "Settings of an input", inputSettings());
    return out.toString();
  }

  /** The sections about {@code name}; empty where there is none. */
  public static String section(String name) {
    List<String> texts =
        entries().stream().filter(e -> e.name().equals(name)).map(Entry::text).toList();
    return String.join("\n", texts);
  }

  /** All names that have a section. */
  public static List<String> names() {
    return entries().stream().map(Entry::name).distinct().toList();
  }

  private static List<Entry> entries() {
    List<Entry> all = new ArrayList<>(statements());
    all.addAll(settings());
    all.addAll(operators());
    all.addAll(activations());
    all.addAll(blocks());
    all.addAll(functions());
    all.addAll(inputSettings());
    return all;
  }

  private static void append(StringBuilder out, String title, List<Entry> entries) {
    out.append("## ").append(title).append("\n\n");
    entries.forEach(entry -> out.append(entry.text()).append('\n'));
  }

  /** The sections of {@code statements.md}, each under every word in its heading. */
  private static List<Entry> statements() {
    List<Entry> all = new ArrayList<>();
    for (String section : resource("statements.md").split("(?m)^(?=### )")) {
      String heading = section.substring(0, section.indexOf('\n'));
      CODE.matcher(heading)
          .results()
          .forEach(word -> all.add(new Entry(word.group(1), section.strip() + "\n")));
    }
    return all;
  }

  private static List<Entry> settings() {
    return Arrays.stream(Setting.values()).map(Reference::setting).toList();
  }

  private static Entry setting(Setting setting) {
    StringBuilder text = new StringBuilder(setting.doc());
    text.append(" It is ").append(setting.type().what()).append("; ");
    text.append(setting.initial() == null ? "there is no default" : "at first ")
        .append(setting.initial() == null ? "" : code(show(setting.initial())))
        .append(".\n");
    if (!setting.choices().isEmpty()) {
      text.append("\n| value | meaning |\n|---|---|\n");
      setting.choices().forEach(c -> text.append(row(code(c.form()), c.doc())));
    }
    return entry(setting.word(), setting.word(), text.toString());
  }

  private static List<Entry> operators() {
    List<String> activations = activations().stream().map(Entry::name).toList();
    return Operators.byName().values().stream()
        .filter(operator -> !activations.contains(operator.name()))
        .map(operator -> entry(operator.name(), signature(operator), describe(operator)))
        .toList();
  }

  private static String describe(Operator operator) {
    String tensors = operator.tensors() ? " It takes the labels of the other tensors." : "";
    return operator.doc() + tensors + "\n" + parameters(operator.parameters());
  }

  private static String signature(Operator operator) {
    List<String> parts = new ArrayList<>();
    if (operator.tensors()) {
      parts.add("label, ...");
    }
    for (Parameter parameter : operator.parameters()) {
      Object value =
          parameter.fallback() instanceof Parameter.Constant constant ? constant.value() : null;
      parts.add(parameter.name() + (value == null ? "" : " = " + show(value)));
    }
    return operator.name() + (parts.isEmpty() ? "" : "(" + String.join(", ", parts) + ")");
  }

  private static String parameters(List<Parameter> parameters) {
    if (parameters.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n| argument | takes | unless given | |\n");
    text.append("|---|---|---|---|\n");
    for (Parameter p : parameters) {
      String fallback = "must be given";
      if (p.fallback() instanceof Parameter.FromSetting) {
        fallback = "the setting";
      } else if (p.fallback() instanceof Parameter.Constant c) {
        fallback = c.value() == null ? "see right" : code(show(c.value()));
      }
      text.append(row(code(p.name()), p.type().what(), fallback, p.doc()));
    }
    return text.toString();
  }

  private static List<Entry> activations() {
    return Arrays.stream(Activation.Kind.values())
        .filter(kind -> kind != Activation.Kind.NONE)
        .map(
            kind -> {
              Operator operator = Operators.byName().get(kind.word());
              String text = "`" + kind.formula().replace("; ", "`; ");
              text += kind.formula().contains("; ") ? ".\n" : "`.\n";
              return entry(kind.word(), signature(operator), text);
            })
        .toList();
  }

  private static List<Entry> blocks() {
    return Prelude.syntax().blocks().stream().map(Reference::block).toList();
  }

  private static Entry block(BlockSyntax block) {
    String name = block.name().text();
    List<String> parameters = block.parameters().stream().map(p -> p.span().text()).toList();
    String text = block.doc().strip() + "\n\n```\n" + block.span().text() + "\n```\n";
    return entry(name, name + "(" + String.join(", ", parameters) + ")", text);
  }

  private static List<Entry> functions() {
    return Arrays.stream(ValueFunction.values())
        .map(f -> entry(f.word(), f.signature(), f.doc() + "\n"))
        .toList();
  }

  private static List<Entry> inputSettings() {
    return Arrays.stream(InputSetting.values())
        .map(
            s -> {
              String words = String.join("`, `", s.words());
              String values = words.isEmpty() ? "" : " One of `" + words + "`.";
              String text = s.doc() + values + " Unless given: " + s.initial() + ".\n";
              return entry(s.word(), s.word(), text);
            })
        .toList();
  }

  private static Entry entry(String name, String title, String text) {
    return new Entry(name, "### " + code(title) + "\n\n" + text);
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String show(Object value) {
    if (value instanceof Boolean on) {
      return on ? "on" : "off";
    }
    if (value instanceof Double number) {
      return number == 1.0 / 6 ? "1/6" : Value.Num.format(number);
    }
    return value.toString();
  }

  private static String resource(String name) {
    try (InputStream in = Reference.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
