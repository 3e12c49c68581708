package dev.mbnet.compiler;

import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Compiled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any name will do, whatever it means to Java or to generated code. */
class NamesTest {
  private static final List<String> JAVA =
      List.of("class", "int", "super", "enum", "record", "_", "__", "String", "List", "Math", "x");
  private static final List<String> RUNTIME =
      List.of("top", "run", "output", "outputs", "execute", "input", "labels", "newSession");
  private static final List<String> OBJECT =
      List.of("clone", "equals", "finalize", "getClass", "hashCode", "notify", "toString", "wait");
  private static final List<String> GENERATED =
      List.of(
          "load",
          "loadResource",
          "of",
          "declare",
          "weights",
          "network",
          "b0",
          "b1",
          "B0",
          "zeros",
          "padded0",
          "paddedInput",
          "PlainSession",
          "Labels",
          "allocate",
          "execute0",
          "allocate0",
          "declare0",
          "a",
          "A",
          "aTile",
          "ATile",
          "a_",
          "givesProbabilities",
          "loader");

  @Test
  void namesOfJava() {
    agree(JAVA, 1);
  }

  @Test
  void namesOfTheRuntime() {
    agree(RUNTIME, 1);
  }

  @Test
  void namesOfEveryObject() {
    agree(OBJECT, 1);
  }

  /** So many layers that long methods are split, which names the parts. */
  @ParameterizedTest
  @ValueSource(ints = {1, 150})
  void namesOfGeneratedCode(int more) {
    agree(GENERATED, more);
  }

  /** Layers that become several functions, and others with those functions' names. */
  @Test
  void namesOfFunctions() {
    StringBuilder text = new StringBuilder("network Labels {\n  input image: [7, 7, 16]\n");
    text.append("  a: conv(k=1, c=64, act=hswish)\n");
    text.append("  b: dwconv(k=3, pad=same, act=hswish)\n");
    text.append("  c: conv(k=1, c=16, act=hswish)\n");
    text.append("  d: conv(k=3, c=16, pad=same, act=relu)\n");
    for (String layer : List.of("a", "b", "c", "d")) {
      for (String part : "Tile Start Add Activate Rows Panels Finish Pair".split(" ")) {
        text.append("  ").append(layer).append(part).append(": conv(k=1, c=16)\n");
      }
    }
    text.append("  multiply7x1of16: conv(k=1, c=16)\n");
    text.append("  multiply14x1of16: conv(k=1, c=16)\n");
    text.append("  depthwise3by7of1L: dwconv(k=3, pad=same)\n}\n");
    Answers.of(Compiled.of(text.toString())).assertAgree();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Network",
        "Session",
        "PlainSession",
        "Plain",
        "Buffers",
        "TensorInfo",
        "PackedWeights",
        "WeightLoader",
        "List",
        "String",
        "Math",
        "Float",
        "Object",
        "Override",
        "Safetensors",
        "Path",
        "IOException",
        "class",
        "_",
        "weights",
        "of"
      })
  void networks(String name) {
    String layers = "conv(k=3, c=2, pad=same, act=relu) maxpool(k=2, s=1, pad=same) top: softmax";
    String text = "network " + name + " { input input: [3, 4, 2] " + layers + " }";
    Answers.of(Compiled.of(text)).assertAgree();
  }

  private static void agree(List<String> labels, int more) {
    StringBuilder text = new StringBuilder("network Labels {\n  input image: [3, 4, 2]\n");
    for (String label : labels) {
      text.append("  ").append(label).append(": conv(k=1, c=2, bias=off)\n");
      text.append("  dwconv(k=3, pad=same, act=tanh)\n");
    }
    text.append("  conv(k=1, c=2)\n".repeat(more)).append("}\n");
    Answers.of(Compiled.of(text.toString())).assertAgree();
  }
}
