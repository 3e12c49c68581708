package dev.mbnet.compiler.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/** A sum of loop variables times constants, and a constant. */
public record Index(Map<String, Integer> factors, int constant) {

  public static Index of(int constant) {
    return new Index(Map.of(), constant);
  }

  public static Index of(String variable) {
    return of(variable, 1);
  }

  public static Index of(String variable, int factor) {
    return new Index(Map.of(variable, factor), 0);
  }

  public Index plus(int more) {
    return new Index(factors, constant + more);
  }

  public Index plus(Index other) {
    Map<String, Integer> sum = new LinkedHashMap<>(factors);
    other.factors.forEach((variable, factor) -> sum.merge(variable, factor, Integer::sum));
    return new Index(sum, constant + other.constant);
  }

  public Index times(int factor) {
    Map<String, Integer> product = new LinkedHashMap<>();
    factors.forEach((variable, f) -> product.put(variable, f * factor));
    return new Index(product, constant * factor);
  }

  /** This many times the number of lanes, which Java knows as {@code L}. */
  public Index lanes() {
    Map<String, Integer> product = new LinkedHashMap<>();
    factors.forEach((variable, factor) -> product.put(variable + " * L", factor));
    if (constant != 0) {
      product.merge("L", constant, Integer::sum);
    }
    return new Index(product, 0);
  }
}
