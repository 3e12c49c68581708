package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void everyStepOverwritesTheOneBefore() {
    StringWriter terminal = new StringWriter();
    try (Progress progress = new Progress(new PrintWriter(terminal))) {
      progress.show("loading");
      progress.show("run");
    }
    String cleared = " ".repeat("loading ...".length());
    assertEquals("\r\rloading ...\r" + cleared + "\rrun ...\r       \r", terminal.toString());
  }

  @Test
  void nothingWithoutATerminal() {
    try (Progress progress = new Progress(null)) {
      progress.show("loading");
    }
  }
}
