package dev.mbnet.compiler.syntax;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Diagnostics;
import dev.mbnet.compiler.source.Span;
import dev.mbnet.compiler.syntax.Expression.Binary;
import dev.mbnet.compiler.syntax.Expression.CallExpression;
import dev.mbnet.compiler.syntax.Expression.ListLiteral;
import dev.mbnet.compiler.syntax.Expression.NameUse;
import dev.mbnet.compiler.syntax.Expression.NumberLiteral;
import dev.mbnet.compiler.syntax.Expression.StringLiteral;
import dev.mbnet.compiler.syntax.Expression.Switch;
import dev.mbnet.compiler.syntax.Expression.Unary;
import dev.mbnet.compiler.syntax.FileSyntax.BlockSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.NetworkSyntax;
import dev.mbnet.compiler.syntax.FileSyntax.Parameter;
import dev.mbnet.grammar.MbnetLexer;
import dev.mbnet.grammar.MbnetParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.TerminalNode;

/** From ANTLR's tree to records. A part that holds a syntax error becomes null and is left out. */
final class SyntaxBuilder {
  private static final Map<String, Double> SUFFIXES =
      Map.of(
          "KiB",
          1024.0,
          "MiB",
          1024.0 * 1024,
          "GiB",
          1024.0 * 1024 * 1024,
          "K",
          1e3,
          "M",
          1e6,
          "G",
          1e9);

  private final Offsets offsets;
  private final CommonTokenStream tokens;
  private final Diagnostics diagnostics;

