package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.source.Texts;
import dev.mbnet.compiler.syntax.Expression.StringLiteral;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts that files name: beside the file that names them, or else on the path. Messages call a
 * file beside the main one by its path from there, one of a jar by its path in the jar.
 */
final class Neighbours {
  private final Texts texts;
  private final String folder;
  private final Map<SourceFile, Neighbour> homes = new HashMap<>();

  /**
   * Where a text is.
   *
   * @param place the jar or folder of the path, or null beside the main file
   * @param path from the main file's folder, or in the place
   */
  record Neighbour(String place, String path, Texts.Lookup lookup) {

    /** The same for the same text. */
    String key() {
      return place == null ? path : place + "!/" + path;
    }
  }

  Neighbours(SourceFile main, Texts texts) {
    this.texts = texts;
    this.folder = folder(main.name());
    String name = main.name().substring(folder.length());
    homes.put(main, new Neighbour(null, name, Texts.Lookup.of(main.text())));
  }

  Neighbour home(SourceFile file) {
    return homes.get(file);
  }

  /** What {@code from} names, found or not. */
  Neighbour find(SourceFile from, String relative) {
    Neighbour home = homes.get(from);
    boolean absolute = relative.startsWith("/");
    String path = absolute ? relative : normal(folder(home.path()) + relative);
    if (home.place() != null && (absolute || path.startsWith("../"))) {
      String out = "leads out of " + home.place() + ", in which this file is";
      return new Neighbour(home.place(), path, Texts.Lookup.refused(out));
    }
    Neighbour beside =
        new Neighbour(
            home.place(),
            path,
            home.place() != null
                ? texts.in(home.place(), path)
                : texts.beside(path).map(Texts.Lookup::of).orElse(Texts.Lookup.NOTHING));
    String onPath = normal(relative);
    if (!beside.lookup().isNothing() || absolute || onPath.startsWith("../")) {
      return beside;
    }
    for (String place : texts.places()) {
      Texts.Lookup lookup = texts.in(place, onPath);
      if (!lookup.isNothing()) {
        return new Neighbour(place, onPath, lookup);
      }
    }
    return beside;
  }

  /** The text of a neighbour that was found. */
  SourceFile open(Neighbour found) {
    boolean named = found.place() != null || found.path().startsWith("/");
    String name = named ? found.path() : folder + found.path();
    SourceFile file = new SourceFile(name, found.lookup().text(), found.place());
    homes.put(file, found);
    return file;
  }

  /** That {@code from} names what was not found, or is not taken. */
  Diagnostic missing(Code code, StringLiteral written, Neighbour found, String what) {
    String name = written.value();
    if (found.lookup().refusal() != null) {
      Diagnostic d =
          Diagnostic.of(code, written.span(), "`" + name + "` " + found.lookup().refusal());
      boolean said = found.lookup().refusal().contains(found.place());
      return said ? d : d.note("it is in " + found.place());
    }
    List<String> places = texts.places();
    Diagnostic d =
        Diagnostic.of(
            code,
            written.span(),
            "there is no file `"
                + name
                + "` beside this one"
                + (places.isEmpty() ? "" : ", nor on the path"));
    if (!places.isEmpty()) {
      d = d.note("the path has " + String.join(", ", places));
    }
    String start = folder(name);
    List<String> names =
        found.place() != null
            ? List.of()
            : texts.list(folder(found.path())).stream().map(file -> start + file).toList();
    return d.help(
        names.contains(name + ".mbnet")
            ? "did you mean `" + name + ".mbnet`?"
            : Suggestions.didYouMean(name, names, what));
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String normal(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/")) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.equals(".") && !part.isEmpty()) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
