package dev.mbnet.maven;

/** One of the module's dependencies with weights, as the goal {@code weights} is told of it. */
public final class WeightsDependency {
  /** As {@code groupId:artifactId}. */
  String artifact;

  /** Where the file goes below the classes, as {@code com/example/speck.safetensors}. */
  String to;

  /** What the file's SHA-256 has to be; unless given, what was published with it. */
  String sha256;
}
