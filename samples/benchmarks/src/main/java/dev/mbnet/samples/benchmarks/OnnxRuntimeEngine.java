package dev.mbnet.samples.benchmarks;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.mbnet.compiler.export.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * ONNX Runtime with its default optimisations and spinning. Norms are handed over unfolded, as
 * exporters write them; it folds them itself. Its buffers are bound once, so that it never waits
 * for a copy of ours.
 */
final class OnnxRuntimeEngine implements Engine {
  static final String NAME = "onnxruntime";

  @Override
  public String name() {
    return NAME;
  }

  static String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public Contestant prepare(Subject subject, int threads, int batch) {
    return prepare(OnnxModel.of(subject.graph(), subject.weights(), batch).bytes(), threads);
  }

  /** Makes a model file ready to run. */
  static Contestant prepare(byte[] model, int threads) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(model, options);
      return new Prepared(session);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Prepared implements Contestant {
    private final OrtSession session;
    private final FloatBuffer input;
    private final FloatBuffer output;
    private final OnnxTensor inputTensor;
    private final OnnxTensor outputTensor;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final int batch;
    private final int channels;

    Prepared(OrtSession session) throws OrtException {
      this.session = session;
      NodeInfo image = session.getInputInfo().values().iterator().next();
      NodeInfo answer = session.getOutputInfo().values().iterator().next();
      long[] in = shape(image);
      long[] out = shape(answer);
      this.batch = (int) in[0];
      this.channels = (int) in[1];
      this.input = direct(in);
      this.output = direct(out);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      this.inputTensor = OnnxTensor.createTensor(environment, input, in);
      this.outputTensor = OnnxTensor.createTensor(environment, output, out);
      this.inputs = Map.of(image.getName(), inputTensor);
      this.outputs = Map.of(answer.getName(), outputTensor);
    }

    private static long[] shape(NodeInfo value) {
      return ((TensorInfo) value.getInfo()).getShape();
    }

    private static FloatBuffer direct(long[] dims) {
      int floats = (int) Arrays.stream(dims).reduce(1, (a, b) -> a * b);
      return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void read(float[][] images) {
      int pixels = input.capacity() / batch / channels;
      for (int image = 0; image < batch; image++) {
        for (int c = 0; c < channels; c++) {
          for (int p = 0; p < pixels; p++) {
            input.put((image * channels + c) * pixels + p, images[image][p * channels + c]);
          }
        }
      }
    }

    @Override
    public void run() {
      try {
        session.run(inputs, outputs).close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public float[] output(int image) {
      float[] copy = new float[output.capacity() / batch];
      output.get(image * copy.length, copy);
      return copy;
    }

    @Override
    public void close() {
      inputTensor.close();
      outputTensor.close();
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
