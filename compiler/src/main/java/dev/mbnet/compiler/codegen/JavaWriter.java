package dev.mbnet.compiler.codegen;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.kernel.Function;
import dev.mbnet.compiler.kernel.Kernels;
import dev.mbnet.compiler.op.Activation;
import dev.mbnet.compiler.op.BatchNorm;
import dev.mbnet.compiler.op.Conv;
import dev.mbnet.compiler.op.Convolution;
import dev.mbnet.compiler.op.Deconv;
import dev.mbnet.compiler.op.Dense;
import dev.mbnet.compiler.op.Op;
import dev.mbnet.compiler.op.Shape;
import dev.mbnet.compiler.op.Softmax;
import dev.mbnet.compiler.plan.Plan;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.Step;
import dev.mbnet.compiler.plan.VectorPlan;
import dev.mbnet.compiler.resolve.Preprocessing;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.runtime.ImageInput;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.PackedWeights;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.runtime.Session;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.runtime.TensorInfo;
import dev.mbnet.runtime.VectorSession;
import dev.mbnet.runtime.WeightLoader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;

/** Writes the class of a network. */
public final class JavaWriter {
  /** Classes that the printer names as text, and words that Java does not take for a class. */
  private static final Set<String> TAKEN =
      Set.of("Math", "Float", "permits", "record", "sealed", "var", "yield");

  private final ResolvedNetwork network;
  private final Plan plan;
  private final Names names = new Names();

  /** The names of functions that layers share, by what is printed of them. */
  private final Map<String, String> shared = new HashMap<>();

  private final ClassName className;
  private final TypeSpec.Builder type;

  private JavaWriter(ResolvedNetwork network, Plan plan, String packageName) {
    this.network = network;
    this.plan = plan;
    boolean free = SourceVersion.isName(network.name()) && !TAKEN.contains(network.name());
    String name = free ? network.name() : network.name() + "_";
    this.className = ClassName.get(packageName, name);
    this.type =
        TypeSpec.classBuilder(className)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .superclass(Network.class);
  }

  /**
   * The class and beside it, for each plan with vectors, one that computes the same network with
   * them.
   *
   * @param vectors a plan for each processor, or none
   * @param packageName may be empty
   */
  public static List<JavaFile> write(
      ResolvedNetwork network, Plan plan, List<VectorPlan> vectors, String packageName) {
    JavaWriter writer = new JavaWriter(network, plan, packageName);
    List<JavaFile> files = new ArrayList<>(List.of(writer.write(!vectors.isEmpty())));
    for (VectorPlan vector : vectors) {
      files.add(new VectorWriter(network, vector, writer.className).write());
    }
    return files;
  }

  private JavaFile write(boolean vectors) {
    type.addJavadoc("$L", javadoc());
    for (Step step : plan.weighted()) {
      type.addField(
          FieldSpec.builder(int.class, names.constant(step.node()))
              .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
              .initializer("$L", step.weights())
              .build());
    }
    type.addField(PackedWeights.class, "weights", Modifier.PRIVATE, Modifier.FINAL);
    type.addMethod(constructor());
    loaders();
    declarations();
    String session = className.simpleName().equals("PlainSession") ? "Plain" : "PlainSession";
    type.addMethod(
        hook("plainSession", Session.class).addStatement("return new $L(this)", session).build());
    if (vectors) {
      type.addMethod(hook("hasVectors", boolean.class).addStatement("return true").build());
      type.addMethod(
          hook("vectorSession", VectorSession.class)
              .addParameter(SessionOptions.class, "options")
              .addStatement(
                  "return $1T.hasManyRegisters()$W"
                      + "? new $2T(this, weights.vectors($2T::pack), options)$W"
                      + ": new $3T(this, weights.vectors($3T::pack), options)",
                  VectorSession.class,
                  VectorWriter.className(className, Processor.AVX512),
                  VectorWriter.className(className, Processor.AVX2))
              .build());
    }
    type.addMethod(
        override("givesProbabilities", boolean.class)
            .addStatement("return $L", givesProbabilities())
            .build());
    plan.steps().forEach(this::layer);
    type.addType(new SessionWriter(plan, names, className, session).write());
    return file(network, className, type);
  }

