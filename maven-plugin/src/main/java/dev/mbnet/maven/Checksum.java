package dev.mbnet.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files with a SHA-256, as {@code sha256sum} writes and reads them. */
final class Checksum {
  /** The type of the artifact with the checksum of one of type {@code safetensors}. */
  static final String TYPE = "safetensors.sha256";

  private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]{64}");

  private Checksum() {}

  /** Writes the checksum of a file of that name and content. */
  static void write(Path checksum, String name, byte[] bytes) throws IOException {
    String line = Sha256.of(bytes) + "  " + name + "\n";
    Output.write(checksum, line.getBytes(StandardCharsets.UTF_8));
  }

  /** The digits, in lower case. */
  static String read(Path checksum) throws IOException, Mistake {
    String text = new String(Files.readAllBytes(checksum), StandardCharsets.UTF_8).strip();
    return of(text.split("\\s", 2)[0], checksum.toString());
  }

  /** {@code digits}, which {@code source} gives, in lower case. */
  static String of(String digits, String source) throws Mistake {
    Matcher matcher = DIGITS.matcher(digits.strip());
    if (!matcher.matches()) {
      throw new Mistake(source + " takes the 64 hexadecimal digits of a SHA-256");
    }
    return matcher.group().toLowerCase(Locale.ROOT);
  }
}
