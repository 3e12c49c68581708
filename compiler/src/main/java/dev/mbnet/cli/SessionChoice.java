package dev.mbnet.cli;

import dev.mbnet.compiler.Backends;
import dev.mbnet.runtime.Backend;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.SessionOptions;
import java.lang.module.ModuleFinder;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that choose which code runs, and on how many threads. */
final class SessionChoice {
  private static final String MODULE = "jdk.incubator.vector";

  @Option(
      names = "--backend",
      paramLabel = "auto|plain|vector",
      converter = Names.class,
      description =
          "the code that computes: plain Java, vectors, or plain until vectors are faster; unless"
              + " given, auto where Java was started with the module of vectors, else plain")
  private Backend backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "how many threads a run of code with vectors uses (default: ${DEFAULT-VALUE})")
  private int threads;

  /** Why the options do not go together, or null. */
  String mistake() {
    if (threads < 1) {
      return "--threads takes a number of at least 1";
    }
    return threads > 1 && chosen() == Backend.PLAIN
        ? "plain code runs on one thread; give --backend auto or vector with --threads"
        : null;
  }

  /** Whether Java has been started with the module of vectors. */
  static boolean vectorsAreHere() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** What to generate and compile for the session. */
  Backends toGenerate() {
    return toGenerate(chosen());
  }

  /** The same for any backend; javac, too, takes a JDK that has the module. */
  static Backends toGenerate(Backend backend) {
    boolean compiles = ModuleFinder.ofSystem().find(MODULE).isPresent();
    if (backend == Backend.VECTOR && !compiles) {
      throw new UserError("mbnet: vector code takes a JDK with the module " + MODULE);
    }
    return backend == Backend.PLAIN || !compiles ? Backends.PLAIN : Backends.PLAIN_AND_VECTOR;
  }

  boolean usesVectors() {
    return chosen() != Backend.PLAIN;
  }

  private Backend chosen() {
    if (backend != null) {
      return backend;
    }
    return vectorsAreHere() ? Backend.AUTO : Backend.PLAIN;
  }

  /** A session; threads besides the caller's end with the virtual machine. */
  Session open(Network network) {
    SessionOptions options = SessionOptions.defaults().backend(chosen());
    return open(network, threads == 1 ? options : options.threads(threads, daemons()));
  }

  /** A session on one thread. */
  static Session open(Network network, Backend backend) {
    return open(network, SessionOptions.defaults().backend(backend));
  }

  private static Session open(Network network, SessionOptions options) {
    try {
      return network.newSession(options);
    } catch (IllegalStateException e) {
      throw new UserError("mbnet: " + e.getMessage());
    }
  }

  private Executor daemons() {
    return Executors.newFixedThreadPool(
        threads - 1,
        task -> {
          Thread thread = new Thread(task, "mbnet");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Reads a backend as people write it. */
  static final class Names implements ITypeConverter<Backend> {
    @Override
    public Backend convert(String word) {
      return switch (word) {
        case "auto" -> Backend.AUTO;
        case "plain" -> Backend.PLAIN;
        case "vector" -> Backend.VECTOR;
        default ->
            throw new TypeConversionException(
                "there is no backend `" + word + "`; give `auto`, `plain` or `vector`");
      };
    }
  }
}