  /** A file with a class that is not to be edited. */
  static JavaFile file(ResolvedNetwork network, ClassName name, TypeSpec.Builder type) {
    String text =
        com.palantir.javapoet.JavaFile.builder(name.packageName(), type.build())
            .addFileComment("Generated by mbnet from $L; do not edit.", network.source().name())
            .skipJavaLangImports(true)
            .indent("  ")
            .build()
            .toString();
    return new JavaFile(
        name.toString().replace('.', '/') + ".java", name.toString(), tighten(text));
  }

  /** Puts fields on lines of their own without empty ones between, as people write them. */
  private static String tighten(String text) {
    return text.replaceAll("(?m)(^ +private [^({}\\n]*;\\n)\\n(?= +private [^({}\\n]*;)", "$1");
  }

  private String javadoc() {
    StringBuilder doc = new StringBuilder();
    String own = network.doc().isEmpty() ? "The network " + network.name() + "." : network.doc();
    doc.append(Text.javadoc(own)).append("\n\n<p>");
    doc.append("Input {@code ").append(network.input().path()).append("}: ");
    doc.append(network.input().shape()).append(" floats, [h][w][c]. Outputs:");
    for (ResolvedNetwork.Output output : network.outputs()) {
      doc.append(" {@code ").append(output.name()).append("} ").append(network.shapeOf(output));
    }
    return doc.append(".\n").toString();
  }

  private MethodSpec constructor() {
    CodeBlock outputs =
        network.outputs().stream()
            .map(output -> tensor(output.name(), network.shapeOf(output)))
            .collect(CodeBlock.joining(",$W"));
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(PackedWeights.class, "weights")
        .addCode(
            "super(\n$>$>$L,\n$T.of($L),\n$L,\n$L);\n$<$<",
            tensor(network.input().path(), network.input().shape()),
            List.class,
            outputs,
            labels(),
            image())
        .addStatement("this.weights = weights")
        .build();
  }

  private static CodeBlock tensor(String name, Shape s) {
    return CodeBlock.of(
        "new $T($S, $L, $L, $L)", TensorInfo.class, name, s.height(), s.width(), s.channels());
  }

  private CodeBlock labels() {
    List<String> labels = network.classes();
    if (labels.size() <= 10) {
      CodeBlock all =
          labels.stream().map(l -> CodeBlock.of("$S", l)).collect(CodeBlock.joining(",$W"));
      return CodeBlock.of("$T.of($L)", List.class, all);
    }
    // One constant with a label a line keeps the method small; a constant holds 65,535 bytes.
    CodeBlock.Builder code = CodeBlock.builder().add("$T.join(\n$>$>\"\\n\"", String.class);
    StringBuilder constant = new StringBuilder();
    for (String label : labels) {
      if (constant.length() > 15_000) {
        code.add(",\n$S", constant);
        constant.setLength(0);
      }
      constant.append(constant.length() == 0 ? "" : "\n").append(label);
    }
    return code.add(",\n$S)\n.lines().toList()$<$<", constant).build();
  }

