package dev.mbnet.compiler.weights;

import java.util.Map;

/** The names of LiteRT's operators, as far as networks for pictures have them. */
final class TfLiteOperators {
  private static final int CUSTOM = 32;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0, "ADD"),
          Map.entry(1, "AVERAGE_POOL_2D"),
          Map.entry(2, "CONCATENATION"),
          Map.entry(3, "CONV_2D"),
          Map.entry(4, "DEPTHWISE_CONV_2D"),
          Map.entry(6, "DEQUANTIZE"),
          Map.entry(9, "FULLY_CONNECTED"),
          Map.entry(14, "LOGISTIC"),
          Map.entry(17, "MAX_POOL_2D"),
          Map.entry(18, "MUL"),
          Map.entry(19, "RELU"),
          Map.entry(21, "RELU6"),
          Map.entry(22, "RESHAPE"),
          Map.entry(23, "RESIZE_BILINEAR"),
          Map.entry(25, "SOFTMAX"),
          Map.entry(28, "TANH"),
          Map.entry(32, "CUSTOM"),
          Map.entry(34, "PAD"),
          Map.entry(37, "BATCH_TO_SPACE_ND"),
          Map.entry(38, "SPACE_TO_BATCH_ND"),
          Map.entry(39, "TRANSPOSE"),
          Map.entry(40, "MEAN"),
          Map.entry(41, "SUB"),
          Map.entry(42, "DIV"),
          Map.entry(43, "SQUEEZE"),
          Map.entry(45, "STRIDED_SLICE"),
          Map.entry(49, "SPLIT"),
          Map.entry(54, "PRELU"),
          Map.entry(60, "PADV2"),
          Map.entry(65, "SLICE"),
          Map.entry(67, "TRANSPOSE_CONV"),
          Map.entry(70, "EXPAND_DIMS"),
          Map.entry(77, "SHAPE"),
          Map.entry(97, "RESIZE_NEAREST_NEIGHBOR"),
          Map.entry(98, "LEAKY_RELU"),
          Map.entry(100, "MIRROR_PAD"),
          Map.entry(114, "QUANTIZE"),
          Map.entry(117, "HARD_SWISH"),
          Map.entry(118, "IF"),
          Map.entry(119, "WHILE"));

  private TfLiteOperators() {}

  /** What an operator's code, a table of the file, stands for. */
  static String name(FlatTable code) {
    int number = Math.max(code.byteAt(0), code.intAt(3, 0));
    String custom = code.text(1);
    return number == CUSTOM && !custom.isEmpty()
        ? custom
        : NAMES.getOrDefault(number, "operator " + number);
  }
}
