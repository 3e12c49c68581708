package dev.mbnet.cli;

import java.io.Console;
import java.io.PrintWriter;

/**
 * One line on the terminal that says what is being done: each step overwrites the one before, and
 * closing clears it. Where there is no terminal nothing is written.
 */
final class Progress implements AutoCloseable {
  /** A line that wraps cannot be overwritten. */
  private static final int LONGEST = 70;

  private final PrintWriter terminal;
  private int shown;

  /** {@code terminal} may be null for none. */
  Progress(PrintWriter terminal) {
    this.terminal = terminal;
  }

  static Progress on(PrintWriter err) {
    return new Progress(isTerminal() ? err : null);
  }

  /** Says that {@code step} begins. */
  void show(String step) {
    if (terminal != null) {
      clear();
      String line = step.substring(0, Math.min(step.length(), LONGEST)) + " ...";
      terminal.print(line);
      terminal.flush();
      shown = line.length();
    }
  }

  @Override
  public void close() {
    if (terminal != null) {
      clear();
      terminal.flush();
    }
  }

  private void clear() {
    terminal.print("\r" + " ".repeat(shown) + "\r");
    shown = 0;
  }

  /** The launcher knows about standard error; Java itself only about input and output. */
  private static boolean isTerminal() {
    String told = System.getProperty("mbnet.terminal");
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there is a console without a terminal, too.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