  private CodeBlock image() {
    Preprocessing p = network.preprocessing();
    if (p == null) {
      return CodeBlock.of("null");
    }
    Shape shape = network.input().shape();
    CodeBlock.Builder code =
        CodeBlock.builder()
            .add(
                "$T.of($L, $L, $T.$L)\n$>$>",
                ImageInput.class,
                shape.height(),
                shape.width(),
                ImageInput.Color.class,
                p.color().toUpperCase(Locale.ROOT))
            .add(
                ".resize($T.$L, $L)\n",
                ImageInput.Resize.class,
                p.resize().toUpperCase(Locale.ROOT),
                p.antialias());
    if (p.fit().equals("crop")) {
      code.add(".crop($L)\n", p.fraction());
    } else {
      code.add(".fit($T.$L)\n", ImageInput.Fit.class, p.fit().toUpperCase(Locale.ROOT));
    }
    return code.add(
            ".normalise($T.of($L), $T.of($L))$<$<",
            List.class,
            numbers(p.mean()),
            List.class,
            numbers(p.std()))
        .build();
  }

  private static String numbers(List<Double> numbers) {
    return String.join(", ", numbers.stream().map(n -> Double.toString(n)).toList());
  }

  private void loaders() {
    type.addMethod(
        loader("load")
            .addJavadoc(
                "Reads weights from a safetensors file.\n\n"
                    + "@throws dev.mbnet.runtime.WeightsException if it does not fit\n")
            .addParameter(Path.class, "file")
            .addStatement("return of($T.read(file))", Safetensors.class)
            .build());
    type.addMethod(
        loader("load")
            .addJavadoc(
                "Reads weights from a stream, which stays open.\n\n"
                    + "@param source what messages call the stream\n"
                    + "@throws dev.mbnet.runtime.WeightsException if it does not fit\n")
            .addParameter(InputStream.class, "in")
            .addParameter(String.class, "source")
            .addStatement("return of($T.read(in, source))", Safetensors.class)
            .build());
    type.addMethod(
        loader("loadResource")
            .addJavadoc(
                "Reads weights from the class path.\n\n"
                    + "@param name relative to this class's package, or from the root after a {@code"
                    + " /}\n@throws dev.mbnet.runtime.WeightsException if it does not fit\n")
            .addParameter(String.class, "name")
            .beginControlFlow(
                "try ($T in = $T.class.getResourceAsStream(name))", InputStream.class, className)
            .beginControlFlow("if (in == null)")
            .addStatement(
                "throw new $T(name + \" is not on the class path of $L\")",
                FileNotFoundException.class,
                className.simpleName())
            .endControlFlow()
            .addStatement("return load(in, name)")
            .endControlFlow()
            .build());
  }

  private MethodSpec.Builder loader(String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(className)
        .addException(IOException.class);
  }

  private void declarations() {
    ParameterSpec loader = ParameterSpec.builder(WeightLoader.class, "loader").build();
    MethodSpec.Builder of =
        MethodSpec.methodBuilder("of")
            .addJavadoc(
                "Takes weights that have been read.\n\n"
                    + "@throws dev.mbnet.runtime.WeightsException if they do not fit\n")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(className)
            .addParameter(Safetensors.class, "file")
            .addStatement(
                "$T loader = new $T($S, file)",
                WeightLoader.class,
                WeightLoader.class,
                network.name());
    List<CodeBlock> lines = new ArrayList<>();
    plan.weighted().forEach(step -> lines.add(declaration(step)));
    Chunks.add(lines, "declare", of, type, List.of(loader), Modifier.PRIVATE, Modifier.STATIC);
    of.addStatement("return new $T(loader.load())", className);
    type.addMethod(of.build());
  }

