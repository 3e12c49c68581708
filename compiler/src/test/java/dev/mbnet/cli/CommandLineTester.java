package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.runtime.SafetensorsWriter;
import dev.mbnet.testing.Jvm;
import dev.mbnet.testing.RandomWeights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A folder of files and the command line run on them. */
final class CommandLineTester {
  private final Path folder;

  CommandLineTester(Path folder) {
    this.folder = folder;
  }

  /** What a command printed, the folder's own path left out, and how it ended. */
  record Result(int exit, String out, String err) {}

  Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] resolved = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      resolved[i] = args[i].replace("@", folder + "/");
    }
    int exit = Main.execute(resolved, new PrintWriter(out), new PrintWriter(err));
    return new Result(exit, shown(out), shown(err));
  }

  /** The same in a virtual machine of its own, without any options. */
  Result start(String... args) throws IOException, InterruptedException {
    return start(List.of(), args);
  }

  /** The same in a virtual machine of its own with these options. */
  Result start(List<String> options, String... args) throws IOException, InterruptedException {
    List<String> resolved =
        Stream.of(args).map(argument -> argument.replace("@", folder + "/")).toList();
    Jvm ended = Jvm.run(options, Main.class, resolved);
    return new Result(ended.exit(), shown(ended.out()), shown(ended.err()));
  }

  private String shown(String text) {
    return text.replace(folder + "/", "@");
  }

  private String shown(StringWriter text) {
    return shown(text.toString());
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  CommandLineTester text(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  CommandLineTester bytes(String name, byte[] bytes) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.write(path(name), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CommandLineTester floats(String name, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes(name, bytes.array());
  }

  float[] floats(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(path(name));
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  CommandLineTester png(String name, BufferedImage picture) throws IOException {
    ImageIO.write(picture, "png", path(name).toFile());
    return this;
  }

  private Optional<String> read(String name) {
    try {
      return Optional.of(Files.readString(path(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seeded weights that fit the first network of a file. */
  CommandLineTester weights(String model, String name) throws IOException {
    SourceFile source = new SourceFile(model, Files.readString(path(model)));
    Compiler.Checked checked =
        Compiler.check(new Compiler.Request(source, null, List.of(), this::read));
    assertEquals("", Renderer.render(checked.diagnostics()));
    ResolvedNetwork network = checked.networks().get(0);
    Graph graph = Graph.of(network);
    Map<String, float[]> values = RandomWeights.of(graph, 7);
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Node node : graph.nodes()) {
      for (Weight weight : node.weights()) {
        int[] shape = weight.dims().stream().mapToInt(Integer::intValue).toArray();
        writer.add(weight.name(), shape, values.get(weight.name()));
      }
    }
    Files.createDirectories(path(name).getParent());
    writer.write(path(name));
    return this;
  }
}
