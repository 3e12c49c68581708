package dev.mbnet.compiler.format;

import dev.mbnet.compiler.format.Item.Body;
import dev.mbnet.compiler.format.Item.Kind;
import dev.mbnet.compiler.format.Item.Part;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides a file's words among its declarations and statements; the syntax says where each starts.
 */
final class Outline {
  private final List<Word> words;
  private final Map<Integer, Kind> starts = new HashMap<>();
  private int at;

  private Outline(List<Word> words) {
    this.words = words;
  }

  static Body of(FileSyntax syntax, List<Word> words) {
    Outline outline = new Outline(words);
    Map<Integer, Word> before = new HashMap<>();
    for (int i = 1; i < words.size(); i++) {
      before.put(words.get(i).start(), words.get(i - 1));
    }
    syntax
        .imports()
        .forEach(i -> outline.starts.put(before.get(i.span().start()).start(), Kind.IMPORT));
    for (FileSyntax.NetworkSyntax network : syntax.networks()) {
      boolean derived = network.body() == null;
      outline.starts.put(network.span().start(), derived ? Kind.DERIVED : Kind.NETWORK_OR_BLOCK);
      outline.enter(derived ? List.of() : network.body());
    }
    for (FileSyntax.BlockSyntax block : syntax.blocks()) {
      outline.starts.put(block.span().start(), Kind.NETWORK_OR_BLOCK);
      outline.enter(block.body());
    }
    return new Body(null, outline.items(), outline.next());
  }

  private void enter(List<Statement> statements) {
    for (Statement statement : statements) {
      starts.put(statement.span().start(), kind(statement));
      if (statement instanceof Statement.Input input) {
        input.settings().forEach(s -> starts.put(s.span().start(), Kind.SETTING));
      } else if (statement instanceof Statement.If choice) {
        enter(choice.then());
        enter(choice.otherwise());
      } else if (statement instanceof Statement.Residual residual) {
        enter(residual.body());
        enter(residual.shortcut() == null ? List.of() : residual.shortcut());
      } else if (statement instanceof Statement.Parallel parallel) {
        parallel.branches().forEach(this::enter);
      }
    }
  }

  private static Kind kind(Statement statement) {
    if (statement instanceof Statement.CallStatement) {
      return Kind.CALL;
    } else if (statement instanceof Statement.Residual || statement instanceof Statement.Parallel) {
      return Kind.STACKS;
    } else if (statement instanceof Statement.If) {
      return Kind.IF;
    } else if (statement instanceof Statement.From) {
      return Kind.FROM;
    }
    return statement instanceof Statement.Input ? Kind.INPUT : Kind.PHRASE;
  }

  private List<Item> items() {
    List<Item> items = new ArrayList<>();
    while (!peek().is("}") && !peek().isEnd()) {
      items.add(item());
    }
    return items;
  }

  private Item item() {
    Kind kind = peek().is("{") ? Kind.BRANCH : starts.get(peek().start());
    List<Part> parts = new ArrayList<>();
    boolean more = true;
    while (more) {
      List<Word> head = new ArrayList<>();
      while (!peek().is("{") && !ends(head.isEmpty())) {
        head.add(next());
      }
      boolean opens = peek().is("{");
      parts.add(new Part(head, opens ? body() : null));
      more =
          opens
              && (kind == Kind.IF && peek().is("else")
                  || kind == Kind.STACKS
                      && peek().is("shortcut")
                      && !starts.containsKey(peek().start()));
    }
    return new Item(kind, parts);
  }

  private boolean ends(boolean first) {
    boolean starts = !first && this.starts.containsKey(peek().start());
    return peek().isEnd() || peek().is("}") || starts && !words.get(at - 1).is("else");
  }

  private Body body() {
    Word open = next();
    List<Item> items = items();
    return new Body(open, items, next());
  }

  private Word peek() {
    return words.get(at);
  }

  private Word next() {
    return words.get(at++);
  }
}
