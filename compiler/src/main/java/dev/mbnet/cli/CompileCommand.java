package dev.mbnet.cli;

import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  @Option(
      names = "--backends",
      paramLabel = "plain,vector",
      defaultValue = "plain",
      description = {
        "what to generate: `plain` writes NAME.java, for any Java from 17 on; `plain,vector` also"
            + " writes NAMEVectors.java, which runs where Java is started with --add-modules"
            + " jdk.incubator.vector, and takes the same option of javac (default:"
            + " ${DEFAULT-VALUE})"
      })
  private String backends;

  @Override
  public Integer call() throws Exception {
    if (!packageName.isEmpty() && !SourceVersion.isName(packageName)) {
      throw new ParameterException(
          spec.commandLine(), "`" + packageName + "` is no name for a Java package");
    }
    Backends kinds = kinds();
    Map<String, String> origins = new HashMap<>();
    List<JavaFile> files = new ArrayList<>();
    for (ResolvedNetwork network : model.some(spec.commandLine().getErr())) {
      for (JavaFile file : Compiler.generate(network, packageName, kinds)) {
        String other = origins.put(file.className(), network.name());
        if (other != null) {
          throw new UserError(
              "mbnet: the networks `%s` and `%s` would both become the class %s; rename one"
                  .formatted(other, network.name(), file.className()));
        }
        files.add(file);
      }
    }
    for (JavaFile file : files) {
      Path target = output.resolve(file.path());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.text());
      spec.commandLine().getOut().println(target);
    }
    return 0;
  }

  private Backends kinds() {
    try {
      return Backends.parse(backends);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--backends: " + e.getMessage());
    }
  }
}
