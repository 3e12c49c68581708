package dev.mbnet.compiler.weights;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.mbnet.compiler.weights.FileLayer.Order;
import dev.mbnet.compiler.weights.FileLayers.Flow;
import java.util.List;

/** Finds the layers of an ONNX graph, whose operations follow what they read. */
final class OnnxGraph {
  private final FileLayers layers;
  private final OnnxConstants constants;
  private final OnnxLayerReader reader;
  private final List<String> problems;

  private OnnxGraph(GraphProto graph, List<String> problems) {
    this.problems = problems;
    this.layers = new FileLayers(Order.CHW, problems);
    this.constants = new OnnxConstants(graph, problems);
    this.reader = new OnnxLayerReader(constants, new LayerMaker(constants, layers, problems));
  }

  /** The layers of an ONNX file; what cannot be read of them goes to {@code problems}. */
  static FileLayers.All read(byte[] onnx, List<String> problems) throws UnreadableFile {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(onnx);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableFile("it is not " + Importer.FORMATS + ", or it was cut short");
    }
    GraphProto graph = model.getGraph();
    if (graph.getNodeCount() == 0) {
      throw new UnreadableFile(
          "it is not " + Importer.FORMATS + ": there is no graph of operations in it");
    }
    return new OnnxGraph(graph, problems).read(graph);
  }

  private FileLayers.All read(GraphProto graph) {
    for (ValueInfoProto input : graph.getInputList()) {
      if (!constants.has(input.getName())) {
        layers.input(input.getName());
      }
    }
    graph.getNodeList().forEach(n -> n.getInputList().forEach(layers::countReader));
    graph.getOutputList().forEach(output -> layers.countReader(output.getName()));
    for (NodeProto node : graph.getNodeList()) {
      if (!constants.take(node)) {
        Flow flow = compute(node);
        for (String output : node.getOutputList()) {
          layers.set(output, flow, OnnxLayerReader.operation(node));
        }
      }
    }
    return layers.all(graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
  }

  private Flow compute(NodeProto node) {
    for (String input : node.getInputList()) {
      if (!layers.isComputed(input) && !input.isEmpty() && !constants.has(input)) {
        problems.add(
            Quote.quoted(OnnxLayerReader.name(node))
                + " reads "
                + Quote.quoted(input)
                + ", which nothing before it computes");
      }
    }
    String value = node.getInputCount() == 0 ? "" : node.getInput(0);
    Flow first = layers.flow(value);
    OnnxAttributes attributes = new OnnxAttributes(node);
    switch (OnnxLayerReader.operator(node)) {
      case "Conv":
        return layers.layer(reader.convolution(node, attributes, first), first);
      case "ConvTranspose":
        return layers.layer(reader.deconvolution(node, attributes, first), first);
      case "PRelu":
        return layers.slopes(reader.slopes(node, first), first);
      case "Gemm":
        return layers.layer(reader.gemm(node, attributes, first), first);
      case "MatMul":
        if (node.getInputCount() == 2 && !constants.has(value)) {
          return layers.layer(reader.matMul(node, first), first);
        }
        return other(node, attributes);
      case "BatchNormalization":
        return layers.norm(reader.norm(node, attributes, first), value);
      case "Add":
        Flow biased =
            layers.biased(
                node.getInputList(), (layer, name) -> reader.addedBias(layer, name, attributes));
        return biased == null ? other(node, attributes) : biased;
      case "Pad":
        return first.padded(reader.pads(node, attributes, first));
      case "Transpose":
        return layers.transposed(first, attributes.wholes("perm"));
      case "Shape", "Size":
        return layers.nothing();
      case "Reshape", "Squeeze", "Unsqueeze", "Flatten":
        return first.moved(first.order(), layers.openVector(value));
      case "Identity", "Dropout":
        return layers.same(value);
      case "Resize", "Upsample", "Expand", "Slice", "Tile":
        return first.moved(first.order(), -1);
      default:
        return other(node, attributes);
    }
  }

  private Flow other(NodeProto node, OnnxAttributes attributes) {
    Operation operation = OnnxLayerReader.operation(node);
    if (attributes.hasGraph()) {
      layers.choosesAtRunTime(operation);
    }
    List<String> inputs = node.getInputList();
    Tensor weights = attributes.hasGraph() ? null : constants.firstWeights(inputs);
    return layers.other(operation, inputs, operation.type().equals("Concat"), weights);
  }
}
