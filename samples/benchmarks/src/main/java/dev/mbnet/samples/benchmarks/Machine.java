package dev.mbnet.samples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the numbers were measured on.
 *
 * @param cpu the processor's name
 * @param cores how many Java sees
 * @param jdks their full versions by {@link Row#jdk()}
 * @param versions of the native engines
 */
record Machine(
    String cpu, int cores, String os, Map<String, String> jdks, Map<String, String> versions) {

  static Machine of(List<Jdk> jdks, List<String> engines) {
    Map<String, String> names = new LinkedHashMap<>();
    jdks.forEach(jdk -> names.put(Integer.toString(jdk.feature()), jdk.name()));
    Map<String, String> versions = new LinkedHashMap<>();
    if (engines.contains(OnnxRuntimeEngine.NAME)) {
      versions.put(OnnxRuntimeEngine.NAME, OnnxRuntimeEngine.version());
    }
    if (engines.contains(LiteRtEngine.NAME)) {
      versions.put(LiteRtEngine.NAME, LiteRtEngine.version());
    }
    return new Machine(
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        names,
        versions);
  }

  private static String processor() {
    Map<String, String> facts = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      lines
          .map(line -> line.split("\\s*:\\s*", 2))
          .filter(pair -> pair.length == 2)
          .forEach(pair -> facts.putIfAbsent(pair[0].strip(), pair[1].strip()));
    } catch (IOException e) {
      return "unknown processor";
    }
    String name = facts.getOrDefault("model name", "unknown processor");
    String flags = " " + facts.getOrDefault("flags", "") + " ";
    String vectors =
        flags.contains(" avx512f ") ? ", AVX-512" : flags.contains(" avx2 ") ? ", AVX2" : "";
    String family =
        facts.containsKey("cpu family")
            ? " (family " + facts.get("cpu family") + ", model " + facts.get("model") + ")"
            : "";
    return name + family + vectors;
  }
}
