package dev.mbnet.samples.benchmarks;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithXNNPACK;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.global.tensorflowlite;

/**
 * LiteRT, once TensorFlow Lite, with XNNPACK for the whole network. Its own buffers are written and
 * read in place.
 */
final class LiteRtEngine implements Engine {
  static final String NAME = "litert";

  static {
    Loader.load(tensorflowlite.class);
  }

  @Override
  public String name() {
    return NAME;
  }

  static String version() {
    return tensorflowlite.TfLiteVersion().getString();
  }

  @Override
  public Contestant prepare(Subject subject, int threads, int batch) {
    return prepare(LiteRtWriter.write(subject, batch), threads, batch);
  }

  /** Makes a model file ready to run. */
  static Contestant prepare(byte[] file, int threads, int batch) {
    return new Prepared(file, threads, batch);
  }

  private static final class Prepared implements Contestant {
    private final BytePointer bytes;
    private final FlatBufferModel model;
    private final BuiltinOpResolverWithXNNPACK resolver;
    private final Interpreter interpreter;
    private final FloatBuffer input;
    private final FloatBuffer output;
    private final int batch;

    Prepared(byte[] file, int threads, int batch) {
      this.batch = batch;
      bytes = new BytePointer(file);
      model = FlatBufferModel.BuildFromBuffer(bytes, file.length);
      if (model == null || model.isNull()) {
        throw new IllegalStateException("LiteRT cannot read the model");
      }
      resolver = new BuiltinOpResolverWithXNNPACK(true);
      interpreter = new Interpreter((Pointer) null);
      try (InterpreterBuilder builder = new InterpreterBuilder(model, resolver)) {
        check(builder.SetNumThreads(threads));
        check(builder.apply(interpreter));
      }
      long operators = interpreter.nodes_size();
      check(interpreter.AllocateTensors());
      // XNNPACK stands for all that it takes over as one node more.
      if (interpreter.nodes_size() != operators + 1) {
        throw new IllegalStateException("XNNPACK did not take over the network as a whole");
      }
      input = interpreter.typed_input_tensor_float(0).capacity(floats(true)).asBuffer();
      output = interpreter.typed_output_tensor_float(0).capacity(floats(false)).asBuffer();
    }

    private long floats(boolean in) {
      return tensorflowlite.TfLiteTensorByteSize(
              in ? interpreter.input_tensor(0) : interpreter.output_tensor(0))
          / 4;
    }

    private static void check(int status) {
      if (status != tensorflowlite.kTfLiteOk) {
        throw new IllegalStateException("LiteRT failed with status " + status);
      }
    }

    @Override
    public void read(float[][] images) {
      for (int i = 0; i < images.length; i++) {
        input.put(i * images[i].length, images[i]);
      }
    }

    @Override
    public void run() {
      check(interpreter.Invoke());
    }

    @Override
    public float[] output(int image) {
      float[] copy = new float[output.capacity() / batch];
      output.get(image * copy.length, copy);
      return copy;
    }

    @Override
    public void close() {
      interpreter.close();
      resolver.close();
      model.close();
      bytes.close();
    }
  }
}
