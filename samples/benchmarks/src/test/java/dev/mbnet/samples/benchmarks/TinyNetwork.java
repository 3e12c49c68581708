package dev.mbnet.samples.benchmarks;

import dev.mbnet.compiler.Compiler;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.compiler.source.SourceFile;
import dev.mbnet.testing.RandomWeights;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network with every kind of layer that the five networks have, and quick to run. */
final class TinyNetwork {
  private static final String TEXT =
      """
      network Tiny {
        input image: [33, 32, 3]
        default norm = bn(eps=1e-3), act = hswish, pad = symmetric

                conv(k=3, c=8, s=2)
                mbconv(t=2, c=8, k=5, se=se(of=expanded, act=relu, gate=hsigmoid))
                mbconv(t=2, c=16, s=2, act=relu6)
                mbconv(t=2, c=16, pad=same, act=swish, se)
                mbconv(t=2, c=24, s=2, pad=same, act=relu)
                conv(k=1, c=32)
                gap
                conv(k=1, c=40, norm=none)
        logits: dense(10)
      }
      """;

  private TinyNetwork() {}

  static Subject subject() {
    SourceFile source = new SourceFile("tiny.mbnet", TEXT);
    Compiler.Checked checked =
        Compiler.check(new Compiler.Request(source, null, List.of(), name -> Optional.empty()));
    ResolvedNetwork network = checked.networks().get(0);
    Graph graph = Graph.of(network);
    Map<String, float[]> weights = RandomWeights.of(graph, 1);
    Calibration.scale(graph, weights);
    return new Subject(network, graph, weights);
  }
}
