package dev.mbnet.cli;

import com.google.gson.GsonBuilder;
import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.VectorPlan;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.summary.PlanSummary;
import dev.mbnet.compiler.summary.PlanTable;
import dev.mbnet.files.OutputFolder;
import dev.mbnet.files.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.ArgGroup;
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
      description = "the source root to write under; with --explain-plan it may be left out")
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
            + " writes NAMEVectors.java and, for processors with fewer registers,"
            + " NAMEAvx2Vectors.java, which run where Java is started with --add-modules"
            + " jdk.incubator.vector, and take the same option of javac (default:"
            + " ${DEFAULT-VALUE})"
      })
  private String backends;

  @ArgGroup(exclusive = false)
  private Explained explained = new Explained();

  /** What is printed in place of the names of written files. */
  private static final class Explained {
    @Option(
        names = "--explain-plan",
        required = true,
        description = {
          "prints how code with vectors computes each network, and writes only where -o is given:"
              + " which layers run together, the tile of pixels and vectors that a matrix product"
              + " keeps in registers, bytes of weights, of what lies between layers and of whole"
              + " tensors, and the cycles that one core should take"
        })
    private boolean plan;

    @Option(
        names = "--measure",
        description =
            "also runs each network with random weights on one thread and prints each region's"
                + " time and speed, next to the multiply-adds that this core does at its peak;"
                + " takes Java started with --add-modules jdk.incubator.vector")
    private boolean measure;

    @Option(
        names = "--processor",
        paramLabel = "avx512|avx2",
        converter = RegionTimes.Processors.class,
        description =
            "the processor to explain code for: `avx512` has 32 vector registers, as ARM has,"
                + " `avx2` has 16 (default: avx512; with --measure this machine's)")
    private Processor processor;

    @Option(
        names = "--json",
        description = "prints the plans as a JSON array, an object for each network")
    private boolean json;
  }

  @Override
  public Integer call() throws Exception {
    if (!packageName.isEmpty() && !SourceVersion.isName(packageName, SourceVersion.RELEASE_17)) {
      throw new ParameterException(
          spec.commandLine(), "`" + packageName + "` is no name for a Java package");
    }
    if (output == null && !explained.plan) {
      throw new ParameterException(
          spec.commandLine(), "give --output=DIR, or --explain-plan to write nothing");
    }
    Backends kinds = kinds();
    List<ResolvedNetwork> networks = model.some(spec.commandLine().getErr());
    if (output != null) {
      OutputFolder.check(output);
    }
    List<JavaFile> files = output == null ? List.of() : generate(networks, kinds);
    if (explained.plan) {
      explain(networks);
    }
    for (JavaFile file : files) {
      Path target = output.resolve(file.path());
      OutputFolder.create(target.getParent());
      WholeFile.write(target, file.text().getBytes(StandardCharsets.UTF_8));
      if (!explained.plan) {
        spec.commandLine().getOut().println(target);
      }
    }
    return 0;
  }

  /** All classes, before any is written. */
  private List<JavaFile> generate(List<ResolvedNetwork> networks, Backends kinds) {
    Map<String, String> origins = new HashMap<>();
    List<JavaFile> files = new ArrayList<>();
    for (ResolvedNetwork network : networks) {
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
    return files;
  }

  private void explain(List<ResolvedNetwork> networks) throws IOException {
    List<PlanSummary> plans = new ArrayList<>();
    Processor processor = explained.processor;
    if (explained.measure) {
      processor = RegionTimes.processor(processor);
    } else if (processor == null) {
      processor = Processor.AVX512;
    }
    try (Progress progress = Progress.on(spec.commandLine().getErr())) {
      for (ResolvedNetwork network : networks) {
        VectorPlan plan = Compiler.planVectors(network, processor);
        plans.add(
            explained.measure
                ? RegionTimes.measure(network, plan, progress)
                : PlanSummary.of(network.name(), plan));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (explained.json) {
      out.println(
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(plans));
    } else {
      out.print(plans.stream().map(PlanTable::text).collect(Collectors.joining("\n")));
    }
    out.flush();
  }

  private Backends kinds() {
    try {
      return Backends.parse(backends);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--backends: " + e.getMessage());
    }
  }
}
