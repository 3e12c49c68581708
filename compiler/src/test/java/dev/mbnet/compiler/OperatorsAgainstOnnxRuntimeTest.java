package dev.mbnet.compiler;

import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.testing.Answers;
import dev.mbnet.testing.Batch;
import dev.mbnet.testing.Compiled;
import dev.mbnet.testing.RandomWeights;
import dev.mbnet.testing.Window;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operator but the convolutions, alone and beside those it may be merged with. */
class OperatorsAgainstOnnxRuntimeTest {
  private static final List<String> ACTIVATIONS =
      List.of(
          "relu",
          "relu6",
          "hswish",
          "swish",
          "sigmoid",
          "hsigmoid",
          "hsigmoid(slope=0.2)",
          "tanh",
          "gelu",
          "prelu",
          "prelu(shared)",
          "leaky",
          "leaky(slope=0.3)",
          "leaky(slope=0)",
          "leaky(slope=1)");

  /** What an activation may follow; {@code ACT} stands for it. */
  private static final List<String> ACTIVATED =
      List.of(
          "ACT",
          "ACT ACT",
          "conv(k=1, c=9, act=ACT)",
          "conv(k=1, c=3) ACT",
          "conv(k=3, c=5, pad=same, act=ACT, norm=bn(eps=1e-3))",
          "conv(k=3, c=5, pad=same, s=2, g=1) bn(eps=1e-3) ACT",
          "dwconv(k=3, pad=same, act=ACT)",
          "dwconv(k=3, m=2, pad=same, act=ACT)",
          "gap dense(5, act=ACT)",
          "gap dense(3) ACT",
          "bn(eps=1e-3) ACT",
          "maxpool(k=2) ACT",
          "residual(act=ACT) { conv(k=1, c=9) }",
          "$a: conv(k=1, c=9) mul($a) ACT",
          "$a: conv(k=1, c=9, act=ACT) add($a)");

  @TestFactory
  Stream<DynamicContainer> activations() {
    return ACTIVATIONS.stream()
        .flatMap(
            act -> {
              List<String> stacks = ACTIVATED.stream().map(s -> s.replace("ACT", act)).toList();
              return Stream.of(
                  Batch.onLayer(act, 4, 5, 9).addAll(stacks).scaled(3),
                  Batch.onInput(act + " of large numbers", 4, 5, 9).addAll(stacks).scaled(200));
            })
        .map(Batch::tests);
  }

  /** Where a prelu, {@code ACT}, may stand; {@code IN} stands for the channels that come in. */
  private static final List<String> SLOPES =
      List.of(
          "conv(k=1, c=5, act=ACT)",
          "conv(k=1, c=24, norm=bn(eps=1e-3), act=ACT)",
          "conv(k=1, c=70, act=ACT)",
          "conv(k=3, c=24, s=2, pad=same, act=ACT)",
          "conv(k=3, c=70, d=2, pad=same, norm=bn(eps=1e-3), act=ACT)",
          "conv(k=1, c=24) conv(k=3, c=36, g=4, pad=same, act=ACT)",
          "dwconv(k=3, pad=same, norm=bn(eps=1e-3), act=ACT)",
          "dwconv(k=5, s=2, pad=symmetric, act=ACT)",
          "dwconv(k=3, m=3, pad=same, act=ACT)",
          "deconv(k=4, s=2, c=24, pad=same, norm=bn(eps=1e-3), act=ACT)",
          "conv(k=1, c=24) deconv(k=2, s=2, c=24, g=24, act=ACT)",
          "gap dense(5, act=ACT)",
          "gap dense(70, act=ACT)",
          "gap conv(k=1, c=24, act=ACT)",
          "residual(act=ACT) { conv(k=1, c=IN) }",
          "residual(act=ACT) { conv(k=3, c=IN, pad=same, act=ACT) conv(k=3, c=IN, pad=same) }",
          "residual(act=ACT) { dwconv(k=3, pad=same) }",
          "residual(act=ACT) { conv(k=1, c=IN, act=ACT) }",
          "$a: gap conv(k=1, c=IN, act=sigmoid) mul(source) ACT",
          "$a: conv(k=1, c=7) $b: conv(k=1, c=5) concat($a) ACT",
          "$a: conv(k=1, c=24) ACT add($a)",
          "conv(k=1, c=24) ACT ACT",
          "conv(k=1, c=40, act=ACT) dwconv(k=3, pad=same, act=ACT)",
          "conv(k=1, c=40, act=ACT) dwconv(k=3, s=2, pad=same, act=ACT) conv(k=1, c=70, act=ACT)",
          "conv(k=3, c=24, pad=same, act=ACT) dwconv(k=3, pad=same, act=ACT) conv(k=1, c=8)",
          "conv(k=1, c=70, act=ACT) gap dense(5)",
          // MobileFaceNet's block.
          "default norm = bn(eps=1e-3), act = ACT, pad = symmetric"
              + " residual { conv(k=1, c=48) dwconv(k=3) conv(k=1, c=IN, act=none) }"
              + " conv(k=1, c=56) dwconv(k=3, s=2) conv(k=1, c=24, act=none)");

