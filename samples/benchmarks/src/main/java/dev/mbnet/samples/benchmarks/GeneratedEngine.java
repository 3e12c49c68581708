package dev.mbnet.samples.benchmarks;

import dev.mbnet.cli.NetworkLoader;
import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.Compiler;
import dev.mbnet.runtime.Network;
import dev.mbnet.testing.RandomWeights;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The class that the compiler makes of a network, with one of its backends. */
final class GeneratedEngine implements Engine {
  private final String backend;
  private final Network network;

  GeneratedEngine(String backend, Network network) {
    this.backend = backend;
    this.network = network;
  }

  /** Generates, compiles and loads the class of a network. */
  static Network compile(Subject subject) {
    try {
      return NetworkLoader.compile(
              Compiler.generate(subject.network(), "", Backends.PLAIN_AND_VECTOR))
          .load(RandomWeights.file(subject.graph(), subject.weights()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return backend;
  }

  @Override
  public Contestant prepare(Subject subject, int threads, int batch) {
    return prepare(network, backend, threads, batch);
  }

  /** Makes a network with its weights ready to run. */
  static Contestant prepare(Network network, String backend, int threads, int batch) {
    return new ImageParts(network, backend, threads, batch);
  }
}
