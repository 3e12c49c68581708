package dev.mbnet.maven;

import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Values for networks' parameters from a build. Not thread-safe. */
final class Settings {
  private final List<String> given;
  private final Set<String> unused;
  private final Set<String> known = new TreeSet<>();

  /**
   * @param given {@code name=value} for every network that has the parameter, or {@code
   *     Network.name=value}
   */
  Settings(List<String> given) throws Mistake {
    for (String setting : given) {
      if (!setting.matches("(?s)\\s*[^=\\s]+\\s*=.*\\S.*")) {
        throw new Mistake(
            "`parameters` takes `name=value` or `Network.name=value`, not `" + setting + "`");
      }
    }
    this.given = given.stream().map(String::strip).toList();
    this.unused = new TreeSet<>(this.given);
  }

  /** Those for the networks of a file, each with the name of its network. */
  List<String> of(FileSyntax file) {
    List<String> settings = new ArrayList<>();
    for (NetworkSyntax network : file.networks()) {
      String prefix = network.name().text() + ".";
      List<String> names = network.parameters().stream().map(p -> p.name().text()).toList();
      names.forEach(
          name -> {
            known.add(name);
            known.add(prefix + name);
          });
      for (String setting : given) {
        String key = setting.substring(0, setting.indexOf('=')).strip();
        String own = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
        if (names.contains(own)) {
          unused.remove(setting);
          settings.add(prefix + own + setting.substring(setting.indexOf('=')));
        }
      }
    }
    return settings;
  }

  /**
   * Refuses what was for no network; called after all files.
   *
   * @param others models that other goals may read, whose parameters may be given to this one, too
   */
  void checkUsed(List<Model> others) throws IOException, Mistake {
    if (!unused.isEmpty()) {
      for (Model model : others) {
        of(model.syntax());
      }
    }
    for (String setting : unused) {
      String key = setting.substring(0, setting.indexOf('=')).strip();
      String names = known.isEmpty() ? "none has any" : "there are " + Suggestions.list(known);
      throw new Mistake(
          "`parameters` has `%s`, but no network has a parameter `%s`; %s"
              .formatted(setting, key, Suggestions.didYouMean(key, known, names)));
    }
  }
}
