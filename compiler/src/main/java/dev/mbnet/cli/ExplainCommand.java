package dev.mbnet.cli;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Page;
import dev.mbnet.compiler.diagnostic.Suggestions;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = "Explains a mistake by its code.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "CODE",
      description = "what a message ends with, such as MB3102; all are listed without it")
  private String code;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (code == null) {
      for (Code each : Code.values()) {
        out.println(each.id() + "  " + Page.of(each).title());
      }
    } else {
      out.print(Page.of(find(code)).text());
    }
    out.flush();
    return 0;
  }

  private static Code find(String id) {
    return Arrays.stream(Code.values())
        .filter(each -> each.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(() -> new UserError(unknown(id)));
  }

  private static String unknown(String id) {
    List<String> ids = Arrays.stream(Code.values()).map(Code::id).toList();
    String closest = Suggestions.closest(id.toUpperCase(Locale.ROOT), ids);
    String help =
        closest == null ? "`mbnet explain` lists all of them" : "did you mean `" + closest + "`?";
    return "mbnet: there is no code `" + id + "`; " + help;
  }
}
