package dev.mbnet.maven;

import java.util.List;

/** Lists as a build configures them. */
final class Configured {

  private Configured() {}

  /**
   * What is configured, or else what is usual.
   *
   * @param name of the goal's parameter
   * @param configured may be null
   * @throws Mistake if an element is empty, as in {@code <include/>}, of which Maven makes null
   */
  static <T> List<T> list(String name, List<T> configured, List<T> usual) throws Mistake {
    if (configured == null || configured.isEmpty()) {
      return usual;
    }
    if (configured.stream().anyMatch(one -> one == null)) {
      throw new Mistake("`" + name + "` has an empty element; fill it in or take it out");
    }
    return configured;
  }
}
