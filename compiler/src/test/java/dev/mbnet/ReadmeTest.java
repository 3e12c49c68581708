package dev.mbnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.Backends;
import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows what the compiler does. */
class ReadmeTest {

  private static String firstBlock(String language) throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertTrue(block.find(), language);
    return block.group(1);
  }

  @Test
  void theExampleCompilesToTheExcerpt() throws IOException {
    SourceFile source = new SourceFile("speck.mbnet", firstBlock("mbnet"));
    Compiler.Checked checked =
        Compiler.check(new Compiler.Request(source, null, List.of(), name -> Optional.empty()));
    assertEquals(List.of(), checked.diagnostics());
    ResolvedNetwork network = checked.networks().get(0);
    String text = Compiler.generate(network, "com.example", Backends.PLAIN).get(0).text();
    String excerpt = firstBlock("java").replace("    ...\n", "");
    assertTrue(text.contains(excerpt), () -> "the README's excerpt is not in\n" + text);
  }
}