  SyntaxBuilder(Offsets offsets, CommonTokenStream tokens, Diagnostics diagnostics) {
    this.offsets = offsets;
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  FileSyntax file(MbnetParser.FileContext context) {
    List<StringLiteral> imports = new ArrayList<>();
    List<NetworkSyntax> networks = new ArrayList<>();
    List<BlockSyntax> blocks = new ArrayList<>();
    for (MbnetParser.DeclarationContext declaration : context.declaration()) {
      if (declaration.importDeclaration() != null
          && intact(declaration.importDeclaration().STRING())) {
        imports.add(string(declaration.importDeclaration().STRING()));
      } else if (declaration.network() != null) {
        addIfPresent(networks, network(declaration.network()));
      } else if (declaration.block() != null) {
        addIfPresent(blocks, block(declaration.block()));
      }
    }
    return new FileSyntax(
        offsets.file(), List.copyOf(imports), List.copyOf(networks), List.copyOf(blocks));
  }

  private NetworkSyntax network(MbnetParser.NetworkContext context) {
    Name name = name(context.name());
    if (name == null) {
      return null;
    }
    Call base = context.call() == null ? null : call(context.call());
    List<Statement> body = context.body() == null ? null : body(context.body());
    if (base == null && body == null) {
      return null;
    }
    return new NetworkSyntax(
        name,
        doc(context.getStart()),
        parameters(context.parameters()),
        body,
        base,
        offsets.span(context));
  }

  private BlockSyntax block(MbnetParser.BlockContext context) {
    Name name = name(context.name());
    if (name == null || context.body() == null) {
      return null;
    }
    return new BlockSyntax(
        name,
        doc(context.getStart()),
        parameters(context.parameters()),
        body(context.body()),
        offsets.span(context));
  }

  private List<Parameter> parameters(MbnetParser.ParametersContext context) {
    if (context == null) {
      return List.of();
    }
    return each(
        context.parameter(),
        p -> {
          Name name = name(p.name());
          Expression value = p.expression() == null ? null : expression(p.expression());
          boolean broken = name == null || p.expression() != null && value == null;
          return broken ? null : new Parameter(name, value, offsets.span(p));
        });
  }

  private List<Statement> body(MbnetParser.BodyContext context) {
    return each(context.statement(), this::statement);
  }

  private Statement statement(MbnetParser.StatementContext context) {
    if (context.exception != null || context.getChildCount() == 0) {
      return null;
    }
    Span span = offsets.span(context);
    if (context.input() != null) {
      return input(context.input(), span);
    } else if (context.defaults() != null) {
      return new Statement.Defaults(each(context.defaults().setting(), this::setting), span);
    } else if (context.outputs() != null) {
      return new Statement.Outputs(each(context.outputs().reference(), this::reference), span);
    } else if (context.labels() != null) {
      TerminalNode text = context.labels().STRING();
      return intact(text) ? new Statement.Labels(string(text), span) : null;
    } else if (context.require() != null) {
      return new Statement.Require(each(context.require().expression(), this::expression), span);
    } else if (context.let() != null) {
      Name name = name(context.let().name());
      Expression value = expression(context.let().expression());
      return name == null || value == null ? null : new Statement.Let(name, value, span);
    } else if (context.from() != null) {
      Reference reference = reference(context.from().reference());
      return reference == null ? null : new Statement.From(reference, span);
    } else if (context.conditional() != null) {
      return conditional(context.conditional());
    }
    return layer(context.layer(), span);
  }

  private Statement input(MbnetParser.InputContext context, Span span) {
    Name name = name(context.name());
    Expression shape = context.list() == null ? null : list(context.list());
    if (name == null || shape == null) {
      return null;
    }
    return new Statement.Input(
        name, (ListLiteral) shape, each(context.setting(), this::setting), span);
  }

  private Statement.Setting setting(MbnetParser.SettingContext context) {
    Name name = name(context.name());
    Expression value = expression(context.expression());
    return name == null || value == null
        ? null
        : new Statement.Setting(name, value, offsets.span(context));
  }

  private Statement conditional(MbnetParser.ConditionalContext context) {
    Expression condition = expression(context.expression());
    if (condition == null || context.body().isEmpty()) {
      return null;
    }
    List<Statement> otherwise = List.of();
    if (context.conditional() != null) {
      Statement nested = conditional(context.conditional());
      otherwise = nested == null ? List.of() : List.of(nested);
    } else if (context.body().size() > 1) {
      otherwise = body(context.body(1));
    }
    return new Statement.If(condition, body(context.body(0)), otherwise, offsets.span(context));
  }

  private Statement layer(MbnetParser.LayerContext context, Span span) {
    Name label = context.name() == null ? null : name(context.name());
    if (context.residual() != null) {
      MbnetParser.ResidualContext residual = context.residual();
      if (residual.body().isEmpty()) {
        return null;
      }
      Token word = residual.RESIDUAL().getSymbol();
      Name name = new Name("residual", offsets.span(word, word));
      Call head = new Call(name, arguments(residual.arguments()), name.span());
      List<Statement> shortcut = residual.body().size() > 1 ? body(residual.body(1)) : null;
      return new Statement.Residual(label, head, body(residual.body(0)), shortcut, span);
    }
    if (context.parallel() != null) {
      Call join = context.parallel().call() == null ? null : call(context.parallel().call());
      return join == null
          ? null
          : new Statement.Parallel(label, join, each(context.parallel().body(), this::body), span);
    }
    Call call = context.call() == null ? null : call(context.call());
    return call == null ? null : new Statement.CallStatement(label, call, span);
  }

  private Call call(MbnetParser.CallContext context) {
    Name name = name(context.name());
    return name == null
        ? null
        : new Call(name, arguments(context.arguments()), offsets.span(context));
  }

  private List<Call.Argument> arguments(MbnetParser.ArgumentsContext context) {
    return context == null ? List.of() : each(context.argument(), this::argument);
  }

  private Call.Argument argument(MbnetParser.ArgumentContext context) {
    Name name = null;
    boolean spread = context instanceof MbnetParser.SpreadArgumentContext;
    MbnetParser.ExpressionContext value = null;
    if (context instanceof MbnetParser.NamedArgumentContext named) {
      name = name(named.name());
      value = named.expression();
    } else if (context instanceof MbnetParser.SpreadArgumentContext spreading) {
      value = spreading.expression();
    } else if (context instanceof MbnetParser.PlainArgumentContext plain) {
      value = plain.expression();
    }
    Expression expression = value == null ? null : expression(value);
    return expression == null
        ? null
        : new Call.Argument(name, spread, expression, offsets.span(context));
  }

  Expression expression(MbnetParser.ExpressionContext context) {
    if (context == null || context.exception != null) {
      return null;
    }
    if (context instanceof MbnetParser.SimpleContext simple) {
      return primary(simple.primary());
    }
    List<MbnetParser.ExpressionContext> operands =
        context.getRuleContexts(MbnetParser.ExpressionContext.class);
    List<Expression> values = each(operands, this::expression);
    if (values.size() != operands.size() || values.isEmpty()) {
      return null;
    }
    Span span = offsets.span(context);
    if (values.size() == 1) {
      return new Unary(context.getStart().getText(), values.get(0), span);
    }
    String operator = ((TerminalNode) context.getChild(1)).getText();
    return new Binary(operator, values.get(0), values.get(1), span);
  }

  private Expression primary(MbnetParser.PrimaryContext context) {
    Span span = context.getStart() == null ? null : offsets.span(context);
    if (context instanceof MbnetParser.NumberContext number) {
      return new NumberLiteral(number(number.NUMBER().getText(), span), span);
    } else if (context instanceof MbnetParser.StringContext string) {
      return string(string.STRING());
    } else if (context instanceof MbnetParser.OnContext) {
      return new Switch(true, span);
    } else if (context instanceof MbnetParser.OffContext) {
      return new Switch(false, span);
    } else if (context instanceof MbnetParser.ListValueContext list) {
      return list(list.list());
    } else if (context instanceof MbnetParser.GroupContext group) {
      return expression(group.expression());
    } else if (context instanceof MbnetParser.IfValueContext choice) {
      Token word = choice.IF().getSymbol();
      Name name = new Name("if", offsets.span(word, word));
      return new CallExpression(new Call(name, arguments(choice.arguments()), span));
    } else if (context instanceof MbnetParser.CallValueContext call) {
      Name name = name(call.name());
      return name == null
          ? null
          : new CallExpression(new Call(name, arguments(call.arguments()), span));
    } else if (context instanceof MbnetParser.NameValueContext value) {
      Reference reference = reference(value.reference());
      return reference == null ? null : new NameUse(reference);
    }
    return null;
  }

  private Expression list(MbnetParser.ListContext context) {
    List<Expression> items = each(context.expression(), this::expression);
    return items.size() == context.expression().size()
        ? new ListLiteral(items, offsets.span(context))
        : null;
  }

  private Reference reference(MbnetParser.ReferenceContext context) {
    Name head = context == null ? null : name(context.name(0));
    if (head == null) {
      return null;
    }
    StringBuilder path = new StringBuilder(head.text());
    for (int i = 1; i < context.getChildCount(); i++) {
      if (context.getChild(i) instanceof MbnetParser.IndexContext index) {
        if (index.NUMBER() == null || index.NUMBER() instanceof ErrorNode) {
          return null;
        }
        path.append('.').append(index.NUMBER().getText());
      } else if (context.getChild(i) instanceof MbnetParser.NameContext name) {
        path.append('.').append(name.getText());
      }
    }
    return new Reference(head, path.toString(), offsets.span(context));
  }

  private Name name(MbnetParser.NameContext context) {
    if (context == null || context.exception != null || context.getStop() == null) {
      return null;
    }
    return new Name(context.getText(), offsets.span(context));
  }

  private StringLiteral string(TerminalNode node) {
    String raw = node.getText();
    String text = raw.substring(1, raw.length() - 1).replaceAll("\\\\(.)", "$1");
    return new StringLiteral(text, offsets.span(node.getSymbol(), node.getSymbol()));
  }

  private double number(String text, Span span) {
    double scale = 1;
    for (Map.Entry<String, Double> suffix : SUFFIXES.entrySet()) {
      if (text.endsWith(suffix.getKey())) {
        scale = suffix.getValue();
        text = text.substring(0, text.length() - suffix.getKey().length());
        break;
      }
    }
    double value = Double.parseDouble(text) * scale;
    if (Double.isInfinite(value)) {
      diagnostics.add(Code.TOO_LARGE, span, "this number is too large for a double", null);
      return 1;
    }
    return value;
  }

  private String doc(Token start) {
    List<Token> hidden = tokens.getHiddenTokensToLeft(start.getTokenIndex());
    if (hidden == null) {
      return "";
    }
    for (int i = hidden.size() - 1; i >= 0; i--) {
      if (hidden.get(i).getType() == MbnetLexer.DOC) {
        String text = hidden.get(i).getText();
        String inner = text.substring(3, text.length() - 2);
        return inner
            .lines()
            .map(l -> l.strip().replaceFirst("^\\*+ ?", ""))
            .reduce((a, b) -> a + "\n" + b)
            .orElse("")
            .strip();
      }
    }
    return "";
  }

  private static boolean intact(TerminalNode node) {
    return node != null
        && node.getSymbol().getType() == MbnetLexer.STRING
        && node.getText().startsWith("\"");
  }

  private static <C extends ParserRuleContext, T> List<T> each(
      List<C> contexts, Function<C, T> convert) {
    return contexts.stream().map(convert).filter(Objects::nonNull).toList();
  }

  private static <T> void addIfPresent(List<T> list, T item) {
    if (item != null) {
      list.add(item);
    }
  }
}
