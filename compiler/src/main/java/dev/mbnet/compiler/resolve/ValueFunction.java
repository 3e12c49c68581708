package dev.mbnet.compiler.resolve;

import java.util.Arrays;

/** What can be called in a value. */
public enum ValueFunction {
  IF("if(condition, a, b)", "`a` where the condition holds, else `b`; the other is not computed."),
  MAX("max(a, b, ...)", "The largest of the numbers."),
  MIN("min(a, b, ...)", "The smallest of the numbers."),
  CEIL("ceil(x)", "The least whole number that is not below `x`."),
  FLOOR("floor(x)", "The largest whole number that is not above `x`."),
  ROUND("round(x)", "The nearest whole number; of two, the even one, as in Python."),
  DIVISIBLE(
      "divisible(x, by, limit=0.9)",
      "The multiple of `by` nearest to `x`, halves up, at least `by`, and one step more where it"
          + " would fall below `limit * x`.");

  private final String signature;
  private final String doc;

  ValueFunction(String signature, String doc) {
    this.signature = signature;
    this.doc = doc;
  }

  public String word() {
    return signature.substring(0, signature.indexOf('('));
  }

  /** How it is called. */
  public String signature() {
    return signature;
  }

  public String doc() {
    return doc;
  }

  /** The function of that name, or null. */
  static ValueFunction of(String word) {
    return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst().orElse(null);
  }
}
