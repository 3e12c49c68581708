package dev.mbnet.compiler.op;

import java.util.List;

/**
 * A tensor that a layer is trained with.
 *
 * @param name its full name in a weights file
 * @param dims its sizes in PyTorch's order
 * @param trainable whether it counts as a parameter; batch norm's statistics do not
 */
public record Weight(String name, List<Integer> dims, boolean trainable) {

  public long elements() {
    return dims.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }
}
