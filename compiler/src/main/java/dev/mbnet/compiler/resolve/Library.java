package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostic;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.op.Operators;
import dev.mbnet.compiler.prelude.Prelude;
import dev.mbnet.compiler.resolve.Neighbours.Neighbour;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Expression.StringLiteral;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.BlockSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import dev.mbnet.compiler.syntax.Parser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The blocks and networks that a file can name: its own, its imports' and the prelude's. */
final class Library {
  private static final int MOST_IMPORTS = 200;

  private final Map<String, BlockSyntax> blocks = new LinkedHashMap<>();
  private final Map<String, NetworkSyntax> networks = new LinkedHashMap<>();
  private final Neighbours neighbours;
  private final Diagnostics diagnostics;
  private int imports;

  Library(FileSyntax file, Neighbours neighbours, Diagnostics diagnostics) {
    this.neighbours = neighbours;
    this.diagnostics = diagnostics;
    FileSyntax prelude = Prelude.syntax();
    prelude.blocks().forEach(block -> blocks.put(block.name().text(), block));
    addAll(file, new ArrayDeque<>(), new HashSet<>());
  }

  /** {@code open} are the files whose imports are being read, {@code loaded} all there were. */
  private void addAll(FileSyntax file, Deque<Neighbour> open, Set<String> loaded) {
    Neighbour own = neighbours.home(file.file());
    open.addLast(own);
    loaded.add(own.key());
    for (StringLiteral path : file.imports()) {
      if (++imports > MOST_IMPORTS) {
        if (imports == MOST_IMPORTS + 1) {
          String fact =
              "there are more than "
                  + MOST_IMPORTS
                  + " imports, those of imported files among them";
          diagnostics.add(Code.TOO_LARGE, path.span(), fact, "put blocks into fewer files");
        }
        break;
      }
      Neighbour wanted = neighbours.find(file.file(), path.value());
      if (open.stream().anyMatch(other -> other.key().equals(wanted.key()))) {
        diagnostics.add(circle(path, open, wanted));
      } else if (wanted.lookup().text() == null) {
        String help =
            "its path is relative to the file it stands in; what jars and folders of the path hold"
                + " is found too";
        diagnostics.add(neighbours.missing(Code.IMPORT_FILE, path, wanted, help));
      } else if (!loaded.contains(wanted.key())) {
        addAll(Parser.parse(neighbours.open(wanted), diagnostics), open, loaded);
      }
    }
    open.removeLast();
    for (BlockSyntax block : file.blocks()) {
      String name = block.name().text();
      BlockSyntax before = blocks.get(name);
      if (Operators.byName().containsKey(name)) {
        duplicate(block.name().span(), "`" + name + "` is the name of an operator");
      } else if (before != null && !Prelude.owns(before.span().file())) {
        duplicate(
            block.name().span(), "block `" + name + "` is there already, at " + before.span());
      }
      blocks.put(name, block);
    }
    for (NetworkSyntax network : file.networks()) {
      NetworkSyntax before = networks.put(network.name().text(), network);
      if (before != null) {
        duplicate(
            network.name().span(),
            "network `" + network.name() + "` is there already, at " + before.span());
      } else {
        networks.keySet().stream()
            .filter(name -> name.equalsIgnoreCase(network.name().text()))
            .filter(name -> !name.equals(network.name().text()))
            .findFirst()
            .ifPresent(name -> duplicate(network.name().span(), alike(network, name)));
      }
    }
  }

  /**
   * From the file that the circle comes back to, and not from the main file, which may import it.
   */
  private static Diagnostic circle(StringLiteral at, Deque<Neighbour> open, Neighbour wanted) {
    List<String> names = new ArrayList<>();
    for (Neighbour file : open) {
      if (!names.isEmpty() || file.key().equals(wanted.key())) {
        names.add(file.path());
      }
    }
    names.add(wanted.path());
    String fact = "this import closes a circle: `" + String.join("` imports `", names) + "`";
    boolean itself = names.size() == 2;
    return Diagnostic.of(Code.RECURSION, at.span(), itself ? "this file imports itself" : fact)
        .help(itself ? "drop the import" : "move what both need to a file of its own");
  }

  private static String alike(NetworkSyntax network, String other) {
    return "`%s` and `%s` differ in case only: on Windows and macOS their classes are one file"
        .formatted(network.name(), other);
  }

  private void duplicate(Span at, String fact) {
    diagnostics.add(Code.DUPLICATE_NAME, at, fact, "give it another name");
  }

  BlockSyntax block(String name) {
    return blocks.get(name);
  }

  NetworkSyntax network(String name) {
    return networks.get(name);
  }

  Collection<String> blockNames() {
    return blocks.keySet();
  }

  List<String> networkNames() {
    return List.copyOf(networks.keySet());
  }
}
