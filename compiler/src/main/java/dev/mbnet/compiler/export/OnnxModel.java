package dev.mbnet.compiler.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.mbnet.compiler.ir.Graph;
import dev.mbnet.compiler.ir.Node;
import dev.mbnet.compiler.op.Weight;
import dev.mbnet.compiler.resolve.Preprocessing;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.runtime.Safetensors;
import dev.mbnet.runtime.WeightShapes;
import dev.mbnet.runtime.WeightsException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A network with its weights as an ONNX model of {@code [n][c][h][w]} tensors of float32, for any
 * engine that knows operator set 17. Outputs of one pixel are {@code [n][c]}. The input, the
 * outputs, the nodes and the weights have their names in the network; norms stay as they are
 * trained.
 */
public final class OnnxModel {
  /** A model that takes any number of images at once. */
  public static final int ANY_BATCH = 0;

  /** The most bytes of weights in a file, which as a whole has to stay below 2 GiB. */
  public static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 26);

  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private final ModelProto model;

  private OnnxModel(ModelProto model) {
    this.model = model;
  }

  /**
   * The model of a network, with what it says of itself: its doc comment, its labels (a line each)
   * and, in the language's words, how pictures become its input.
   *
   * @param batch the number of images that a run takes, or {@link #ANY_BATCH}
   * @throws WeightsException if the weights do not fit the network
   */
  public static OnnxModel of(ResolvedNetwork network, Safetensors weights, int batch) {
    Graph graph = Graph.of(network);
    check(graph, network.name(), weights);
    ModelProto.Builder model = model(graph, weights::floats, batch, network.name());
    model.setDocString(network.doc());
    metadata(network)
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return new OnnxModel(model.build());
  }

  /**
   * The model of a graph that no pass has touched.
   *
   * @param weights by name, row-major in PyTorch's layouts
   * @param batch as above
   */
  public static OnnxModel of(Graph graph, Map<String, float[]> weights, int batch) {
    return new OnnxModel(model(graph, weights::get, batch, "network").build());
  }

  private static void check(Graph graph, String network, Safetensors weights) {
    WeightShapes shapes = new WeightShapes();
    for (Node node : graph.nodes()) {
      for (Weight weight : node.weights()) {
        shapes.add(weight.name(), weight.dims().stream().mapToInt(Integer::intValue).toArray());
      }
    }
    shapes.check(network, weights);
  }

  private static ModelProto.Builder model(
      Graph graph, Function<String, float[]> weights, int batch, String name) {
    if (bytes(graph) > MOST_BYTES) {
      throw new IllegalArgumentException(bytes(graph) + " bytes of weights");
    }
    GraphProto.Builder translated = OnnxWriter.write(graph, weights, batch).setName(name);
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("mbnet")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(translated);
  }

  private static Map<String, String> metadata(ResolvedNetwork network) {
    Map<String, String> all = new LinkedHashMap<>();
    if (!network.classes().isEmpty()) {
      all.put("labels", String.join("\n", network.classes()));
    }
    Preprocessing p = network.preprocessing();
    if (p != null) {
      all.put("color", p.color());
      all.put("resize", p.resize() + (p.antialias() ? "" : "(antialias=off)"));
      all.put("fit", p.fit() + (p.fraction() == 1 ? "" : "(" + p.fraction() + ")"));
      all.put("mean", p.mean().toString());
      all.put("std", p.std().toString());
    }
    return all;
  }

  /** What a graph's weights take as floats. */
  public static long bytes(Graph graph) {
    return Float.BYTES
        * graph.nodes().stream()
            .flatMap(node -> node.weights().stream())
            .mapToLong(Weight::elements)
            .sum();
  }

  /** The number of operations. */
  public int operations() {
    return model.getGraph().getNodeCount();
  }

  /** Writes the file's bytes and leaves the stream open. */
  public void write(OutputStream out) throws IOException {
    model.writeTo(out);
  }

  /** The file's bytes. */
  public byte[] bytes() {
    return model.toByteArray();
  }
}
