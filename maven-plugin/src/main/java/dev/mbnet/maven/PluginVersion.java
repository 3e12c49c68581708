package dev.mbnet.maven;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.grammar.MbnetParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** Which plugin this is. */
final class PluginVersion {

  private PluginVersion() {}

  /** The version; of a snapshot, which changes under the same version, also a digest. */
  static String of(String version) throws IOException {
    if (!version.endsWith("-SNAPSHOT")) {
      return version;
    }
    StringBuilder all = new StringBuilder(version);
    for (Class<?> type : List.of(PluginVersion.class, Compiler.class, MbnetParser.class)) {
      all.append(' ').append(Sha256.of(place(type)));
    }
    return all.toString();
  }

  private static Path place(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
