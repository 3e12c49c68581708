package dev.mbnet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "import")
final class ImportCommand implements Callable<Integer> {
  public Integer call() {
    return 0;
  }
}
