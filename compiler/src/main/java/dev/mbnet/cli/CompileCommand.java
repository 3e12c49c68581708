package dev.mbnet.cli;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "compile",
    description = "Writes a Java class for each network of a file.",
    mixinStandardHelpOptions = true)
final class CompileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelFile model;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "the source root to write under")
  private Path output;

  @Option(
      names = "--package",
      paramLabel = "NAME",
      defaultValue = "",
      description = "the package of the classes; none unless given")
  private String packageName;

  @Override
  public Integer call() throws Exception {
    if (!packageName.isEmpty() && !SourceVersion.isName(packageName)) {
      throw new ParameterException(
          spec.commandLine(), "`" + packageName + "` is no name for a Java package");
    }
    List<JavaFile> files = new ArrayList<>();
    for (ResolvedNetwork network : model.some(spec.commandLine().getErr())) {
      files.add(Compiler.generate(network, packageName));
    }
    for (JavaFile file : files) {
      Path target = output.resolve(file.path());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.text());
      spec.commandLine().getOut().println(target);
    }
    return 0;
  }
}
