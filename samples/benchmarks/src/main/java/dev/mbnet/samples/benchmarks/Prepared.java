package dev.mbnet.samples.benchmarks;

import dev.mbnet.cli.NetworkLoader;
import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.export.OnnxModel;
import dev.mbnet.runtime.Network;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A network in files, as an application would ship it to each engine: compiled classes and weights,
 * an ONNX model, a LiteRT model.
 *
 * @param folder holds all of them
 */
record Prepared(Path folder, String network) {

  /**
   * Writes the files.
   *
   * @param whole the class path to take from; its folders become jars
   */
  static Prepared write(Subject subject, Path folder, String whole) throws IOException {
    Prepared prepared = new Prepared(folder, subject.name());
    Files.createDirectories(folder);
    NetworkLoader code =
        NetworkLoader.compile(Compiler.generate(subject.network(), "", Backends.PLAIN_AND_VECTOR));
    Map<String, byte[]> classes = new TreeMap<>();
    code.classes().forEach((name, bytes) -> classes.put(name + ".class", bytes));
    Jars.write(classes, prepared.classes());
    for (String entry : whole.split(File.pathSeparator)) {
      if (new File(entry).isDirectory()) {
        Jars.write(Jars.files(Path.of(entry)), prepared.own(entry));
      }
    }
    Zoo.write(subject.graph(), subject.weights(), prepared.weights());
    Files.write(prepared.onnx(), OnnxModel.of(subject.graph(), subject.weights(), 1).bytes());
    Files.write(prepared.liteRt(), LiteRtWriter.write(subject, 1));
    return prepared;
  }

  /** The jar of generated classes. */
  Path classes() {
    return folder.resolve(network + ".jar");
  }

  /** The jar of a folder of the class path: an AOT cache takes nothing but jars. */
  private Path own(String entry) {
    return folder.resolve("own-" + Integer.toHexString(entry.hashCode()) + ".jar");
  }

  Path weights() {
    return folder.resolve(network + ".safetensors");
  }

  Path onnx() {
    return folder.resolve(network + ".onnx");
  }

  Path liteRt() {
    return folder.resolve(network + ".tflite");
  }

  /** Loads the network into an engine, for one image and one thread. */
  Contestant load(String engine) throws IOException, ReflectiveOperationException {
    return switch (engine) {
      case OnnxRuntimeEngine.NAME -> OnnxRuntimeEngine.prepare(Files.readAllBytes(onnx()), 1);
      case LiteRtEngine.NAME -> LiteRtEngine.prepare(Files.readAllBytes(liteRt()), 1, 1);
      default -> GeneratedEngine.prepare(loadClass(), engine, 1, 1);
    };
  }

  /**
   * A class path of what an application with that engine needs, and the measuring itself.
   *
   * @param whole the class path to take from
   */
  String classPath(String engine, String whole) {
    List<String> jars = jars(engine);
    String taken =
        Arrays.stream(whole.split(File.pathSeparator))
            .map(entry -> new File(entry).isDirectory() ? own(entry).toString() : entry)
            .filter(
                entry ->
                    Path.of(entry).startsWith(folder)
                        || jars.stream().anyMatch(new File(entry).getName()::startsWith))
            .collect(Collectors.joining(File.pathSeparator));
    return classes() + File.pathSeparator + taken;
  }

  /** How the names of the jars that an engine brings begin. */
  static List<String> jars(String engine) {
    return switch (engine) {
      case OnnxRuntimeEngine.NAME -> List.of("onnxruntime-");
      case LiteRtEngine.NAME -> List.of("tensorflow-lite-", "javacpp-");
      default -> List.of("mbnet-runtime-");
    };
  }

  /** The generated class with its weights. */
  Network loadClass() throws ReflectiveOperationException {
    return (Network) Class.forName(network).getMethod("load", Path.class).invoke(null, weights());
  }
}
