package dev.mbnet.maven;

import java.util.Optional;
import javax.lang.model.SourceVersion;

/** Packages from folders. */
final class Packages {

  private Packages() {}

  /**
   * The package of the classes of a model: its folder's name with dots.
   *
   * @param model relative to the source root, with slashes
   * @return empty where a folder's name cannot be part of a package's
   */
  static Optional<String> of(String model) {
    String folder = model.substring(0, Math.max(0, model.lastIndexOf('/')));
    String name = folder.replace('/', '.');
    boolean dots = folder.contains(".");
    return name.isEmpty() || !dots && SourceVersion.isName(name, SourceVersion.RELEASE_17)
        ? Optional.of(name)
        : Optional.empty();
  }
}
