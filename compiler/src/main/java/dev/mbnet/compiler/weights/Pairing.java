package dev.mbnet.compiler.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Brings a file's layers into the network's order where parallel branches stand in another one.
 * Layers pair up that have the same shape and window and read layers that do; where several do, the
 * first in the file is tried first.
 */
final class Pairing {
  private static final int MOST_TRIALS = 1_000_000;
  private static final int FREE = -1;

  private final NetworkLayer.All network;
  private final FileLayers.All file;
  private final Map<Set<Integer>, List<Integer>> readersOf = new HashMap<>();

  /** {@code fileOf[n]}: the file's layer that stands for the network's layer n; and back. */
  private final int[] fileOf;

  private final int[] networkOf;

  private Pairing(NetworkLayer.All network, FileLayers.All file) {
    this.network = network;
    this.file = file;
    this.fileOf = new int[network.layers().size()];
    this.networkOf = new int[file.layers().size()];
    for (int f = 0; f < file.layers().size(); f++) {
      Set<Integer> sources = Set.copyOf(file.layers().get(f).sources().layers());
      readersOf.computeIfAbsent(sources, s -> new ArrayList<>()).add(f);
    }
  }

  /**
   * The file's layers in the network's order. If they do not all pair up, those come first that do
   * until one does not, and the others stay as they are.
   */
  static FileLayers.All inOrder(NetworkLayer.All network, FileLayers.All file) {
    Pairing pairing = new Pairing(network, file);
    return pairing.isInOrder() || pairing.fileOf.length == 0
        ? file
        : pairing.reordered(pairing.search());
  }

  private boolean isInOrder() {
    if (fileOf.length != networkOf.length) {
      return false;
    }
    for (int i = 0; i < fileOf.length; i++) {
      fileOf[i] = i;
      networkOf[i] = i;
    }
    for (int i = 0; i < fileOf.length; i++) {
      if (!fits(i, i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Pairs layer by layer, and goes back to the last choice where one finds none. Returns the file's
   * layers for those of the network or, if there is no way, for those before the first dead end.
   */
  private int[] search() {
    int[] begun = null;
    Arrays.fill(fileOf, FREE);
    Arrays.fill(networkOf, FREE);
    int[] next = new int[fileOf.length];
    int trials = 0;
    int n = 0;
    while (n >= 0 && n < fileOf.length) {
      if (fileOf[n] != FREE) {
        networkOf[fileOf[n]] = FREE;
        fileOf[n] = FREE;
      }
      List<Integer> candidates = candidates(n);
      while (next[n] < candidates.size() && fileOf[n] == FREE) {
        int f = candidates.get(next[n]++);
        if (++trials > MOST_TRIALS) {
          return begun == null ? new int[0] : begun;
        }
        if (networkOf[f] == FREE && fits(n, f)) {
          fileOf[n] = f;
          networkOf[f] = n;
        }
      }
      if (fileOf[n] == FREE) {
        begun = begun == null ? Arrays.copyOf(fileOf, n) : begun;
        next[n--] = 0;
      } else if (++n == fileOf.length && !outputsFit()) {
        n--;
      }
    }
    return n >= 0 ? fileOf : begun;
  }

  private List<Integer> candidates(int n) {
    Set<Integer> sources = new HashSet<>();
    network.layers().get(n).sources().layers().forEach(s -> sources.add(s < 0 ? s : fileOf[s]));
    return readersOf.getOrDefault(sources, List.of());
  }

  private boolean fits(int n, int f) {
    NetworkLayer here = network.layers().get(n);
    FileLayer there = file.layers().get(f);
    return Alignment.fits(here, there)
        && here.window().equals(there.windowIn(here))
        && (here.norm() == null) == (there.norm() == null || there.kind() == Kind.NORM)
        && reads(here.sources(), there.sources());
  }

  private boolean outputsFit() {
    boolean fit = true;
    if (network.outputs().size() == file.outputs().size()) {
      for (int i = 0; i < network.outputs().size(); i++) {
        fit &= reads(network.outputs().get(i), file.outputs().get(i));
      }
    }
    return fit;
  }

  private boolean reads(Sources here, Sources there) {
    return here.layers().equals(there.renumbered(this::networkOf).layers());
  }

  private int networkOf(int f) {
    return f < 0 ? f : networkOf[f];
  }

  /** The file with {@code first} of its layers first. */
  private FileLayers.All reordered(int[] first) {
    Set<Integer> order = new LinkedHashSet<>();
    Arrays.stream(first).forEach(order::add);
    for (int f = 0; f < networkOf.length; f++) {
      order.add(f);
    }
    int[] number = new int[networkOf.length];
    int next = 0;
    for (int f : order) {
      number[f] = next++;
    }
    IntUnaryOperator renumber = f -> f < 0 ? f : number[f];
    List<FileLayer> layers = new ArrayList<>();
    for (int f : order) {
      FileLayer layer = file.layers().get(f);
      layers.add(layer.withSources(layer.sources().renumbered(renumber)));
    }
    return new FileLayers.All(
        layers, file.outputs().stream().map(o -> o.renumbered(renumber)).toList());
  }
}
