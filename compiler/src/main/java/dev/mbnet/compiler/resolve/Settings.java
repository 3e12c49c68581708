package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.op.Setting;
import dev.mbnet.compiler.source.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The settings in force at a statement, and whether anything has asked for them. */
final class Settings {
  private final Map<Setting, Entry> entries;
  private final List<Entry> declared;

  private static final class Entry {
    final Object value;
    final Span span;
    boolean used;

    Entry(Object value, Span span) {
      this.value = value;
      this.span = span;
    }
  }

  private Settings(Map<Setting, Entry> entries, List<Entry> declared) {
    this.entries = entries;
    this.declared = declared;
  }

  /** What holds where a file says nothing. */
  static Settings initial() {
    Map<Setting, Entry> entries = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      entries.put(setting, new Entry(setting.initial(), null));
    }
    return new Settings(entries, new ArrayList<>());
  }

  /** The same settings, to be changed on their own; their uses still count as uses of these. */
  Settings copy() {
    return new Settings(new EnumMap<>(entries), declared);
  }

  Object get(Setting setting) {
    Entry entry = entries.get(setting);
    entry.used = true;
    return entry.value;
  }

  /** What a call gives a block. */
  void give(Setting setting, Object value) {
    entries.put(setting, new Entry(value, null));
  }

  /** What a {@code default} statement says at {@code span}. */
  void declare(Setting setting, Object value, Span span) {
    Entry entry = new Entry(value, span);
    entries.put(setting, entry);
    declared.add(entry);
  }

  /** Where a {@code default} was said and nothing asked for it. */
  List<Span> dead() {
    return declared.stream().filter(entry -> !entry.used).map(entry -> entry.span).toList();
  }
}
