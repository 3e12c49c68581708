package dev.mbnet.samples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * An installed JDK.
 *
 * @param feature such as 25
 * @param name its version in full and who built it
 */
record Jdk(Path home, int feature, String name) {

  /** Reads what the JDK says about itself. */
  static Jdk of(Path home) throws IOException {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("release"))) {
      release.load(in);
    }
    String version = unquoted(release, "JAVA_VERSION");
    String full = unquoted(release, "JAVA_RUNTIME_VERSION");
    String builder = unquoted(release, "IMPLEMENTOR");
    String name = (builder + " " + (full.isEmpty() ? version : full)).strip();
    return new Jdk(home, Runtime.Version.parse(version).feature(), name);
  }

  private static String unquoted(Properties properties, String key) {
    return properties.getProperty(key, "").replace("\"", "");
  }

  /** The start of a command line that runs Java with the options that all processes need. */
  List<String> command(String classPath, boolean vector) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
    if (feature >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    if (feature >= 24) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (vector) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    command.addAll(List.of("-cp", classPath));
    return command;
  }
}
