package dev.mbnet.compiler.weights;

import java.io.IOException;
import java.util.List;

/** Finds the layers of a TensorFlow.js model, of whose two kinds one is Keras's layers. */
final class TfjsModel {
  private TfjsModel() {}

  /** Whether a file begins as JSON does. */
  static boolean is(byte[] file) {
    boolean marked = file.length > 2 && (file[0] & 0xff) == 0xef && (file[1] & 0xff) == 0xbb;
    int at = marked ? 3 : 0;
    while (at < file.length && Character.isWhitespace(file[at])) {
      at++;
    }
    return at < file.length && file[at] == '{';
  }

  /** The layers of a {@code model.json}; what cannot be read of them goes to {@code problems}. */
  static FileLayers.All read(byte[] file, Beside beside, List<String> problems)
      throws UnreadableFile, IOException {
    Json model = Json.of(file);
    Json topology = model.at("modelTopology");
    if (!topology.isObject() || !model.at("weightsManifest").isList()) {
      throw new UnreadableFile(
          "it is JSON, but no TensorFlow.js model: that has a `modelTopology` and a"
              + " `weightsManifest`");
    }
    TfjsWeights weights = TfjsWeights.read(model.at("weightsManifest"), beside);
    if (topology.at("node").isThere()) {
      return TfGraph.read(topology, model.at("signature"), weights, problems);
    }
    Json config = topology.at("model_config");
    return KerasLayers.read(config.isThere() ? config : topology, weights, problems);
  }
}
