package dev.mbnet.maven;

import dev.mbnet.compiler.Backends;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugins.annotations.Parameter;

/** What the two goals that write classes have in common. */
abstract class AbstractGenerateMojo extends ModelsMojo {

  /**
   * The package of all classes. Unless given it is the folder's: the networks of {@code
   * src/main/mbnet/com/example/mobile.mbnet} go to {@code com.example}.
   */
  @Parameter(property = "mbnet.packageName")
  private String packageName;

  /**
   * What to generate. {@code plain} writes a class {@code Name} for each network, which runs on any
   * Java from 17 on. {@code plain,vector} also writes {@code NameVectors} beside it, which computes
   * with {@code jdk.incubator.vector}, several times as fast; {@code Name} moves to it by itself.
   * Plain code is always part.
   *
   * <p>Vectors are a module of the JDK that has to be asked for twice. Of javac, or it does not
   * find the package {@code jdk.incubator.vector}:
   *
   * <pre>{@code
   * <plugin>
   *   <artifactId>maven-compiler-plugin</artifactId>
   *   <configuration>
   *     <compilerArgs>
   *       <arg>--add-modules</arg>
   *       <arg>jdk.incubator.vector</arg>
   *     </compilerArgs>
   *   </configuration>
   * </plugin>
   * }</pre>
   *
   * <p>And of Java when the application runs: {@code java --add-modules jdk.incubator.vector ...}.
   * Without it the plain code runs, and the logger {@code dev.mbnet} says so once.
   *
   * <p>javac warns of the module whenever it is added, and {@code -Werror} makes an error of that.
   * From JDK 25 on {@code -Xlint:all,-incubating} stops the warning. Before that, compile the files
   * {@code *Vectors.java} by themselves first, in an execution without {@code -Werror}; the README
   * shows how.
   *
   * <p>Going back to {@code plain} deletes {@code NameVectors.java} and {@code
   * NameAvx2Vectors.java}.
   */
  @Parameter(property = "mbnet.backends", defaultValue = "plain")
  private String backends;

  /**
   * Packs the {@code .mbnet} files and the lists of labels that they name into the module's jar,
   * under their paths from the source directory, so that modules that depend on it can import them.
   */
  @Parameter(property = "mbnet.packSources", defaultValue = "true")
  private boolean packSources;

  /** The source root to write to. */
  abstract File outputDirectory();

  abstract void addSourceRoot(String folder);

  abstract void addResource(Resource resource);

  @Override
  final void prepare() {
    // Even without a class, so that a module with `skip` compiles against those it has.
    addSourceRoot(outputDirectory().getPath());
  }

  @Override
  final String run(Request request, Messages messages) throws IOException, Mistake {
    Generator.Outcome outcome =
        new Generator(
                request,
                outputDirectory().toPath(),
                classes(),
                stateFile(),
                packageName,
                backends(),
                plugin(),
                messages)
            .run();
    if (packSources) {
      outcome.packed().forEach((root, names) -> addResource(resource(root, names)));
    }
    outcome.written().forEach(file -> getLog().debug("Wrote " + file));
    outcome.deleted().forEach(file -> getLog().debug("Deleted " + file));
    if (!outcome.written().isEmpty() || !outcome.deleted().isEmpty()) {
      refresh(outputDirectory());
    }
    return summary(outcome);
  }

  private static String summary(Generator.Outcome outcome) {
    String models = Messages.count(outcome.models(), "model");
    if (outcome.upToDate()) {
      return outcome.models() == 0 ? "No models" : models + " up to date";
    }
    StringBuilder line = new StringBuilder("Compiled ").append(models).append(": ");
    int written = outcome.written().size();
    int deleted = outcome.deleted().size();
    line.append(written == 0 ? "no class is new" : classes(written, "written"));
    return line.append(deleted == 0 ? "" : ", " + classes(deleted, "deleted")).toString();
  }

  private static String classes(int number, String done) {
    return number + (number == 1 ? " class " : " classes ") + done;
  }

  private Backends backends() throws Mistake {
    try {
      return Backends.parse(backends);
    } catch (IllegalArgumentException e) {
      throw new Mistake("`backends`: " + e.getMessage());
    }
  }

  private static Resource resource(Path root, List<String> names) {
    Resource resource = new Resource();
    resource.setDirectory(root.toString());
    resource.setIncludes(names);
    return resource;
  }
}
