package dev.mbnet.cli;

import dev.mbnet.files.FileErrors;
import dev.mbnet.runtime.WeightsException;
import java.io.PrintWriter;
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
    CommandLine line =
        new CommandLine(new Main())
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler(Main::report);
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      err.println("mbnet: this takes more memory than Java may use here; `-Xmx` sets how much");
      return 1;
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int report(Exception e, CommandLine command, CommandLine.ParseResult result)
      throws Exception {
    boolean own = e instanceof UserError || e instanceof WeightsException;
    String message = own ? e.getMessage() : FileErrors.message(e).orElseThrow(() -> e);
    if (!message.isEmpty()) {
      command.getErr().println(e instanceof UserError ? message : "mbnet: " + message);
    }
    return 1;
  }
}
