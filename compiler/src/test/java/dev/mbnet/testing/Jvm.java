package dev.mbnet.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a virtual machine of its own, with the tests' class path, printed and how it ended. */
public record Jvm(int exit, String out, String err) {

  /**
   * Starts one and waits for its end.
   *
   * @param options for the virtual machine
   * @param main the class whose {@code main} it runs
   */
  public static Jvm run(List<String> options, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Path out = Files.createTempFile("mbnet", ".out");
    Path err = Files.createTempFile("mbnet", ".err");
    try {
      int exit =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start()
              .waitFor();
      return new Jvm(exit, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
