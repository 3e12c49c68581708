/** Writes weights of a dense layer to ten classes: zeros but for the bias of the fourth. */
return { File file, int inputs ->
  def bias = new float[10]
  bias[3] = 1
  def writer = new dev.mbnet.runtime.SafetensorsWriter()
      .add('logits.weight', [10, inputs] as int[], new float[10 * inputs])
      .add('logits.bias', [10] as int[], bias)
  file.withOutputStream { writer.write(it) }
  file.path
}
