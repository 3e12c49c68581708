package dev.mbnet.compiler;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the packages may know of each other and of libraries. */
class ArchitectureTest {
  private static final String COMPILER = "dev.mbnet.compiler.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.mbnet");

  /** Each package and the others of the compiler that it may use. */
  @ParameterizedTest
  @CsvSource({
    "source,     ''",
    "diagnostic, source",
    "op,         source diagnostic",
    "syntax,     source diagnostic",
    "format,     source diagnostic syntax",
    "prelude,    source diagnostic syntax",
    "resolve,    source diagnostic op syntax prelude",
    "ir,         source op resolve",
    "pass,       op ir",
    "plan,       op ir",
    "kernel,     op ir plan",
    "codegen,    source op resolve ir plan kernel",
    "summary,    source op resolve ir pass plan",
    "weights,    op resolve ir",
    "export,     source op resolve ir",
    "reference,  source op syntax prelude resolve",
  })
  void followsThePipeline(String name, String uses) {
    String[] allowed =
        Stream.concat(Stream.of(name), Arrays.stream(uses.split(" ")).filter(u -> !u.isEmpty()))
            .map(used -> COMPILER + used + "..")
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(COMPILER + name)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(not(resideInAPackage("dev.mbnet.compiler.."))))
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("dev.mbnet.(**)").should().beFreeOfCycles());
  }

  @Test
  void antlrStaysInSyntax() {
    check(onlyIn("org.antlr..", "dev.mbnet.compiler.syntax", "dev.mbnet.grammar"));
    check(onlyIn("dev.mbnet.grammar..", "dev.mbnet.compiler.syntax", "dev.mbnet.grammar"));
  }

  @Test
  void javaPoetStaysInCodegen() {
    check(onlyIn("com.palantir.javapoet..", "dev.mbnet.compiler.codegen"));
  }

  @Test
  void protobufStaysInWeightsAndExport() {
    String[] packages = {"dev.mbnet.compiler.weights", "dev.mbnet.compiler.export"};
    check(onlyIn("ai.onnx..", packages));
    check(onlyIn("com.google.protobuf..", packages));
  }

  @Test
  void picocliStaysInTheCommandLine() {
    check(onlyIn("picocli..", "dev.mbnet.cli"));
  }

  /** Text in, text out; codegen names classes of java.io and java.nio that generated code uses. */
  @Test
  void compilerDoesNoInputOrOutput() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("dev.mbnet.compiler..")
            .and()
            .resideOutsideOfPackage("dev.mbnet.compiler.codegen")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.nio.file..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile|PrintStream)");
    check(rule);
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.mbnet.compiler.codegen")
            .should()
            .callMethodWhere(target(owner(resideInAnyPackage("java.nio.file..", "java.io..")))));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.mbnet.compiler..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void runtimeNeedsOnlyTheJdk() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.mbnet.runtime..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java..", "javax..", "jdk.incubator.vector..", "dev.mbnet.runtime.."));
  }

  private static ArchRule onlyIn(String library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
