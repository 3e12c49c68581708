package dev.mbnet.cli;

import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.reference.Reference;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "reference",
    description = "Explains the language, or one name of it.",
    mixinStandardHelpOptions = true)
final class ReferenceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "a word of the language, an operator, block, setting, activation or function")
  private String name;

  @Override
  public Integer call() {
    String text = name == null ? Reference.page() : Reference.section(name);
    if (text.isEmpty()) {
      List<String> names = Reference.names();
      String help = Suggestions.didYouMean(name, names, "names: " + Suggestions.list(names));
      throw new UserError("mbnet: the reference has no `" + name + "`; " + help);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
    return 0;
  }
}