  @TestFactory
  Stream<DynamicContainer> slopes() {
    return Stream.of(
            Batch.onLayer("slopes of 5 channels", 15, 14, 5).addAll(withSlopes(5)),
            Batch.onLayer("slopes of 24 channels", 7, 7, 24).addAll(withSlopes(24)),
            Batch.onLayer("slopes of large pictures", 36, 40, 8).addAll(withSlopes(8)))
        .map(Batch::tests);
  }

  private static List<String> withSlopes(int channels) {
    return Stream.of("prelu", "prelu(shared)")
        .flatMap(act -> SLOPES.stream().map(stack -> stack.replace("ACT", act)))
        .map(stack -> stack.replace("IN", Integer.toString(channels)))
        .toList();
  }

  @TestFactory
  Stream<DynamicContainer> batchNorms() {
    return Batch.onBoth(
        List.of(
            "bn(eps=1e-3)",
            "bn(eps=1e-3) bn(eps=1e-5)",
            "gap bn(eps=1e-3)",
            "conv(k=1, c=7, norm=bn(eps=1e-3))",
            "conv(k=1, c=7, norm=bn(eps=1e-3), bias=on)",
            "conv(k=1, c=7, bias=off)",
            "conv(k=3, c=7, pad=same, norm=bn(eps=10))",
            "conv(k=3, c=7, pad=same) bn(eps=1e-3)",
            "conv(k=3, c=7, pad=same, norm=bn(eps=1e-3)) bn(eps=1e-3)",
            "conv(k=3, c=7, pad=same, act=relu) bn(eps=1e-3)",
            "conv(k=3, c=8, pad=same) relu bn(eps=1e-3) relu",
            "dwconv(k=3, pad=symmetric, norm=bn(eps=1e-5), bias=on)",
            "dwconv(k=3, m=3, pad=symmetric, norm=bn(eps=1e-5), act=hswish)",
            "$a: conv(k=1, c=8) $b: bn(eps=1e-3) add($a)",
            "$a: conv(k=1, c=8) $b: bn(eps=1e-3) relu add($b)",
            "maxpool(k=2) bn(eps=1e-3)"));
  }

  /** Real checkpoints have them; all that is left under the root is the epsilon. */
  @ParameterizedTest
  @ValueSource(strings = {"conv(k=3, c=4, pad=same, norm=bn(eps=1e-3))", "bn(eps=1e-3)"})
  void variancesOfZero(String call) {
    String text = "network Zero { input image: [5, 4, 3] " + call + " }";
    ResolvedNetwork network = Compiled.check(text, List.of()).networks().get(0);
    Map<String, float[]> weights = RandomWeights.of(Graph.of(network), 1);
    weights.replaceAll((name, v) -> name.endsWith("running_var") ? new float[v.length] : v);
    Answers.of(Compiled.of(network, weights)).assertAgree();
  }

