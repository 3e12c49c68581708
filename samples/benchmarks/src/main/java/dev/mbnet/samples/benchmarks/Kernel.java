package dev.mbnet.samples.benchmarks;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.plan.Stage;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.summary.Summary;
import dev.mbnet.runtime.VectorSession;
import dev.mbnet.testing.Compiled;
import java.util.List;

/**
 * A kernel by its name: {@code pointwise-14-96-576} is a network of one layer with 14x14 pixels, 96
 * channels in and 576 out; {@code depthwise-14-96-k3-s2} has 14x14 pixels in.
 */
record Kernel(String name) {
  static final String PEAK = "fma";

  /** Floats in a row of an activation. */
  static final int ROW = 4096;

  /** Shapes of the five networks, several of each kind; then rows of activations. */
  static final List<String> NAMES =
      List.of(
          "pointwise-112-16-96",
          "pointwise-112-32-16",
          "pointwise-112-32-64",
          "pointwise-56-24-144",
          "pointwise-56-72-24",
          "pointwise-56-144-24",
          "pointwise-56-128-128",
          "pointwise-28-32-192",
          "pointwise-28-40-120",
          "pointwise-28-120-40",
          "pointwise-28-192-32",
          "pointwise-28-256-256",
          "pointwise-14-64-384",
          "pointwise-14-80-200",
          "pointwise-14-96-576",
          "pointwise-14-112-672",
          "pointwise-14-576-96",
          "pointwise-14-512-512",
          "pointwise-7-160-960",
          "pointwise-7-192-1152",
          "pointwise-7-320-1280",
          "pointwise-7-960-160",
          "pointwise-7-1024-1024",
          "depthwise-112-32-k3-s1",
          "depthwise-56-144-k3-s1",
          "depthwise-28-192-k3-s1",
          "depthwise-14-576-k3-s1",
          "depthwise-7-960-k3-s1",
          "depthwise-112-96-k3-s2",
          "depthwise-56-144-k3-s2",
          "depthwise-14-576-k3-s2",
          "depthwise-28-120-k5-s1",
          "depthwise-14-672-k5-s1",
          "depthwise-7-960-k5-s1",
          "depthwise-56-72-k5-s2",
          "depthwise-14-672-k5-s2",
          "swish",
          "hswish");

  boolean isLayer() {
    return name.contains("-");
  }

  /** The network of a layer. */
  ResolvedNetwork network() {
    return Compiled.check(text(), List.of()).networks().get(0);
  }

  private String text() {
    String[] words = name.split("-");
    String layer =
        switch (words[0]) {
          case "pointwise" -> "conv(k=1, c=" + words[3] + ", norm=none, act=relu6)";
          case "depthwise" ->
              String.format(
                  "dwconv(k=%s, s=%s, pad=same, norm=none, act=relu6)",
                  words[3].substring(1), words[4].substring(1));
          default -> throw new IllegalArgumentException("no kernel is named " + name);
        };
    return """
        network Layer {
          input image: [%1$s, %1$s, %2$s]
          y: %3$s
        }
        """
        .formatted(words[1], words[2], layer);
  }

  /** How the planner computes a layer: the sums that it holds in registers. */
  String tile() {
    if (!isLayer()) {
      return "";
    }
    boolean many = VectorSession.hasManyRegisters();
    Processor processor = many ? Processor.AVX512 : Processor.AVX2;
    // The first region copies the input.
    Stage stage = Compiler.planVectors(network(), processor).regions().get(1).last();
    return stage.tile() == null ? "" : stage.tile().pixels() + "x" + stage.tile().vectors();
  }

  /** Multiply-adds of a layer that count, those of padding and unused lanes not among them. */
  long products() {
    return Summary.of(network()).macs();
  }
}
