package dev.mbnet.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A package that npm's client fetches, once, into {@code target/npm}. Where there is no client or
 * it cannot fetch, the test that wants it is skipped and says why.
 *
 * @param integrity the SHA-512 of its archive in base64
 */
public record NpmPackage(String name, String version, String integrity) {
  private static final int SECONDS = 180;

  /** The files of the package that are named, unpacked below the folder that is returned. */
  public Path unpacked(String... files) throws IOException, InterruptedException {
    Path home = Networks.file("target", "npm");
    Path archive =
        home.resolve(name.replaceFirst("^@", "").replace('/', '-') + "-" + version + ".tgz");
    Path folder = home.resolve(archive.getFileName().toString().replaceFirst("\\.tgz$", ""));
    Files.createDirectories(folder);
    if (!Files.exists(archive)) {
      Printed packed =
          start("npm", "pack", name + "@" + version, "--pack-destination", home.toString());
      Assumptions.assumeTrue(packed.exit() == 0, () -> "npm cannot fetch it:\n" + packed.text());
    }
    assertEquals(integrity, sha512(archive), archive + " is not what was published; delete it");
    List<String> tar = new ArrayList<>(List.of("tar", "-xzf", archive.toString(), "-C"));
    tar.add(folder.toString());
    List.of(files).forEach(file -> tar.add("package/" + file));
    run(tar.toArray(String[]::new));
    return folder.resolve("package");
  }

  private record Printed(int exit, String text) {}

  /**
   * Runs a program, which has to succeed, and returns what it prints; without it, skips the test.
   */
  public static String run(String... command) throws IOException, InterruptedException {
    Printed printed = start(command);
    assertEquals(0, printed.exit(), () -> String.join(" ", command) + ":\n" + printed.text());
    return printed.text();
  }

  private static Printed start(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("mbnet", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      return new Printed(process.exitValue(), Files.readString(out));
    } catch (IOException e) {
      return Assumptions.abort("`" + command[0] + "` cannot be started: " + e.getMessage());
    } finally {
      Files.delete(out);
    }
  }

  private static String sha512(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
