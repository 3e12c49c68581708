package dev.mbnet.compiler.weights;

import java.io.IOException;
import java.util.Optional;

/** The files beside a model's, where some formats keep the weights. */
@FunctionalInterface
public interface Beside {

  /**
   * The bytes of a file, at most {@code most} of them and one more, which tells that there are
   * more; empty if there is no such file.
   *
   * @param path in the model's folder or below it, with slashes
   */
  Optional<byte[]> read(String path, int most) throws IOException;
}
