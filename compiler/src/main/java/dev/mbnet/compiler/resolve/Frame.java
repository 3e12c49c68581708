package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Value;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known at a statement: a network's or a block's variables, labels, settings and current
 * tensor. Stacks share the labels of what they stand in; variables and settings end with theirs.
 */
final class Frame {
  /** The current tensor where a mistake has left none. */
  static final int UNKNOWN = -1;

  final String prefix;
  final Site site;
  final int incoming;
  final Shape in;
  final Map<String, Integer> labels;
  final Counter counter;
  final Map<String, Value> variables;
  final Settings settings;
  int current;

  /** Whether a requirement of the block does not hold, so that the rest of it means nothing. */
  boolean failed;

  /** Whether a setting that shapes depend on could not be read, which has been reported. */
  boolean unsure;

  /** The position of the next unlabelled call of a block. */
  static final class Counter {
    int next;
  }

  private Frame(
      String prefix,
      Site site,
      int incoming,
      Shape in,
      Map<String, Integer> labels,
      Counter counter,
      Map<String, Value> variables,
      Settings settings) {
    this.prefix = prefix;
    this.site = site;
    this.incoming = incoming;
    this.in = in;
    this.labels = labels;
    this.counter = counter;
    this.variables = variables;
    this.settings = settings;
    this.current = incoming;
  }

  static Frame ofNetwork(Map<String, Value> variables) {
    return new Frame(
        "",
        null,
        UNKNOWN,
        null,
        new HashMap<>(),
        new Counter(),
        new HashMap<>(variables),
        Settings.initial());
  }

  /** The frame of a block's body; {@code in} is null where the incoming shape is unknown. */
  Frame ofBlock(String path, Site site, Shape in) {
    return new Frame(
            path + ".",
            site,
            current,
            in,
            new HashMap<>(),
            new Counter(),
            new HashMap<>(),
            settings.copy())
        .unsureAs(this);
  }

  /** What the stacks of a statement share: names that begin with its label, if it has one. */
  Frame ofStacks(Name label) {
    if (label == null) {
      return this;
    }
    return new Frame(
            prefix + label + ".",
            site,
            current,
            in,
            new HashMap<>(labels),
            new Counter(),
            variables,
            settings)
        .unsureAs(this);
  }

  /** The frame of a stack inside this one, from {@code start} on. */
  Frame ofStack(int start) {
    return new Frame(
            prefix, site, start, in, labels, counter, new HashMap<>(variables), settings.copy())
        .unsureAs(this);
  }

  private Frame unsureAs(Frame outer) {
    unsure = outer.unsure;
    return this;
  }

  /** Lets the labels of {@code inner} be named from here on, as {@code label.theirs}. */
  void export(String label, Frame inner) {
    inner.labels.forEach(
        (name, layer) -> {
          if (!layer.equals(labels.get(name))) {
            labels.put(label + "." + name, layer);
          }
        });
  }

  /** Whether a block is given what stands at {@code span}. */
  boolean isFromCaller(Span span) {
    if (site == null) {
      return false;
    }
    Span own = site.block().span();
    return span.file() != own.file() || span.start() < own.start() || span.end() > own.end();
  }

  /** A layer's name as one writes it: {@code stage[1].expand} for {@code stage.1.expand}. */
  static String written(String path) {
    return path.replaceAll("\\.(\\d+)(?=\\.|$)", "[$1]");
  }

  /** The labels that someone wrote in this frame, sorted. */
  List<String> writtenLabels() {
    return labels.keySet().stream()
        .filter(label -> !Character.isDigit(label.charAt(0)) && label.indexOf('.') < 0)
        .sorted()
        .toList();
  }
}
