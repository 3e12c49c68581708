package dev.mbnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.testing.Networks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryCommandTest {
  @TempDir Path folder;

  @Test
  void totalsOfMobileNetV2() {
    CommandLineTester mbnet =
        new CommandLineTester(folder)
            .text("v2.mbnet", Networks.sample("mobilenet_v2.mbnet").orElseThrow());
    CommandLineTester.Result result = mbnet.run("summary", "@v2.mbnet", "--depth=0");
    assertEquals("", result.err());
    assertEquals(
        """
        parameters       3,504,872  trainable
                         3,538,984  with batch norm statistics
                         3,487,816  with norms folded, as stored at run time
                         3,470,760  without batch norm
        """,
        result.out().replaceAll("(?s)^.*\nparameters", "parameters").replaceAll("(?s)MACs .*", ""));
  }
}
