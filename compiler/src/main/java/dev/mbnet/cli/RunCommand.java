package dev.mbnet.cli;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.files.WholeFile;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.TensorInfo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = "Runs a network on a picture (--image) or on a tensor (--tensor).",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelFile model;
  @Mixin private SessionChoice choice;

  @Option(
      names = "--image",
      paramLabel = "PICTURE",
      description = "runs on this PNG, JPEG, GIF or BMP file of any size")
  private Path image;

  @Option(
      names = "--rotate",
      paramLabel = "DEGREES",
      description = "turns the picture clockwise by 0, 90, 180 or 270 degrees first")
  private Integer rotate;

  @Option(
      names = "--tensor",
      paramLabel = "IN.bin",
      description =
          "runs on this input, little-endian float32 [h][w][c], as the first layer sees it")
  private Path tensor;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "the trained weights, a safetensors file; unless given, the one of the .mbnet file's or of"
              + " the network's name beside the .mbnet file or in what its Maven module has built")
  private Path weights;

  @Option(
      names = "--output",
      paramLabel = "OUT.bin",
      description =
          "writes the outputs as little-endian float32 [h][w][c], one after another as declared")
  private Path output;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "5",
      description = "shows the K most probable classes (default: ${DEFAULT-VALUE})")
  private int top;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "runs N times more, with vectors after a warm-up, and shows the median time of those")
  private int repeat;

  @Option(names = "--json", description = "prints one JSON object")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    checkUsage();
    ResolvedNetwork network = model.one(spec.commandLine().getErr());
    BufferedImage picture = picture(network);
    if (output != null) {
      WholeFile.check(output);
    }
    Path weightsFile = WeightsFile.of(model.path(), network.name(), weights);

    Network loaded;
    Session session;
    Timing timing;
    try (Progress progress = Progress.on(spec.commandLine().getErr())) {
      progress.show("reading " + weightsFile.getFileName());
      Safetensors tensors = WeightsFile.read(weightsFile);
      progress.show("compiling " + network.name());
      NetworkLoader compiled =
          NetworkLoader.compile(Compiler.generate(network, "", choice.toGenerate()));
      progress.show("loading " + network.name());
      loaded = compiled.load(tensors);
      float[] input = input(loaded, picture);
      session = choice.open(loaded);
      progress.show("running " + network.name());
      Runnable warmUp = choice.usesVectors() ? session::warmUp : () -> {};
      timing = Timing.of(() -> session.run(input), warmUp, repeat);
    }
    if (output != null) {
      RawFloats.write(output, session, loaded.outputs().size());
    }
    RunReport report = new RunReport(network.name(), loaded, session, top, timing);
    if (json) {
      spec.commandLine().getOut().println(report.json());
    } else {
      spec.commandLine().getOut().print(report.text());
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private void checkUsage() {
    check((image == null) != (tensor == null), "give either --image or --tensor");
    check(rotate == null || image != null, "--rotate turns a picture; give --image");
    check(rotate == null || Picture.TURNS.contains(rotate), "--rotate takes 0, 90, 180 or 270");
    check(top >= 1, "--top takes a number of at least 1");
    check(repeat >= 0, "--repeat takes a number of at least 0");
    check(choice.mistake() == null, choice.mistake());
  }

  private void check(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** The picture as it goes in, or null for a tensor. */
  private BufferedImage picture(ResolvedNetwork network) throws IOException {
    if (image == null) {
      return null;
    }
    if (network.preprocessing() == null) {
      throw new UserError(
          "mbnet: the input `"
              + network.input().path()
              + "` of network `"
              + network.name()
              + "` does not say how pictures become it\n"
              + "declare `color`, `resize`, `mean` and `std` in its braces, or use `--tensor`");
    }
    return Picture.turn(Picture.read(image), rotate == null ? 0 : rotate);
  }

  private float[] input(Network loaded, BufferedImage picture) throws IOException {
    TensorInfo info = loaded.input();
    if (picture == null) {
      return RawFloats.read(tensor, info);
    }
    float[] input = new float[info.length()];
    loaded.imageInput().orElseThrow().read(picture, input);
    return input;
  }
}
