package dev.mbnet.compiler.weights;

import java.util.List;

/** A tensor of floats from a file, row-major. */
record FileTensor(String name, List<Integer> dims, float[] values) {

  /** The same elements under other sizes. */
  FileTensor reshaped(List<Integer> other) {
    return new FileTensor(name, other, values);
  }

  /** A matrix with rows and columns exchanged. */
  FileTensor transposed() {
    int rows = dims.get(0);
    int columns = dims.get(1);
    float[] out = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        out[c * rows + r] = values[r * columns + c];
      }
    }
    return new FileTensor(name, List.of(columns, rows), out);
  }
}
