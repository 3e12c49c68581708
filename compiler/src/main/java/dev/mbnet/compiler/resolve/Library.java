package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.op.Operators;
import dev.mbnet.compiler.prelude.Prelude;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.syntax.Expression.StringLiteral;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.BlockSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import dev.mbnet.compiler.syntax.Parser;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The blocks and networks that a file can name: its own, its imports' and the prelude's. */
final class Library {
  private final Map<String, BlockSyntax> blocks = new LinkedHashMap<>();
  private final Map<String, NetworkSyntax> networks = new LinkedHashMap<>();
  private final Diagnostics diagnostics;

  /** {@code beside} reads a file by the name that an import or {@code labels} gives it. */
  Library(FileSyntax file, Function<String, Optional<String>> beside, Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    FileSyntax prelude = Prelude.syntax();
    prelude.blocks().forEach(block -> blocks.put(block.name().text(), block));
    addAll(file, beside, new HashSet<>(Set.of(file.file().name())));
  }

  private void addAll(
      FileSyntax file, Function<String, Optional<String>> beside, Set<String> loaded) {
    for (StringLiteral path : file.imports()) {
      if (!loaded.add(path.value())) {
        continue;
      }
      Optional<String> text = beside.apply(path.value());
      if (text.isEmpty()) {
        diagnostics.add(
            Code.IMPORT_FILE,
            path.span(),
            "there is no file `" + path.value() + "` beside this one",
            "the path of an import is relative to the file it stands in");
        continue;
      }
      addAll(Parser.parse(new SourceFile(path.value(), text.get()), diagnostics), beside, loaded);
    }
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
      }
    }
  }

  private void duplicate(dev.mbnet.compiler.source.Span at, String fact) {
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
