package dev.mbnet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "run")
final class RunCommand implements Callable<Integer> {
  public Integer call() {
    return 0;
  }
}
