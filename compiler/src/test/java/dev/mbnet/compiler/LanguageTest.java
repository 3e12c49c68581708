package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mbnet.compiler.diagnostic.Renderer;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.compiler.summary.Summary;
import dev.mbnet.testing.Networks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the language's own description says, tried word by word. */
class LanguageTest {
  private static final String WHOLE_FILE =
      """
      /** MobileNetV2 (Sandler et al. 2018), table 2. Doc comments become Javadoc of the class. */
      network MobileNetV2(alpha = 1.0, resolution = 224, classes = 1000) {
        input image: [resolution, resolution, 3] {            // height, width, channels
          color = rgb, resize = bilinear, fit = crop(0.875)
          mean = [0.485, 0.456, 0.406], std = [0.229, 0.224, 0.225]   // on pixels / 255
        }
        default norm = bn(eps = 1e-5), act = relu6, pad = symmetric
        default width = alpha, rounding = divisible(8)

                conv(k=3, c=32, s=2)
                mbconv(t=1, c=16,  n=1, s=1)
                mbconv(t=6, c=24,  n=2, s=2)
        stage3: mbconv(t=6, c=32,  n=3, s=2)
                mbconv(t=6, c=64,  n=4, s=2)
        stage5: mbconv(t=6, c=96,  n=3, s=1)
                mbconv(t=6, c=160, n=3, s=2)
                mbconv(t=6, c=320, n=1, s=1)
        head:   conv(k=1, c=1280, width=max(1, alpha))
                gap
                dropout(0.2)
        logits: dense(classes)

        output logits
        labels "imagenet-1000.txt"
        require params <= 3.6M, macs <= 301M
      }

      network MobileNetV2_050 = MobileNetV2(alpha = 0.5)
      """;

  @Test
  void aWholeFile() {
    String labels =
        IntStream.range(0, 1000).mapToObj(i -> "label " + i + "\n").collect(Collectors.joining());
    Compiler.Checked checked =
        Compiler.check(
            new Compiler.Request(
                new SourceFile("mobile.mbnet", WHOLE_FILE),
                null,
                List.of(),
                name -> name.equals("imagenet-1000.txt") ? Optional.of(labels) : Optional.empty()));
    assertEquals("", Renderer.render(checked.diagnostics()));
    ResolvedNetwork network = checked.networks().get(0);
    Summary summary = Summary.of(network);
    assertEquals(3_504_872, summary.parameters());
    assertEquals(300_774_272, summary.macs());
    assertEquals(1_968_680, Summary.of(checked.networks().get(1)).parameters());
    assertEquals("label 999", network.classes().get(999));
    Set<String> weights =
        network.layers().stream()
            .flatMap(layer -> layer.weights().stream())
            .map(Weight::name)
            .collect(Collectors.toSet());
    assertTrue(
        weights.containsAll(
            Set.of(
                "2.0.expand.weight",
                "stage3.1.depthwise.weight",
                "stage3.1.depthwise.bn.running_var",
                "logits.bias")),
        weights.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // joins
        "low: conv(k=1, c=8) conv(k=1, c=8) add(low) mul(low) concat(low, x)",
        "parallel concat { { conv(k=1, c=8) } { dwconv(k=3) } { } }",
        "parallel add { { conv(k=1, c=8) } { } }",
        "parallel mul { { } { gap conv(k=1, c=8, act=sigmoid) } }",
        // residuals
        "residual { conv(k=3, c=8) }",
        "residual { conv(k=3, c=16, s=2) } shortcut { conv(k=1, c=16, s=2) }",
        "residual(skip=auto, act=relu) { conv(k=3, c=16) }",
        "residual(skip=on) { conv(k=3, c=8) } residual(skip=off, act=relu) { conv(k=3, c=8) }",
        // flow and repeats
        "stage: mbconv(t=6, c=16, n=3) from stage[1] output stage[1], stage",
        "basic(c=8, n=2, s=2) bottleneck(c=8, n=2) fused(t=4, c=16, n=2, s=2) sepconv(c=16, s=2)",
        "uir(c=16, t=2, a=3, k=5, s=2) squeeze",
        "mbconv(e=40, c=16, s=2) mbconv(t=4, c=16) mbconv(t=6, c=16, n=2, depth=1.4)",
        // pairs and paddings
        "conv(k=[3, 5], c=8, s=[2, 1], d=[1, 2]) maxpool(k=[2, 2], s=[2, 1])",
        "conv(k=3, c=8, pad=same) conv(k=3, c=8, pad=valid) conv(k=3, c=8, pad=[0, 1, 0, 1])",
        "pad([1, 1, 1, 1]) conv(k=3, c=8, pad=valid) dwconv(k=3, m=2, d=2)",
        // norms and biases
        "conv(k=1, c=8, norm=none) conv(k=1, c=8, bias=on) conv(k=1, c=8, bias=off, norm=none)",
        "bn(eps=1e-3) conv(k=1, c=8, g=4)",
        // squeeze-excites
        "mbconv(t=4, c=16, se) mbconv(t=4, c=16, se(ratio=0.25, of=input))",
        "mbconv(t=4, c=16, se(of=expanded, rounding=divisible(8), act=relu, gate=hsigmoid))",
        // widths and roundings
        "conv(k=1, c=10, width=1.5, rounding=divisible(8))",
        "conv(k=1, c=10, width=1.5, rounding=divisible(8, limit=0))",
        "conv(k=1, c=10, width=1.25, rounding=floor) conv(k=1, c=10, width=2, rounding=none)",
        // activations
        "relu relu6 hswish swish sigmoid hsigmoid tanh leaky softmax hsigmoid(slope=0.2)",
        "conv(k=1, c=8, act=hsigmoid(slope=0.2)) maxpool(k=3, s=2) avgpool(k=2, s=2)",
        "gap flatten dropout(0.1) dense(10, bias=off, act=relu)",
        "prelu gelu conv(k=1, c=8, act=prelu) conv(k=1, c=8, act=gelu) prelu(shared)",
        // larger pictures
        "conv(k=3, c=8, s=2) deconv(k=4, c=8, s=2) deconv(k=3, c=8, s=[2, 1], pad=same)",
        "low: conv(k=3, c=8) maxpool(k=3) upsample(to=low) concat(low) upsample(by=2)",
        "upsample(2, mode=bilinear) upsample(by=[1, 2], mode=bilinear, corners)",
        "upsample(to=[64, 48], mode=nearest) upsample(to=64, mode=bilinear, corners=on)",
        // values
        "let a = 3.6M let b = 2MiB conv(k=1, c=if(a > b and not off or on, 8, 16))",
        "conv(k=1, c=max(8, min(9, 10))) conv(k=1, c=ceil(7.5) + floor(8.9) - round(7.6))",
        "conv(k=1, c=divisible(13, 8) * 2 / 4) if 1e-3 != 0.25 { relu } else { swish }",
      })
  void aStatement(String statements) {
    String settings = "default pad = symmetric, norm = bn(eps = 1e-5) ";
    Compiler.Checked checked =
        Networks.check("network N { input x: [32, 32, 8] " + settings + statements + " }");
    assertEquals(
        "", Renderer.render(checked.diagnostics().stream().filter(d -> d.isError()).toList()));
    assertEquals(1, checked.networks().size());
    Compiler.generate(checked.networks().get(0), "", Backends.PLAIN);
  }
}
