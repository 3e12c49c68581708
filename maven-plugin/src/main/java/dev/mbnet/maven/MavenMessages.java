package dev.mbnet.maven;

import dev.mbnet.compiler.diagnostic.Diagnostic;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.plugin.logging.Log;
import org.codehaus.plexus.build.BuildContext;

/**
 * Messages in Maven's log and, in an IDE, on the lines that they are about.
 *
 * @param ide null where there is none
 */
record MavenMessages(Log log, BuildContext ide) implements Messages {

  /**
   * Messages for where {@code context} is from.
   *
   * @param legacy what {@code context} hands on to; outside of IDEs this only logs
   */
  static MavenMessages of(
      Log log, BuildContext context, org.sonatype.plexus.build.incremental.BuildContext legacy) {
    boolean logs = legacy instanceof org.sonatype.plexus.build.incremental.DefaultBuildContext;
    return new MavenMessages(log, logs ? null : context);
  }

  @Override
  public void clear(Path file) {
    if (ide != null) {
      ide.removeMessages(file.toFile());
    }
  }

  @Override
  public void say(Diagnostic d) {
    String text = Messages.text(d);
    if (d.isError()) {
      log.error(text);
    } else {
      log.warn(text);
    }
    File file = new File(d.span().file().name());
    if (ide != null && file.isFile()) {
      ide.addMessage(
          file,
          d.span().line(),
          d.span().column(),
          d.help() == null ? d.message() : d.message() + "; " + d.help(),
          d.isError() ? BuildContext.SEVERITY_ERROR : BuildContext.SEVERITY_WARNING,
          null);
    }
  }

  @Override
  public void error(Path file, String fact) {
    log.error(Messages.position(file.toString(), 1, 1) + " " + fact);
    if (ide != null) {
      ide.addMessage(file.toFile(), 1, 1, fact, BuildContext.SEVERITY_ERROR, null);
    }
  }
}