  @TestFactory
  Stream<DynamicContainer> merges() {
    return Batch.onBoth(
        List.of(
            "$a: conv(k=1, c=8) relu add($a)",
            "$a: relu add($a)",
            "$a: relu add($a, $a) relu6",
            "$a: relu mul($a) tanh",
            "$a: relu $b: conv(k=1, c=8) $c: sigmoid mul($a, $b, $c) swish",
            "$a: relu $b: gap mul($a)",
            "$a: relu $b: gap from $a mul($b) hswish",
            "$a: relu $b: gap from $a add($b, $b, $a)",
            "$a: relu $b: gap $c: conv(k=1, c=8, act=sigmoid) add($b) mul($a) relu",
            "gap $a: relu add($a) mul($a)",
            "$a: relu $b: add($a) $c: relu add($b)",
            "$a: relu dropout(0.1) add($a)",
            "parallel add { { } { } }",
            "parallel add { { relu } }",
            "parallel mul { { } { gap sigmoid } }",
            "parallel mul { { gap } { conv(k=1, c=8) } { dwconv(k=3, pad=same) } } relu",
            "parallel add { { parallel mul { { } { tanh } } } { maxpool(k=3, s=1, pad=same) } }",
            "$a: relu concat($a)",
            "$a: conv(k=1, c=3) $b: conv(k=1, c=17) concat($a, $b, $a)",
            "$a: conv(k=1, c=1) concat($a) relu6",
            "gap $a: relu concat($a)",
            "parallel concat { { } { conv(k=1, c=7) relu } { dwconv(k=3, pad=same, m=2) } }",
            "residual { }",
            "residual { dwconv(k=3, pad=same) } relu",
            "residual(skip=on, act=hswish) { conv(k=1, c=8) }",
            "residual(act=relu) { conv(k=3, c=12, s=2, pad=same) }",
            "residual(act=relu) { conv(k=3, c=12, s=2, pad=same) } shortcut { conv(k=1, c=12, s=2) }",
            "residual(act=relu) { residual { relu } conv(k=1, c=8, act=leaky) }"));
  }

  @TestFactory
  Stream<DynamicContainer> pools() {
    return Stream.of(
            new int[] {8, 8},
            new int[] {7, 5},
            new int[] {1, 1},
            new int[] {1, 9},
            new int[] {9, 1})
        .map(
            size -> {
              String name = "pools on " + size[0] + "x" + size[1];
              Batch batch = Batch.onLayer(name, size[0], size[1], 9);
              for (Window window : Window.over(size[0], size[1])) {
                if (window.isPool(size[0], size[1])) {
                  batch.add("maxpool(" + window.poolArguments() + ")");
                  batch.add("avgpool(" + window.poolArguments() + ")");
                }
              }
              return batch.tests();
            });
  }

  /** Edges: windows that start inside and end outside, defaults, and pools beside each other. */
  @TestFactory
  Stream<DynamicContainer> poolsInStacks() {
    return Batch.onBoth(
        List.of(
            "maxpool(k=2)",
            "avgpool(k=[2, 3])",
            "maxpool(k=3, s=2, pad=[0, 1, 0, 1])",
            "avgpool(k=3, s=2, pad=[0, 1, 0, 1])",
            "maxpool(k=3, s=2, pad=[0, 2, 0, 2])",
            "avgpool(k=3, s=2, pad=[2, 0, 2, 0])",
            "relu maxpool(k=3, s=2, pad=symmetric) avgpool(k=3, s=1, pad=same)",
            "avgpool(k=3, s=1, pad=symmetric) maxpool(k=3, s=3, pad=same)",
            "$a: maxpool(k=3, s=1, pad=same) $b: conv(k=3, c=8, pad=same) add($a)",
            "pad([1, 1, 1, 1]) maxpool(k=3, s=2)",
            "pad([1, 1, 1, 1]) avgpool(k=3, s=2, pad=same)",
            "gap",
            "maxpool(k=2) gap",
            "avgpool(k=2, s=1) gap dense(3)"));
  }

