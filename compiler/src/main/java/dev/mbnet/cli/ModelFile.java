package dev.mbnet.cli;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every command that reads a network. */
final class ModelFile {
  private static final long LARGEST = 16 << 20;

  @Parameters(index = "0", paramLabel = "FILE", description = "the .mbnet file")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "gives a parameter of the network another value; repeatable")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "picks one of the file's networks")
  private String network;

  Path path() {
    return file;
  }

  /** All networks asked for; what is wrong with them goes to {@code err} and ends the command. */
  List<ResolvedNetwork> networks(PrintWriter err) throws IOException {
    requireReadable(file);
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    SourceFile source = new SourceFile(file.toString().replace('\\', '/'), text);
    Compiler.Checked checked =
        Compiler.check(new Compiler.Request(source, network, settings, this::beside));
    err.print(Renderer.render(checked.diagnostics()));
    err.flush();
    if (checked.hasErrors()) {
      long errors = checked.diagnostics().stream().filter(d -> d.isError()).count();
      throw new UserError("\n" + errors + (errors == 1 ? " error" : " errors") + " in " + file);
    }
    return checked.networks();
  }

  /** The one network asked for; without {@code --network}, the file's first. */
  ResolvedNetwork one(PrintWriter err) throws IOException {
    return networks(err).get(0);
  }

  /** Refuses folders, and files too large to be a network. */
  static void requireReadable(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new UserError("mbnet: " + file + " is a folder; name an .mbnet file");
    }
    if (Files.size(file) > LARGEST) {
      throw new UserError(
          "mbnet: " + file + " has " + Files.size(file) + " bytes; is it an .mbnet file?");
    }
  }

  private Optional<String> beside(String relative) {
    try {
      Path path = file.resolveSibling(relative);
      return Files.isRegularFile(path) && Files.size(path) <= LARGEST
          ? Optional.of(new String(Files.readAllBytes(path), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
