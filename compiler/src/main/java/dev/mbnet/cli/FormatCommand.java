package dev.mbnet.cli;

import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.format.Formatter;
import dev.mbnet.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "fmt",
    description = "Lays files out as every file is, and names those that change.",
    mixinStandardHelpOptions = true)
final class FormatCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "the .mbnet files")
  private List<Path> files;

  @Option(
      names = "--check",
      description = "writes nothing; exits with 1 if a file is laid out differently")
  private boolean check;

  @Override
  public Integer call() throws Exception {
    Map<Path, String> texts = new LinkedHashMap<>();
    for (Path file : files) {
      texts.put(file, read(file));
    }
    int exit = 0;
    for (Map.Entry<Path, String> entry : texts.entrySet()) {
      Path file = entry.getKey();
      Diagnostics diagnostics = new Diagnostics();
      SourceFile source = new SourceFile(file.toString().replace('\\', '/'), entry.getValue());
      Optional<String> formatted = Formatter.format(source, diagnostics);
      spec.commandLine().getErr().print(Renderer.render(diagnostics.sorted()));
      spec.commandLine().getErr().flush();
      if (formatted.isEmpty()) {
        exit = 1;
      } else if (!formatted.get().equals(entry.getValue())) {
        if (check) {
          exit = 1;
        } else {
          replace(file, formatted.get());
        }
        spec.commandLine().getOut().println(file);
      }
    }
    return exit;
  }

  private static String read(Path file) throws IOException {
    ModelFile.requireReadable(file);
    try {
      // Written back, a character that could not be read would be lost.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UserError("mbnet: " + file + " is no UTF-8 text");
    }
  }

  /** Whoever reads the file meanwhile finds the old text or the new one. */
  private static void replace(Path file, String text) throws IOException {
    Path target = file.toRealPath();
    Path fresh = Files.createTempFile(target.getParent(), ".fmt", ".mbnet");
    try {
      Files.writeString(fresh, text);
      if (Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
