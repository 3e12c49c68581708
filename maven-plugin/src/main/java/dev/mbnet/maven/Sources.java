package dev.mbnet.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.plexus.util.DirectoryScanner;

/**
 * The models of a module.
 *
 * @param folders source roots, of which some may not exist
 * @param includes Ant patterns of files from their root, such as {@code **}{@code /*.mbnet}
 * @param excludes likewise
 */
record Sources(List<Path> folders, List<String> includes, List<String> excludes) {

  /** The models of a module that lie in the usual folders, those for tests, too. */
  static List<Model> usual(Path module) throws IOException, Mistake {
    List<Model> models = new ArrayList<>();
    for (String folder : List.of("src/main/mbnet", "src/test/mbnet")) {
      List<Path> root = List.of(module.resolve(folder));
      models.addAll(new Sources(root, List.of("**/*.mbnet"), List.of()).models());
    }
    return models;
  }

  /**
   * Root by root, each in the order of names.
   *
   * @throws Mistake if two roots have a file of the same name, which would be one in a jar
   */
  List<Model> models() throws IOException, Mistake {
    Map<String, Model> byName = new LinkedHashMap<>();
    for (Path folder : folders) {
      for (String name : names(folder)) {
        Model model = Model.of(folder, folder.resolve(name));
        Model other = byName.putIfAbsent(model.name(), model);
        if (other != null && !other.file().equals(model.file())) {
          throw new Mistake(
              "%s is in two source directories, %s and %s; rename one of the files"
                  .formatted(name, other.root(), model.root()));
        }
      }
    }
    return new ArrayList<>(byName.values());
  }

  private List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    DirectoryScanner scanner = new DirectoryScanner();
    scanner.setBasedir(folder.toFile());
    scanner.setIncludes(includes.toArray(String[]::new));
    scanner.setExcludes(excludes.toArray(String[]::new));
    scanner.addDefaultExcludes();
    scanner.scan();
    return Arrays.stream(scanner.getIncludedFiles()).sorted().toList();
  }

  /** That there are none, and what to do. */
  Mistake none() {
    List<String> places = folders.stream().map(Path::toString).toList();
    return new Mistake(
        "no .mbnet files: nothing like %s in %s; add one, or set `failOnMissingSources` to false"
            .formatted(String.join(", ", includes), String.join(", ", places)));
  }
}
