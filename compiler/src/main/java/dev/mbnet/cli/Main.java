package dev.mbnet.cli;

import dev.mbnet.runtime.WeightsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code mbnet}. Exit codes: 0 done, 1 a mistake in the input, 2 wrong usage. */
@Command(
    name = "mbnet",
    description = "Checks, compiles and runs networks written in the mbnet language.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "mbnet 0.1.0-SNAPSHOT",
    subcommands = {
      CheckCommand.class,
      FormatCommand.class,
      CompileCommand.class,
      SummaryCommand.class,
      RunCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      ExplainCommand.class,
      ReferenceCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(
        execute(args, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
  }

  /** Runs a command line and returns its exit code. */
  static int execute(String[] args, PrintWriter out, PrintWriter err) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(Main::report)
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int report(Exception e, CommandLine command, CommandLine.ParseResult result)
      throws Exception {
    String message = null;
    if (e instanceof UserError || e instanceof WeightsException) {
      message = e.getMessage();
    } else if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      message = "no such file: " + e.getMessage();
    } else if (e instanceof AccessDeniedException) {
      message = "no permission for " + e.getMessage();
    } else if (e instanceof FileSystemException system) {
      String reason = system.getReason() == null ? "cannot be used" : system.getReason();
      message = system.getFile() + ": " + reason;
    } else if (e instanceof IOException) {
      message = e.getMessage();
    }
    if (message == null) {
      throw e;
    }
    if (!message.isEmpty()) {
      command.getErr().println(e instanceof UserError ? message : "mbnet: " + message);
    }
    return 1;
  }
}
