package dev.mbnet.maven;

import java.io.File;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;

/** What goals that read the module's own models have in common, but for the one that compiles. */
abstract class MainModelsMojo extends ModelsMojo {

  /** The folders with {@code .mbnet} files. Unless given, {@code src/main/mbnet}. */
  @Parameter(property = "mbnet.sourceDirectories")
  private List<File> sourceDirectories;

  @Override
  final List<File> sourceDirectories() {
    return sourceDirectories;
  }
}
