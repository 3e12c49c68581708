package dev.mbnet.samples.benchmarks;

import dev.mbnet.runtime.Network;
import java.util.ArrayList;
import java.util.List;

/** The engines by their names. */
final class Engines {
  /** In the order in which they are shown. */
  static final List<String> NAMES =
      List.of(
          OnnxRuntimeEngine.NAME,
          LiteRtEngine.NAME,
          Backends.VECTOR,
          Backends.AUTO,
          Backends.PLAIN);

  /** Those that are timed unless others are named. */
  static final List<String> USUAL =
      NAMES.stream().filter(name -> isAvailable(name) && !name.equals(Backends.AUTO)).toList();

  private Engines() {}

  /** Whether this version has the engine. */
  static boolean isAvailable(String name) {
    return isNative(name) || Backends.AVAILABLE.contains(name);
  }

  static boolean isNative(String name) {
    return name.equals(OnnxRuntimeEngine.NAME) || name.equals(LiteRtEngine.NAME);
  }

  /** Whether an engine can use as many threads; for several images each of them can. */
  static boolean hasThreads(String name, int threads, int batch) {
    return threads == 1 || batch > 1 || isNative(name) || Backends.hasThreads(name);
  }

  /** The named engines for one network; generated ones share its class. */
  static List<Engine> of(List<String> names, Subject subject) {
    List<Engine> engines = new ArrayList<>();
    Network network = null;
    for (String name : names) {
      switch (name) {
        case OnnxRuntimeEngine.NAME -> engines.add(new OnnxRuntimeEngine());
        case LiteRtEngine.NAME -> engines.add(new LiteRtEngine());
        default -> {
          network = network == null ? GeneratedEngine.compile(subject) : network;
          engines.add(new GeneratedEngine(name, network));
        }
      }
    }
    return engines;
  }
}
