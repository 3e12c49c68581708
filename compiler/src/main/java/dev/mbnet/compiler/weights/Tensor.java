package dev.mbnet.compiler.weights;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers with a name.
 *
 * @param dims sizes, outermost first
 * @param values row-major
 */
public record Tensor(String name, List<Integer> dims, float[] values) {

  public Tensor {
    dims = List.copyOf(dims);
  }

  /** How many elements sizes make, or -1 if they are no sizes of an array. */
  static int elements(List<? extends Number> dims) {
    long elements = 1;
    for (Number dim : dims) {
      if (dim.longValue() < 0 || dim.longValue() > Integer.MAX_VALUE) {
        return -1;
      }
      elements *= dim.longValue();
      if (elements > Integer.MAX_VALUE) {
        return -1;
      }
    }
    return (int) elements;
  }

  Tensor named(String name) {
    return new Tensor(name, dims, values);
  }

  /** The same values with other sizes that multiply to as many. */
  Tensor reshaped(List<Integer> dims) {
    return new Tensor(name, dims, values);
  }

  /** Axis {@code i} of the result is axis {@code perm.get(i)} of this. */
  Tensor transposed(List<Integer> perm) {
    int rank = dims.size();
    int[] strides = new int[rank];
    int stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims.get(i);
    }
    List<Integer> to = new ArrayList<>();
    perm.forEach(axis -> to.add(dims.get(axis)));
    float[] moved = new float[values.length];
    int[] at = new int[rank];
    int from = 0;
    for (int i = 0; i < moved.length; i++) {
      moved[i] = values[from];
      for (int axis = rank - 1; axis >= 0; axis--) {
        from += strides[perm.get(axis)];
        if (++at[axis] < to.get(axis)) {
          break;
        }
        from -= at[axis] * strides[perm.get(axis)];
        at[axis] = 0;
      }
    }
    return new Tensor(name, to, moved);
  }
}
