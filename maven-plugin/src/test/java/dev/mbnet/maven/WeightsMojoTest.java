package dev.mbnet.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsMojoTest {
  private static final String SPECK = "com.example:speck:safetensors:weights:1.0:compile";

  @TempDir Path folder;
  private final Set<Artifact> dependencies = new LinkedHashSet<>();
  private final List<WeightsDependency> configured = new ArrayList<>();
  private Path classes;

  /** The repository's file with the checksum, if it has one. */
  private Path checksum;

  @BeforeEach
  void dependency() throws Exception {
    classes = folder.resolve("classes");
    checksum = folder.resolve("speck.sha256");
    depend("speck");
  }

  private Path depend(String name) throws Exception {
    Artifact artifact =
        new DefaultArtifact(
            "com.example",
            name,
            "1.0",
            "compile",
            "safetensors",
            "weights",
            new DefaultArtifactHandler("safetensors"));
    Path file = Files.writeString(folder.resolve(name + ".safetensors"), "weights of " + name);
    artifact.setFile(file.toFile());
    dependencies.add(artifact);
    return file;
  }

  private void configure(String artifact, String to) {
    WeightsDependency one = new WeightsDependency();
    one.artifact = artifact;
    one.to = to;
    configured.add(one);
  }

  private ArtifactResult resolve(ArtifactRequest request) throws ArtifactResolutionException {
    ArtifactResult result = new ArtifactResult(request);
    assertEquals("safetensors.sha256", request.getArtifact().getExtension());
    if (!Files.exists(checksum)) {
      throw new ArtifactResolutionException(List.of(result));
    }
    return result.setArtifact(request.getArtifact().setFile(checksum.toFile()));
  }

  private WeightsMojo goal() throws Exception {
    WeightsMojo mojo = new WeightsMojo();
    mojo.project = new MavenProject();
    mojo.project.setArtifacts(dependencies);
    Build build = new Build();
    build.setOutputDirectory(classes.toString());
    mojo.project.setBuild(build);
    Object repository =
        Proxy.newProxyInstance(
            RepositorySystem.class.getClassLoader(),
            new Class<?>[] {RepositorySystem.class},
            (proxy, method, arguments) -> resolve((ArtifactRequest) arguments[1]));
    Fields.set(mojo, "repositorySystem", repository);
    Fields.set(mojo, "weights", configured);
    return mojo;
  }

  /** What ends the goal, which then has written nothing. */
  private String mistake() throws Exception {
    String message = assertThrows(MojoFailureException.class, goal()::execute).getMessage();
    assertFalse(Files.exists(classes));
    return message;
  }

  @Test
  void thePublishedChecksumHolds() throws Exception {
    Files.writeString(checksum, Sha256.of("weights of speck").toUpperCase() + " *speck\n");
    goal().execute();
    assertEquals("weights of speck", Files.readString(classes.resolve("speck.safetensors")));
  }

  @Test
  void thePublishedChecksumIsOfOtherWeights() throws Exception {
    String other = Sha256.of("other weights");
    Files.writeString(checksum, other + "  speck.safetensors\n");
    assertEquals(
        "the weights %s are not those published: their SHA-256 is %s, not %s"
            .formatted(SPECK, Sha256.of("weights of speck"), other),
        mistake());
  }

  @Test
  void thePublishedChecksumIsNone() throws Exception {
    Files.writeString(checksum, "<html>404</html>");
    assertEquals(checksum + " takes the 64 hexadecimal digits of a SHA-256", mistake());
  }

  @Test
  void nothingIsPublishedBesideTheWeights() throws Exception {
    String found = Sha256.of("weights of speck");
    assertEquals(
        ("the weights %s were published without a checksum; if they are those you want, pin them:"
                + " <sha256>%s</sha256>")
            .formatted(SPECK, found),
        mistake());
    configure("com.example:speck", "a/b.safetensors");
    configured.get(0).sha256 = found;
    goal().execute();
    assertEquals("weights of speck", Files.readString(classes.resolve("a/b.safetensors")));
  }

  @Test
  void weightsOfNoDependency() throws Exception {
    String known = "; the dependencies of the type `safetensors` are com.example:speck";
    configure("com.example:spek", null);
    assertEquals("`weights` names com.example:spek" + known, mistake());
    configured.clear();
    configure(null, "a.safetensors");
    assertEquals("`weights` has a `weight` without `artifact`" + known, mistake());
    configured.set(0, null);
    assertEquals("`weights` has an empty element; fill it in or take it out", mistake());
    dependencies.clear();
    assertEquals("the module has no dependency of the type `safetensors`", mistake());
  }

  @Test
  void twoOfOneFile() throws Exception {
    depend("other");
    configure("com.example:other", "x/../speck.safetensors");
    assertEquals(
        "the weights %s and %s would both become %s; give one of them another `to`"
            .formatted(
                SPECK, SPECK.replace("speck", "other"), classes.resolve("speck.safetensors")),
        mistake());
  }

  @Test
  void filesOutsideTheClasses() throws Exception {
    for (String to : Arrays.asList("../speck.safetensors", "", ".")) {
      configured.clear();
      configure("com.example:speck", to);
      assertEquals("`to` names " + to + ", which is no file below " + classes, mistake());
    }
  }
}
