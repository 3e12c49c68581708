package dev.mbnet.maven;

import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Renderer;
import java.nio.file.Path;

/** Where what is said about models goes. */
interface Messages {

  /** What was said about a file before no longer holds. */
  void clear(Path file);

  /** Says what is wrong, or doubtful, in a file that the diagnostic calls by its absolute path. */
  void say(Diagnostic diagnostic);

  /** Says what is wrong with a file as a whole. */
  void error(Path file, String fact);

  /** As Maven's users and their tools know messages; then what the command line shows. */
  static String text(Diagnostic d) {
    String position = position(d.span().file().name(), d.span().line(), d.span().column());
    String text = position + " " + d.message() + " [" + d.code().id() + "]\n" + Renderer.details(d);
    return text.stripTrailing();
  }

  /** As {@code /home/me/mobile.mbnet:[3,8]}; a value from outside has no file. */
  static String position(String file, int line, int column) {
    return file.startsWith("--set ")
        ? file.replace("--set ", "parameter ") + ":"
        : file + ":[" + line + "," + column + "]";
  }

  /** As {@code 3 errors}. */
  static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }
}
