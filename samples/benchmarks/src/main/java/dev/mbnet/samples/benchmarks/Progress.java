package dev.mbnet.samples.benchmarks;

import java.io.PrintStream;

/** One line on the terminal, on standard error; nothing where there is none. */
final class Progress {
  private static final int LONGEST = 78;

  private final PrintStream terminal;

  /** {@code terminal} may be null for none. */
  Progress(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** As the launcher script found standard error to be. */
  static Progress ofLauncher() {
    return new Progress(Boolean.getBoolean("benchmarks.terminal") ? System.err : null);
  }

  /** Says that {@code step} begins, in place of the step before. */
  void show(String step) {
    if (terminal != null) {
      String line = step + " ...";
      terminal.print("\r\033[K" + line.substring(0, Math.min(line.length(), LONGEST)));
      terminal.flush();
    }
  }

  /** Leaves an empty line. */
  void clear() {
    if (terminal != null) {
      terminal.print("\r\033[K");
      terminal.flush();
    }
  }
}
