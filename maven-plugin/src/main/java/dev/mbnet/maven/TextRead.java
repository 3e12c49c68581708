package dev.mbnet.maven;

import dev.mbnet.compiler.source.Texts;
import dev.mbnet.files.DiskTexts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * That a model named a text, and what was found.
 *
 * @param model the file, absolute
 * @param place the jar or folder where it was looked for, or null beside the model
 * @param path from the model's folder, or in the place
 * @param digest of the text; empty where there was none
 */
record TextRead(String model, String place, String path, String digest) {

  private static final String NOTHING = "";

  /** The same again, as things are now. */
  TextRead again(List<Path> dependencies) {
    DiskTexts texts = new DiskTexts(Path.of(model), dependencies);
    String now = NOTHING;
    if (place == null) {
      now = digest(texts.beside(path));
    } else if (texts.places().contains(place)) {
      now = digest(texts.in(place, path));
    }
    return new TextRead(model, place, path, now);
  }

  /** The file, if it lies beside the model and was there. */
  Optional<Path> file() {
    return place == null && !digest.equals(NOTHING)
        ? Optional.of(Path.of(model).resolveSibling(path).normalize())
        : Optional.empty();
  }

  /** Texts that tell {@code seen} of everything that is looked for. */
  static Texts noting(Path model, List<Path> dependencies, Consumer<TextRead> seen) {
    DiskTexts texts = new DiskTexts(model, dependencies);
    return new Texts() {
      @Override
      public Optional<String> beside(String path) {
        Optional<String> text = texts.beside(path);
        seen.accept(new TextRead(model.toString(), null, path, digest(text)));
        return text;
      }

      @Override
      public List<String> list(String folder) {
        return texts.list(folder);
      }

      @Override
      public List<String> places() {
        return texts.places();
      }

      @Override
      public Lookup in(String place, String path) {
        Lookup lookup = texts.in(place, path);
        seen.accept(new TextRead(model.toString(), place, path, digest(lookup)));
        return lookup;
      }
    };
  }

  private static String digest(Optional<String> text) {
    return text.map(Sha256::of).orElse(NOTHING);
  }

  private static String digest(Texts.Lookup lookup) {
    return lookup.isNothing()
        ? NOTHING
        : Sha256.of(lookup.text() == null ? lookup.refusal() : lookup.text());
  }
}
