package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.op.Setting;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Value;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known at a statement: a network's or a block's variables, labels, settings and current
 * tensor. Labels are shared by the stacks of one block; variables and settings end with theirs.
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
  final Map<Setting, Object> settings;
  int current;

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
      Map<Setting, Object> settings) {
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
    Map<Setting, Object> settings = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      settings.put(setting, setting.initial());
    }
    return new Frame(
        "",
        null,
        UNKNOWN,
        null,
        new HashMap<>(),
        new Counter(),
        new HashMap<>(variables),
        settings);
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
        new EnumMap<>(settings));
  }

  /**
   * The frame of a stack inside this one, from {@code start} on.
   *
   * @param label of the statement that holds the stack, or null; its calls are named below it
   * @param counter of that statement's calls: {@link #counterBelow}, one for all its stacks
   */
  Frame ofStack(int start, String label, Counter counter) {
    return new Frame(
        label == null ? prefix : prefix + label + ".",
        site,
        start,
        in,
        labels,
        counter,
        new HashMap<>(variables),
        new EnumMap<>(settings));
  }

  /** What numbers the calls below a statement: this frame's counter where it has no label. */
  Counter counterBelow(String label) {
    return label == null ? counter : new Counter();
  }
}
