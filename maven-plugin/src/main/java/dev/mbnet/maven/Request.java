package dev.mbnet.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What every goal that reads models is asked for.
 *
 * @param parameters values for networks' parameters; see {@link Settings}
 * @param dependencies jars and folders that the models' imports may be in
 * @param others models of other goals, which may be given the same parameters
 * @param fatalWarnings whether a warning ends the build as an error does
 * @param failOnMissingSources whether no model does
 */
record Request(
    Sources sources,
    List<String> parameters,
    List<Path> dependencies,
    List<Model> others,
    boolean fatalWarnings,
    boolean failOnMissingSources) {

  /** A digest of {@code more} and of what is asked of models, but for the models themselves. */
  String digest(String... more) {
    return Sha256.of(String.join("\n", more) + "\n" + parameters + "\n" + fatalWarnings);
  }

  /** The models, of which there have to be some where that was asked for. */
  List<Model> models() throws IOException, Mistake {
    List<Model> models = sources.models();
    if (models.isEmpty() && failOnMissingSources) {
      throw sources.none();
    }
    return models;
  }
}
