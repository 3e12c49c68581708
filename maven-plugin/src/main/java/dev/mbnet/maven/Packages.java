package dev.mbnet.maven;

import java.util.Optional;
import javax.lang.model.SourceVersion;

/** Packages from folders. */
final class Packages {

  private Packages() {}

  /** Refuses what cannot be the package of all classes; null for each folder's is fine. */
  static void check(String packageName) throws Mistake {
    if (packageName != null && !SourceVersion.isName(packageName, SourceVersion.RELEASE_17)) {
      throw new Mistake("`packageName`: `" + packageName + "` is no name for a Java package");
    }
  }

  /**
   * The package of the classes of a model.
   *
   * @param packageName of all classes, or null for each folder's
   * @return empty where there is none, which is an error that {@code messages} has
   */
  static Optional<String> of(Model model, String packageName, Messages messages) {
    Optional<String> found = packageName == null ? of(model.name()) : Optional.of(packageName);
    if (found.isEmpty()) {
      messages.error(
          model.file(),
          "the folder's name cannot be a Java package; rename it, or set `packageName`");
    }
    return found;
  }

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
