package dev.mbnet.testing;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Writes networks by chance. It knows the language's words and nothing of shapes: a statement that
 * the compiler refuses is dropped and another one is tried.
 */
public final class RandomText {
  private static final List<String> ACTIVATIONS =
      List.of(
          "none",
          "relu",
          "relu6",
          "hswish",
          "swish",
          "sigmoid",
          "hsigmoid",
          "tanh",
          "leaky",
          "gelu",
          "prelu",
          "prelu(shared)",
          "hsigmoid(slope=0.2)",
          "leaky(slope=0.2)");
  private static final List<String> KERNELS = List.of("1", "2", "3", "3", "5", "[1, 3]", "[3, 5]");
  private static final List<String> STRIDES = List.of("1", "1", "1", "2", "[2, 1]", "[1, 2]", "3");
  private static final List<String> PADS =
      List.of("same", "symmetric", "valid", "[1, 0, 0, 1]", "[0, 2, 1, 1]");
  private static final List<String> CHANNELS = List.of("1", "3", "4", "7", "8", "8", "12", "17");

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final List<String> labels = new ArrayList<>(List.of("image"));

  private RandomText(long seed) {
    this.random = new Random(seed);
  }

  /** The same text for the same seed; it has no mistakes. */
  public static String of(long seed) {
    return new RandomText(seed).write();
  }

  private String write() {
    text.append("network Random {\n  input image: [");
    text.append(1 + random.nextInt(20)).append(", ").append(1 + random.nextInt(20)).append(", ");
    text.append(1 + random.nextInt(9)).append("]\n");
    text.append("  default norm = ").append(one("none", "bn(eps=1e-3)")).append(", act = ");
    text.append(one(ACTIVATIONS)).append(", pad = ").append(one("same", "symmetric")).append('\n');
    int statements = 2 + random.nextInt(14);
    for (int left = 400; left > 0 && labels.size() <= statements; left--) {
      grow();
    }
    return finish();
  }

  /** Adds a statement if the network is right with it. */
  private void grow() {
    int before = text.length();
    String label = "layer" + labels.size();
    if (random.nextInt(5) == 0) {
      text.append("  from ").append(one(labels)).append('\n');
    }
    text.append("  ").append(label).append(": ").append(statement()).append('\n');
    List<String> all = new ArrayList<>(labels);
    all.add(label);
    if (isRight(all)) {
      labels.add(label);
    } else {
      text.setLength(before);
    }
  }

  /** Takes outputs away while every layer is still reached by one. */
  private String finish() {
    List<String> outputs = new ArrayList<>(labels.subList(1, labels.size()));
    for (int tries = random.nextInt(3 * outputs.size()); tries > 0; tries--) {
      List<String> fewer = new ArrayList<>(outputs);
      fewer.remove(random.nextInt(fewer.size()));
      outputs = !fewer.isEmpty() && isRight(fewer) ? fewer : outputs;
    }
    return withOutputs(outputs);
  }

  private boolean isRight(List<String> outputs) {
    SourceFile source = new SourceFile("random.mbnet", withOutputs(outputs));
    return !Compiler.check(
            new Compiler.Request(source, null, List.of(), beside -> Optional.empty()))
        .hasErrors();
  }

  private String withOutputs(List<String> outputs) {
    return text + "  output " + String.join(", ", outputs) + "\n}\n";
  }

  private String statement() {
    return switch (random.nextInt(12)) {
      case 0 -> one("add", "mul") + "(" + one(labels) + ")";
      case 1 -> "add(" + one(labels) + ", " + one(labels) + ")";
      case 2 -> "residual(act=" + one(ACTIVATIONS) + ") { " + stack() + " }";
      case 3 -> "residual { " + stack() + " } shortcut { " + conv() + " }";
      case 4, 5 -> parallel();
      default -> call();
    };
  }

  private String parallel() {
    String gate = "gap conv(k=1, c=" + one(CHANNELS) + ", act=" + one("sigmoid", "hsigmoid") + ")";
    String last = one("gap", gate, stack(), "");
    return "parallel " + one("add", "mul") + " { { " + stack() + " } { " + last + " } }";
  }

  private String stack() {
    StringBuilder stack = new StringBuilder(call());
    for (int more = random.nextInt(3); more > 0; more--) {
      stack.append(' ').append(call());
    }
    return stack.toString();
  }

  private String call() {
    return switch (random.nextInt(18)) {
      case 0, 1, 2 -> conv();
      case 3, 4 -> "dwconv(k=" + one(KERNELS) + window() + ", m=" + one("1", "1", "2") + ")";
      case 5 -> one("maxpool", "avgpool") + "(k=" + one(KERNELS) + window() + ")";
      case 6 -> "sepconv(c=" + one(CHANNELS) + window() + ")";
      case 7, 8 -> "mbconv(t=" + one("1", "2", "3") + ", c=" + one(CHANNELS) + blockWindow() + ")";
      case 9 -> one("squeeze", "squeeze(0.5, gate=hsigmoid, act=relu)");
      case 10 -> one(ACTIVATIONS.subList(1, ACTIVATIONS.size()));
      case 11 -> one("bn(eps=1e-3)", "dropout(0.5)");
      case 12 -> one("pad([1, 1, 1, 1])", "pad([0, 1, 2, 0])");
      case 13 -> one("gap", "gap", "flatten", "gap softmax");
      case 14 -> "deconv(k=" + one(KERNELS) + ", c=" + one(CHANNELS) + window() + groups() + ")";
      case 15 -> "upsample(" + one("2", "by=[1, 3]", "to=" + one(labels), "to=9") + mode() + ")";
      default -> "dense(" + one(CHANNELS) + ", act=" + one(ACTIVATIONS) + ")";
    };
  }

  private String conv() {
    return "conv(k="
        + one(KERNELS)
        + ", c="
        + one(CHANNELS)
        + window()
        + groups()
        + one("", "", ", d=2", ", d=[2, 1]")
        + one("", ", act=" + one(ACTIVATIONS), ", norm=bn(eps=1e-5)", ", bias=on")
        + ")";
  }

  private String groups() {
    return one("", "", ", g=2", ", g=4");
  }

  private String mode() {
    return one("", ", mode=bilinear", ", mode=bilinear, corners");
  }

  private String window() {
    return one("", ", s=" + one(STRIDES)) + one("", ", pad=" + one(PADS));
  }

  private String blockWindow() {
    return one("", ", s=" + one(STRIDES) + ", n=" + one("1", "2", "3"))
        + one("", ", k=5", ", k=[3, 1]")
        + one("", ", se", ", se(ratio=0.5, of=expanded, act=relu, gate=hsigmoid)");
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
