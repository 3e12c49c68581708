package dev.mbnet.compiler.op;

import java.util.List;

/**
 * What a call in a stack can name: its signature and how a call becomes operations.
 *
 * @param tensors how many tensors it takes besides the current one: none or at least one
 */
public record Operator(
    String name, String doc, List<Parameter> parameters, boolean tensors, Binder binder) {

  public Operator {
    parameters = List.copyOf(parameters);
  }

  /** Turns checked arguments into operations, each fed by the one before it. */
  @FunctionalInterface
  public interface Binder {
    Checked<List<Part>> bind(Arguments arguments, List<Shape> inputs);
  }

  /**
   * One operation of a layer.
   *
   * @param suffix what follows the layer's path in its name: nothing, {@code .bn} or {@code .act}
   */
  public record Part(String suffix, Op op) {}

  static Checked<List<Part>> single(Op op) {
    return Checked.of(List.of(new Part("", op)));
  }
}
