package dev.mbnet.compiler.codegen;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Long runs of statements, split among methods: HotSpot never compiles one of more than 8,000 bytes
 * of bytecode.
 */
final class Chunks {
  private static final int MOST = 128;

  private Chunks() {}

  /** Adds {@code code} to {@code method}, or methods {@code name0}, {@code name1}, ... to type. */
  static void add(
      List<CodeBlock> code,
      String name,
      MethodSpec.Builder method,
      TypeSpec.Builder type,
      List<ParameterSpec> parameters,
      Modifier... modifiers) {
    if (code.size() <= MOST) {
      code.forEach(method::addCode);
      return;
    }
    String arguments =
        parameters.stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
    for (int from = 0, i = 0; from < code.size(); from += MOST, i++) {
      MethodSpec.Builder part =
          MethodSpec.methodBuilder(name + i).addModifiers(modifiers).addParameters(parameters);
      code.subList(from, Math.min(from + MOST, code.size())).forEach(part::addCode);
      type.addMethod(part.build());
      method.addStatement("$L($L)", name + i, arguments);
    }
  }
}
