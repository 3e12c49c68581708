package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;

/** A value, or the mistake that kept it from being one. */
public record Checked<T>(T value, Mistake mistake) {

  public static <T> Checked<T> of(T value) {
    return new Checked<>(value, null);
  }

  public static <T> Checked<T> wrong(Mistake mistake) {
    return new Checked<>(null, mistake);
  }

  public static <T> Checked<T> wrong(Code code, String argument, String message, String help) {
    return wrong(new Mistake(code, argument, message, help));
  }

  public boolean isOk() {
    return mistake == null;
  }
}
