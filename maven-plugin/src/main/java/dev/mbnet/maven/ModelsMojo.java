package dev.mbnet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.build.BuildContext;

/** What all goals that read the models of a module have in common. */
abstract class ModelsMojo extends MbnetMojo {

  /**
   * Which files of the source directories are read, as Ant patterns. All {@code .mbnet} files
   * unless given:
   *
   * <pre>{@code
   * <includes>
   *   <include>com/example/*.mbnet</include>
   * </includes>
   * }</pre>
   */
  @Parameter(property = "mbnet.includes")
  private List<String> includes;

  /**
   * Which of those are left out. They can still be imported by others.
   *
   * <pre>{@code
   * <excludes>
   *   <exclude>**&#47;draft/*.mbnet</exclude>
   * </excludes>
   * }</pre>
   */
  @Parameter(property = "mbnet.excludes")
  private List<String> excludes;

  /**
   * Values for the networks' parameters, in place of the defaults that their files give. {@code
   * name=value} is for every network that has the parameter, {@code Network.name=value} for one. A
   * value is anything the language takes there, such as {@code 0.75}, {@code 2 * 8}, {@code relu6}.
   * A name that no network of the module has ends the build.
   *
   * <pre>{@code
   * <parameters>
   *   <parameter>classes=12</parameter>
   *   <parameter>Speck.width=0.5</parameter>
   * </parameters>
   * }</pre>
   *
   * <p>On the command line commas separate them: {@code -Dmbnet.parameters=classes=12,width=0.5}.
   */
  @Parameter(property = "mbnet.parameters")
  private List<String> parameters;

  /** Ends the build at warnings about models as at errors. */
  @Parameter(property = "mbnet.fatalWarnings", defaultValue = "false")
  private boolean fatalWarnings;

  /**
   * Ends the build if the source directories have no {@code .mbnet} file, which is mostly a sign of
   * a wrong folder. Switch it off where a parent configures this goal for modules without networks.
   */
  @Parameter(property = "mbnet.failOnMissingSources", defaultValue = "true")
  private boolean failOnMissingSources;

  @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
  private PluginDescriptor plugin;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution execution;

  @Inject private BuildContext ide;
  @Inject private org.sonatype.plexus.build.incremental.BuildContext legacyIde;

  /** The configured source directories; null or empty for the default. */
  abstract List<File> sourceDirectories();

  /** Below the module's folder, where models are unless a user says otherwise. */
  String defaultSources() {
    return "src/main/mbnet";
  }

  /** Does the work and returns a line that sums it up. */
  abstract String run(Request request, Messages messages) throws IOException, Mistake;

  @Override
  final String work() throws IOException, Mistake {
    return run(request(), MavenMessages.of(getLog(), ide, legacyIde));
  }

  private Request request() throws IOException, Mistake {
    File usual = project.getBasedir().toPath().resolve(defaultSources()).toFile();
    List<File> folders = Configured.list("sourceDirectories", sourceDirectories(), List.of(usual));
    return new Request(
        new Sources(
            folders.stream().map(File::toPath).toList(),
            Configured.list("includes", includes, List.of("**/*.mbnet")),
            Configured.list("excludes", excludes, List.of())),
        Configured.list("parameters", parameters, List.of()),
        dependencies(),
        Sources.usual(project.getBasedir().toPath()),
        fatalWarnings,
        failOnMissingSources);
  }

  /** The jars and folders that imports may be in. */
  List<Path> dependencies() {
    return Dependencies.of(project);
  }

  /** Which plugin this is. */
  final String plugin() throws IOException {
    return PluginVersion.of(plugin.getVersion());
  }

  /** Where this execution of the goal keeps what the next run has to know. */
  final Path stateFile() {
    String name = execution.getGoal() + "-" + execution.getExecutionId() + ".json";
    return ownFolder().resolve(name);
  }

  /** Lets an IDE know of files that have changed. */
  void refresh(File folder) {
    ide.refresh(folder);
  }
}
