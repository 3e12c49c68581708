import ai.onnx.proto.OnnxMl.*

def tensor = { name, dims, values ->
  TensorProto.newBuilder().setName(name).setDataType(1).addAllDims(dims.collect { it as Long })
      .addAllFloatData(values.collect { it as Float }).build()
}
def node = { op, inputs, output ->
  NodeProto.newBuilder().setOpType(op).setName(output).addAllInput(inputs).addOutput(output)
}
def image = TypeProto.Tensor.newBuilder().setElemType(1).setShape(TensorShapeProto.newBuilder()
    .addAllDim([1, 3, 8, 8].collect { TensorShapeProto.Dimension.newBuilder().setDimValue(it).build() }))
def graph = GraphProto.newBuilder().setName('speck')
    .addInput(ValueInfoProto.newBuilder().setName('image').setType(TypeProto.newBuilder().setTensorType(image)))
    .addInitializer(tensor('w', [10, 3], [0] * 30))
    .addInitializer(tensor('b', [10], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
    .addNode(node('GlobalAveragePool', ['image'], 'pooled'))
    .addNode(node('Flatten', ['pooled'], 'flat'))
    .addNode(node('Gemm', ['flat', 'w', 'b'], 'logits')
        .addAttribute(AttributeProto.newBuilder().setName('transB').setType(AttributeProto.AttributeType.INT).setI(1)))
    .addOutput(ValueInfoProto.newBuilder().setName('logits'))
def model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph)
    .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13)).build()
new File(basedir, 'trained/speck.onnx').bytes = model.toByteArray()
return true
