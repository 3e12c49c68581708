package dev.mbnet.files;

import dev.mbnet.compiler.source.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Texts beside a file, then those in jars and folders. Nothing is unpacked. */
public final class DiskTexts implements Texts {
  /** In bytes; a text is a list of labels or a network, both far smaller. */
  public static final int LARGEST = 16 << 20;

  private final Path file;
  private final Map<String, Path> places = new LinkedHashMap<>();

  /**
   * For what {@code file} names.
   *
   * @param path jars and folders that exist
   */
  public DiskTexts(Path file, List<Path> path) {
    this.file = file;
    path.forEach(place -> places.put(place.toString().replace('\\', '/'), place));
  }

  @Override
  public Optional<String> beside(String path) {
    try {
      Path text = file.resolveSibling(path);
      return Files.isRegularFile(text) && Files.size(text) <= LARGEST
          ? Optional.of(new String(Files.readAllBytes(text), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> list(String folder) {
    try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent().resolve(folder))) {
      return files.map(f -> f.getFileName().toString()).sorted().limit(1_000).toList();
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }

  @Override
  public List<String> places() {
    return List.copyOf(places.keySet());
  }

  @Override
  public Lookup in(String place, String path) {
    Path where = places.get(place);
    try {
      return Files.isDirectory(where) ? inFolder(where, path) : inJar(where, path);
    } catch (CharacterCodingException e) {
      return Lookup.refused("is no UTF-8 text");
    } catch (IOException | InvalidPathException e) {
      return Lookup.refused("cannot be read, since the jar is damaged or none");
    }
  }

  private static Lookup inFolder(Path folder, String path) throws IOException {
    Path text = folder.resolve(path);
    if (!Files.isRegularFile(text)) {
      return Lookup.NOTHING;
    }
    try (InputStream in = Files.newInputStream(text)) {
      return read(in);
    }
  }

  private static Lookup inJar(Path jar, String path) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(path);
      if (entry == null || entry.isDirectory()) {
        return Lookup.NOTHING;
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return read(in);
      }
    }
  }

  /** Reads no further than the limit, whatever size a jar claims. */
  private static Lookup read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    return bytes.length > LARGEST
        ? Lookup.refused("has more than " + (LARGEST >> 20) + " MiB")
        : Lookup.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
  }
}
