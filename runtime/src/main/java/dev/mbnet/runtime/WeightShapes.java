package dev.mbnet.runtime;

import static dev.mbnet.runtime.WeightsException.quoted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tensors that a network takes from a file, which has to hold these and no others. */
public final class WeightShapes {
  private final Map<String, int[]> shapes = new LinkedHashMap<>();

  /** The network takes a tensor with these dimensions, outermost first. */
  public void add(String name, int... shape) {
    shapes.put(name, shape.clone());
  }

  /**
   * Looks whether a file fits.
   *
   * @param network its name for messages
   * @throws WeightsException naming every missing, surplus and misshapen tensor
   */
  public void check(String network, Safetensors file) {
    List<String> missing = new ArrayList<>();
    List<String> misfits = new ArrayList<>();
    Set<String> surplus = new LinkedHashSet<>(file.names());
    for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
      String name = entry.getKey();
      if (surplus.remove(name)) {
        misfits.addAll(misfit(name, entry.getValue(), file));
      } else {
        missing.add("`" + name + "` " + Arrays.toString(entry.getValue()));
      }
    }
    // PyTorch's batch norms count their batches; inference has no use for the count.
    for (String name : List.copyOf(surplus)) {
      if (name.endsWith(".num_batches_tracked")) {
        surplus.remove(name);
      }
    }
    if (missing.isEmpty() && misfits.isEmpty() && surplus.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    missing.forEach(line -> lines.add("missing   " + line));
    for (String name : surplus) {
      lines.add("surplus   " + quoted(name) + " " + Arrays.toString(file.shape(name)));
    }
    misfits.forEach(line -> lines.add("misshapen " + line));
    String fact =
        String.format(
            "does not fit the network `%s`: %d missing, %d surplus, %d misshapen",
            network, missing.size(), surplus.size(), misfits.size());
    throw new WeightsException(
        WeightsException.Problem.MISMATCH,
        file.source(),
        fact + "\n  " + String.join("\n  ", lines));
  }

  private static List<String> misfit(String name, int[] shape, Safetensors file) {
    boolean fits = Arrays.equals(file.shape(name), shape);
    if (fits && file.dtype(name).isFloat()) {
      return List.of();
    }
    String start = "`" + name + "`: the file has ";
    return fits
        ? List.of(start + file.dtype(name) + ", the network takes F32, F16, BF16")
        : List.of(
            start + Arrays.toString(file.shape(name)) + ", the network " + Arrays.toString(shape));
  }
}