  private CodeBlock declaration(Step step) {
    Node node = step.node();
    Op op = node.op();
    int in = node.inputs().get(0).shape().channels();
    CodeBlock.Builder code = CodeBlock.builder();
    if (op instanceof Conv conv) {
      code.add(
          "loader.conv($S, $L, $L, $L, $L)",
          node.name(),
          conv.channels(),
          in / conv.groups(),
          conv.kernel().h(),
          conv.kernel().w());
    } else if (op instanceof Deconv deconv) {
      code.add(
          "loader.deconv($S, $L, $L, $L, $L, $L)",
          node.name(),
          in,
          deconv.channels(),
          deconv.kernel().h(),
          deconv.kernel().w(),
          deconv.groups());
    } else if (op instanceof Dense dense) {
      code.add("loader.dense($S, $L, $L)", node.name(), dense.channels(), in);
      code.add(dense.bias() ? ".bias()" : "");
    } else if (op instanceof BatchNorm bn) {
      code.add("loader.batchNorm($S, $L, $L)", node.name(), in, bn.eps());
    }
    code.add(step.planes() == null ? "" : ".byOutput()");
    if (op instanceof Convolution conv) {
      code.add(conv.bias() ? ".bias()" : "");
      if (conv.norm() != null) {
        code.add("$Z.norm($S, $L)", conv.norm().name(), conv.norm().eps());
      }
    }
    Activation activation = op.activation();
    if (activation.isTrained()) {
      String layer = activation.layer() == null ? node.name() : activation.layer();
      if (node.hasMatrix()) {
        code.add("$Z.slopes($S, $L)", layer, activation.shared());
      } else {
        code.add("loader.slopes($S, $L, $L)", layer, in, activation.shared());
      }
    }
    return code.add(";\n").build();
  }

  private static MethodSpec.Builder override(String name, java.lang.reflect.Type type) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(type);
  }

  private static MethodSpec.Builder hook(String name, java.lang.reflect.Type type) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(type);
  }

  private boolean givesProbabilities() {
    Graph.Output first = plan.graph().outputs().get(0);
    Op op = first.node().op();
    return op instanceof Softmax
        || op instanceof Dense dense && dense.activation().kind() == Activation.Kind.SIGMOID;
  }

  /**
   * A layer's methods. What it calls stands behind it, and layers whose functions print alike share
   * them, which HotSpot then compiles once.
   */
  private void layer(Step step) {
    String name = names.method(step.node());
    List<Function> functions = Kernels.of(step).functions();
    Map<String, String> called = new HashMap<>();
    Printer printer = new Printer(called);
    Deque<MethodSpec> own = new ArrayDeque<>();
    // Backwards, because callers print the names of what they call.
    for (int i = functions.size() - 1; i > 0; i--) {
      Function function = functions.get(i);
      CodeBlock code = printer.print(function.body());
      String method = name + function.suffix();
      String before = shared.putIfAbsent(function.parameters() + "\n" + code, method);
      called.put(function.suffix(), before == null ? method : before);
      if (before == null) {
        own.addFirst(method(method, function, code).build());
      }
    }
    Function whole = functions.get(0);
    MethodSpec.Builder method = method(name, whole, printer.print(whole.body()));
    type.addMethod(method.addJavadoc("$L", describe(step.node())).build());
    own.forEach(type::addMethod);
  }

  static MethodSpec.Builder method(String name, Function function, CodeBlock code) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    for (Function.Parameter parameter : function.parameters()) {
      method.addParameter(type(parameter.kind()), parameter.name());
    }
    return method.addCode(code);
  }

  private static TypeName type(Function.Kind kind) {
    return switch (kind) {
      case ROWS -> SessionWriter.ROWS;
      case ROW -> SessionWriter.ROW;
      case NUMBER -> TypeName.INT;
    };
  }

  /** The author's statement that a node comes from, on one line. */
  static String line(Node node) {
    String path = node.isInput() ? "input" : node.stage().path();
    return Text.comment(path, node.stage().call().text());
  }

  static String describe(Node node) {
    String line =
        "Line " + node.stage().call().line() + ", {@code " + line(node).replace("@", "&#64;") + "}";
    if (node.isInput()) {
      return line + ": copies a row.\n";
    }
    List<String> inputs = node.inputShapes().stream().map(Shape::toString).toList();
    return line
        + ".\n\n<p>{@code "
        + node.name()
        + "}: "
        + String.join(", ", inputs)
        + " to "
        + node.shape()
        + ",\n{@code "
        + node.op().describe()
        + "}.\n";
  }
}
