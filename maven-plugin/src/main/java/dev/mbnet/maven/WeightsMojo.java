package dev.mbnet.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * Puts weights that are dependencies of the module among its classes, where generated classes read
 * them with {@code loadResource}, and checks their checksums. Such a dependency has the type {@code
 * safetensors}; the goal {@code import} attaches one with {@code <attach>}:
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>com.example</groupId>
 *   <artifactId>speck</artifactId>
 *   <version>1.0</version>
 *   <classifier>weights</classifier>
 *   <type>safetensors</type>
 * </dependency>
 * }</pre>
 */
@Mojo(
    name = "weights",
    defaultPhase = LifecyclePhase.PROCESS_RESOURCES,
    requiresDependencyResolution = ResolutionScope.RUNTIME,
    threadSafe = true)
public final class WeightsMojo extends MbnetMojo {

  /**
   * What is special about some of the weights. Unless {@code to} is given, they go to {@code
   * artifactId.safetensors} at the root. Unless {@code sha256} is given, the checksum is the one
   * that was published beside the weights, an artifact of the type {@code safetensors.sha256}.
   *
   * <pre>{@code
   * <weights>
   *   <weight>
   *     <artifact>com.example:speck</artifact>
   *     <to>com/example/speck.safetensors</to>
   *     <sha256>...</sha256>
   *   </weight>
   * </weights>
   * }</pre>
   */
  @Parameter private List<WeightsDependency> weights;

  @Parameter(defaultValue = "${repositorySystemSession}", readonly = true, required = true)
  private RepositorySystemSession session;

  @Parameter(defaultValue = "${project.remoteProjectRepositories}", readonly = true)
  private List<RemoteRepository> repositories;

  @Inject private RepositorySystem repositorySystem;

  @Override
  String work() throws IOException, Mistake {
    List<Artifact> artifacts =
        project.getArtifacts().stream().filter(a -> a.getType().equals("safetensors")).toList();
    checkConfiguration(artifacts);
    Map<Path, Artifact> targets = new LinkedHashMap<>();
    for (Artifact artifact : artifacts) {
      Path to = target(artifact);
      Artifact other = targets.put(to, artifact);
      if (other != null) {
        throw new Mistake(
            "the weights %s and %s would both become %s; give one of them another `to`"
                .formatted(other, artifact, to));
      }
    }
    int written = 0;
    for (Map.Entry<Path, Artifact> target : targets.entrySet()) {
      written += copy(target.getValue(), target.getKey()) ? 1 : 0;
    }
    return Messages.count(artifacts.size(), "file") + " of weights, " + written + " written";
  }

  private void checkConfiguration(List<Artifact> artifacts) throws Mistake {
    List<String> names = artifacts.stream().map(WeightsMojo::name).toList();
    if (names.isEmpty()) {
      throw new Mistake("the module has no dependency of the type `safetensors`");
    }
    for (WeightsDependency one : configured()) {
      if (!names.contains(one.artifact)) {
        String what =
            one.artifact == null ? "has a `weight` without `artifact`" : "names " + one.artifact;
        throw new Mistake(
            "`weights` %s; the dependencies of the type `safetensors` are %s"
                .formatted(what, String.join(", ", names)));
      }
    }
  }

  private List<WeightsDependency> configured() throws Mistake {
    return Configured.list("weights", weights, List.of());
  }

  /** What is said of an artifact, which may be nothing. */
  private WeightsDependency own(Artifact artifact) throws Mistake {
    return configured().stream()
        .filter(one -> name(artifact).equals(one.artifact))
        .findFirst()
        .orElseGet(WeightsDependency::new);
  }

  private Path target(Artifact artifact) throws Mistake {
    WeightsDependency own = own(artifact);
    Path classes = classes().normalize();
    String name = own.to == null ? artifact.getArtifactId() + ".safetensors" : own.to;
    Path to = classes.resolve(name).normalize();
    if (!to.startsWith(classes) || to.equals(classes)) {
      throw new Mistake("`to` names " + name + ", which is no file below " + classes);
    }
    return to;
  }

  private boolean copy(Artifact artifact, Path to) throws IOException, Mistake {
    WeightsDependency own = own(artifact);
    byte[] bytes = Files.readAllBytes(artifact.getFile().toPath());
    String found = Sha256.of(bytes);
    String wanted =
        own.sha256 == null ? published(artifact, found) : Checksum.of(own.sha256, "`sha256`");
    if (!found.equals(wanted)) {
      throw new Mistake(
          "the weights %s are not those published: their SHA-256 is %s, not %s"
              .formatted(artifact, found, wanted));
    }
    return Output.write(to, bytes);
  }

  private String published(Artifact artifact, String found) throws IOException, Mistake {
    org.eclipse.aether.artifact.Artifact weights = RepositoryUtils.toArtifact(artifact);
    org.eclipse.aether.artifact.Artifact checksum =
        new DefaultArtifact(
            weights.getGroupId(),
            weights.getArtifactId(),
            weights.getClassifier(),
            Checksum.TYPE,
            weights.getBaseVersion());
    try {
      ArtifactRequest request = new ArtifactRequest(checksum, repositories, null);
      return Checksum.read(
          repositorySystem.resolveArtifact(session, request).getArtifact().getFile().toPath());
    } catch (ArtifactResolutionException e) {
      throw new Mistake(
          ("the weights %s were published without a checksum; if they are those you want, pin"
                  + " them: <sha256>%s</sha256>")
              .formatted(artifact, found));
    }
  }

  private static String name(Artifact artifact) {
    return artifact.getGroupId() + ":" + artifact.getArtifactId();
  }
}