  @TestFactory
  Stream<DynamicContainer> shapesAndEnds() {
    List<String> stacks =
        List.of(
            "flatten",
            "flatten dense(3)",
            "gap flatten dense(1)",
            "flatten dense(17, act=relu) dropout(0.2) dense(5, bias=off) softmax",
            "gap dense(3, bias=off)",
            "gap dense(24) dense(2)",
            "gap dense(257) dense(5)",
            "gap dense(258, act=relu6) dense(33)",
            "gap dense(259, act=relu) dense(70)",
            "gap conv(k=1, c=5) flatten",
            "maxpool(k=1) flatten",
            "dropout(0.5)",
            "dropout(0.5) dropout(0) relu dropout(1)",
            "softmax",
            "gap softmax",
            "conv(k=1, c=1) softmax",
            "softmax conv(k=1, c=7)",
            "pad([0, 0, 0, 0])",
            "pad([1, 2, 3, 4])",
            "pad([1, 2, 3, 4]) relu",
            "pad([0, 1, 0, 1]) pad([1, 0, 1, 0])",
            "pad([1, 2, 1, 2]) conv(k=3, c=7, pad=valid, s=2)",
            "pad([1, 2, 1, 2]) conv(k=3, c=7, pad=same, s=2)",
            "pad([1, 1, 0, 1]) conv(k=1, c=7)",
            "pad([1, 1, 0, 1]) conv(k=1, c=7, norm=bn(eps=1e-3), act=relu)",
            "pad([1, 2, 1, 2]) dwconv(k=3, pad=valid)",
            "pad([2, 2, 2, 2]) dwconv(k=3, m=2, pad=valid, d=2, act=relu)",
            "$a: pad([1, 1, 1, 1]) $b: dwconv(k=3, pad=valid, s=1) $c: gap from $a mul($c)"
                + " conv(k=3, c=2, pad=valid)",
            "pad([1, 1, 1, 1]) $a: dwconv(k=3, pad=valid, s=1) pad([1, 1, 1, 1])"
                + " conv(k=3, c=8, pad=valid) add($a)");
    return Stream.concat(
        Batch.onBoth(stacks),
        Stream.of(
            Batch.onLayer("one pixel", 1, 1, 8).addAll(stacks.subList(0, 18)).tests(),
            Batch.onInput("large numbers", 3, 3, 8).add("softmax").scaled(1000).tests()));
  }

  @TestFactory
  Stream<DynamicContainer> blocks() {
    String defaults = "default norm = bn(eps=1e-3), act = relu6, pad = same ";
    return Batch.onBoth(
        Stream.of(
                "sepconv(c=12)",
                "sepconv(c=12, s=2, n=2, k=5)",
                "sepconv(c=9, s=[1, 2], d=1, act=hswish)",
                "mbconv(c=8)",
                "mbconv(t=6, c=8)",
                "mbconv(t=6, c=8, skip=off)",
                "mbconv(t=2, c=12, s=2, n=3)",
                "mbconv(t=2, c=8, d=2, k=5, pad=symmetric)",
                "mbconv(e=24, c=8, se, act=hswish)",
                "mbconv(e=17, c=9, se(ratio=0.25, of=expanded, act=relu, gate=hsigmoid), n=2)",
                "mbconv(t=4, c=8, k=[3, 5], s=[2, 1], n=2, se(rounding=divisible(8)), act=swish)",
                "mbconv(t=3, c=16, width=0.5, rounding=divisible(4))",
                "squeeze",
                "squeeze(0.5, gate=hsigmoid(slope=0.2), act=relu)",
                "gap squeeze",
                "mbconv(t=6, c=8) squeeze mbconv(t=6, c=8) gap dense(4) softmax")
            .map(stack -> defaults + stack)
            .toList());
  }
}
