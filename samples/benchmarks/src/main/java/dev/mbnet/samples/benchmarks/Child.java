package dev.mbnet.samples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A Java process whose standard output is read line by line. */
final class Child {

  private Child() {}

  /**
   * Runs a command to its end.
   *
   * @param lines is given each line as it comes
   * @return {@link System#nanoTime()} from just before the start
   * @throws IllegalStateException with what it wrote to standard error, if it fails
   */
  static long run(List<String> command, Consumer<String> lines) {
    try {
      Path errors = Files.createTempFile("benchmarks", ".txt");
      try {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        Thread stop = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(stop);
        try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
          for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.accept(line);
          }
        }
        int status = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(stop);
        if (status != 0) {
          throw new IllegalStateException(
              "a process failed with status " + status + ":\n" + Files.readString(errors));
        }
        return start;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
