package dev.mbnet.compiler.op;

/**
 * A parameter of an operator.
 *
 * @param fallback where its value comes from when the call does not give it
 * @param doc one sentence for the reference
 */
public record Parameter(String name, Type<?> type, Fallback fallback, String doc) {

  /** Where a value comes from that a call does not give. */
  public sealed interface Fallback {}

  /** The call must give it. */
  public record Required() implements Fallback {}

  /** A fixed value; null means that it is not given. */
  public record Constant(Object value) implements Fallback {}

  /** The setting of the same name that is in force. */
  public record FromSetting() implements Fallback {}

  public static Parameter required(String name, Type<?> type, String doc) {
    return new Parameter(name, type, new Required(), doc);
  }

  public static Parameter optional(String name, Type<?> type, Object value, String doc) {
    return new Parameter(name, type, new Constant(value), doc);
  }

  /** A parameter that is the setting of its name where it is not given. */
  public static Parameter setting(Setting setting) {
    return new Parameter(setting.word(), setting.type(), new FromSetting(), setting.doc());
  }
}
