package dev.mbnet.compiler.op;

import dev.mbnet.compiler.diagnostic.Code;
import dev.mbnet.compiler.diagnostic.Suggestions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A call's arguments by parameter name, converted to what operators work with. */
public record Arguments(Map<String, Object> values) {

  public int whole(String name) {
    return (Integer) values.get(name);
  }

  public double number(String name) {
    return (Double) values.get(name);
  }

  public Pair pair(String name) {
    return (Pair) values.get(name);
  }

  /** Whatever the parameter's type converts to; null where it was not given. */
  @SuppressWarnings("unchecked")
  public <T> T get(String name) {
    return (T) values.get(name);
  }

  /** Whether a bare name turns on the parameter of that name. */
  private static boolean isFlag(Value value, List<Parameter> parameters) {
    return parameters.stream()
        .anyMatch(p -> p.type() == Type.SWITCH && p.name().equals(Type.wordOf(value)));
  }

  /** Checks the arguments of a call value against what its name takes. */
  static Checked<Arguments> ofCallValue(Value.CallValue call, List<Parameter> parameters) {
    Map<String, Object> values = new HashMap<>();
    List<String> names = parameters.stream().map(Parameter::name).toList();
    int position = 0;
    for (Value.Argument argument : call.arguments()) {
      String name = argument.name();
      Value given = argument.value();
      if (name == null && isFlag(given, parameters)) {
        name = Type.wordOf(given);
        given = new Value.Bool(true, given.span());
      } else if (name == null) {
        if (position == parameters.size()) {
          return Checked.wrong(
              Code.TOO_MANY_ARGUMENTS,
              null,
              "takes "
                  + (names.isEmpty() ? "no" : "at most " + names.size())
                  + (names.size() == 1 ? " argument" : " arguments")
                  + " in `"
                  + call.name()
                  + "`",
              null);
        }
        name = names.get(position++);
      }
      int index = names.indexOf(name);
      if (index < 0) {
        return Checked.wrong(
            Code.UNKNOWN_ARGUMENT,
            null,
            "has no argument `" + name + "` in `" + call.name() + "`",
            Suggestions.didYouMean(name, names, "it takes " + Suggestions.list(names)));
      }
      Checked<?> value = parameters.get(index).type().of(given);
      if (!value.isOk()) {
        Mistake m = value.mistake();
        String message = "has a `" + name + "` that " + m.message();
        return Checked.wrong(new Mistake(m.code(), null, message, m.notes(), m.help()));
      }
      if (values.put(name, value.value()) != null) {
        return Checked.wrong(
            Code.DUPLICATE_ARGUMENT, null, "has `" + name + "` twice", "drop one of them");
      }
    }
    for (Parameter parameter : parameters) {
      if (values.containsKey(parameter.name())) {
        continue;
      }
      if (!(parameter.fallback() instanceof Parameter.Constant constant)) {
        return Checked.wrong(
            Code.MISSING_ARGUMENT,
            null,
            "needs `" + parameter.name() + "` in `" + call.name() + "`",
            "`" + call.name() + "(" + parameter.name() + "=...)`");
      }
      values.put(parameter.name(), constant.value());
    }
    return Checked.of(new Arguments(values));
  }
}
