package dev.mbnet.compiler.resolve;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Suggestions;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.Operator;
import dev.mbnet.compiler.op.Operators;
import dev.mbnet.compiler.op.Parameter;
import dev.mbnet.compiler.op.Setting;
import dev.mbnet.compiler.op.Type;
import dev.mbnet.compiler.resolve.ArgumentMatcher.Accepts;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Call;
import dev.mbnet.compiler.syntax.Expression;
import dev.mbnet.compiler.syntax.FileSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.BlockSyntax;
import dev.mbnet.compiler.syntax.Keywords;
import dev.mbnet.compiler.syntax.Timm;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What can be called in a stack, what it takes, and what to say of a name that is none of it. */
final class Callees {
  /** Operators whose names are values too: {@code norm=bn(eps=1e-5)}, {@code act=relu6}. */
  private static final Set<String> VALUES = values();

  private final Library library;
  private final Reporter reporter;

  /** Where a call, or a statement read as one, lacks what stands after it without parentheses. */
  private Span incomplete;

  Callees(Library library, Reporter reporter) {
    this.library = library;
    this.reporter = reporter;
  }

  private static Set<String> values() {
    Set<String> values = new HashSet<>(Set.of("bn"));
    for (Activation.Kind kind : Activation.Kind.values()) {
      values.add(kind.word());
    }
    return values;
  }

  /** That what follows {@code call} on its line belongs to it. */
  void incomplete(Call call) {
    incomplete = call.span();
  }

  /** Whether a call of that name makes layers. */
  boolean isLayer(String name) {
    return library.block(name) != null
        || Operators.byName().containsKey(name)
            && Setting.of(name) == null
            && !VALUES.contains(name);
  }

  /** Reports a call of what there is not, unless the call before it on its line led to it. */
  void unknown(Call call, Frame frame) {
    if (incomplete != null && incomplete.line() == call.span().line()) {
      return;
    }
    Set<String> known = new LinkedHashSet<>(Operators.byName().keySet());
    known.addAll(library.blockNames());
    known.addAll(Keywords.words());
    String name = call.name().text();
    String example = Keywords.example(name);
    String fact = "there is no operator or block `" + name + "`";
    String help = Timm.translate(name);
    if (example != null) {
      fact = "this is not how `" + name + "` is written";
      help = "for example `" + example + "`";
      incomplete(call);
    } else if (frame.labels.containsKey(name)) {
      fact = "`" + name + "` is a label, and no operator or block";
      help = "`from " + name + "` goes on from it, `add(" + name + ")` adds it";
    } else if (help == null) {
      String blocks =
          "blocks: "
              + Suggestions.list(library.blockNames())
              + "; operators: `mbnet reference` has them all";
      help = Suggestions.didYouMean(name, known, blocks);
    }
    reporter.report(Code.UNKNOWN_CALLEE, call.name().span(), fact, help, frame.site);
  }

  static Accepts accepts(Operator operator) {
    List<String> names = operator.parameters().stream().map(Parameter::name).toList();
    Set<String> flags = new HashSet<>();
    for (Parameter parameter : operator.parameters()) {
      if (parameter.type() == Type.SWITCH) {
        flags.add(parameter.name());
      }
    }
    Set<String> named = names.contains("s") ? Set.of("n") : Set.of();
    return new Accepts(operator.name(), names, flags, named, operator.tensors());
  }

  static Accepts accepts(BlockSyntax block) {
    List<String> names = block.parameters().stream().map(p -> p.name().text()).toList();
    Set<String> flags = new HashSet<>();
    for (FileSyntax.Parameter parameter : block.parameters()) {
      if (parameter.defaultValue() instanceof Expression.Switch) {
        flags.add(parameter.name().text());
      }
    }
    Set<String> named = new LinkedHashSet<>();
    if (names.contains("s") && !names.contains("n")) {
      named.add("n");
    }
    for (String setting : Setting.words()) {
      if (!names.contains(setting)) {
        named.add(setting);
      }
    }
    return new Accepts(block.name().text(), names, flags, named, false);
  }
}
