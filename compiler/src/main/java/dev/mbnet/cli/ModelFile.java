package dev.mbnet.cli;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.files.DiskTexts;
import dev.mbnet.files.InputFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every command that reads a network. */
final class ModelFile {
  @Parameters(index = "0", paramLabel = "FILE", description = "the .mbnet file")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "gives a parameter of every network another value, or, as NETWORK.NAME=VALUE, of one;"
              + " repeatable")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "picks one of the file's networks")
  private String network;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description =
          "jars and folders to look for imports in that do not lie beside the file; repeatable")
  private List<String> path = new ArrayList<>();

  Path path() {
    return file;
  }

  /** All networks asked for; what is wrong with them goes to {@code err} and ends the command. */
  List<ResolvedNetwork> networks(PrintWriter err) throws IOException {
    requireReadable(file);
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    SourceFile source = new SourceFile(file.toString().replace('\\', '/'), text);
    Compiler.Checked checked =
        Compiler.check(new Compiler.Request(source, network, settings, texts()));
    err.print(Renderer.render(checked.diagnostics()));
    err.flush();
    if (checked.hasErrors()) {
      int errors = checked.errors().size();
      throw new UserError("\n" + errors + (errors == 1 ? " error" : " errors") + " in " + file);
    }
    return checked.networks();
  }

  /** All networks asked for, of which there has to be one. */
  List<ResolvedNetwork> some(PrintWriter err) throws IOException {
    List<ResolvedNetwork> networks = networks(err);
    if (networks.isEmpty()) {
      throw new UserError(
          "mbnet: "
              + file
              + " has only blocks and families of networks, for others to use; name a family with"
              + " --network and give its parameters with --set");
    }
    return networks;
  }

  /** The one network asked for; without {@code --network}, the file's first. */
  ResolvedNetwork one(PrintWriter err) throws IOException {
    return some(err).get(0);
  }

  /** Refuses folders, and files too large to be a network. */
  static void requireReadable(Path file) throws IOException {
    InputFile.refuseFolder(file, "an .mbnet file");
    if (Files.size(file) > DiskTexts.LARGEST) {
      throw new UserError(
          "mbnet: " + file + " has " + Files.size(file) + " bytes; is it an .mbnet file?");
    }
  }

  private DiskTexts texts() {
    List<Path> places = new ArrayList<>();
    for (String part : String.join(File.pathSeparator, path).split(File.pathSeparator)) {
      if (!part.isEmpty()) {
        Path place = Path.of(part);
        if (!Files.exists(place)) {
          throw new UserError("mbnet: --path names " + part + ", which does not exist");
        }
        places.add(place);
      }
    }
    return new DiskTexts(file, places);
  }
}
